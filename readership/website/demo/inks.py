"""The inks of every picture: few, so that the pictures belong together."""

Ink = tuple[int, int, int]

PAPER: Ink = (243, 235, 219)
BONE: Ink = (226, 214, 192)
MIST: Ink = (203, 211, 205)
HAZE: Ink = (164, 183, 184)
SLATE: Ink = (103, 128, 138)
DEEP: Ink = (56, 80, 95)
NIGHT: Ink = (37, 54, 72)
INK: Ink = (27, 36, 45)
SAND: Ink = (212, 187, 145)
MUD: Ink = (150, 132, 108)
EARTH: Ink = (98, 82, 68)
OCHRE: Ink = (214, 158, 66)
LAMP: Ink = (250, 219, 146)
ROSE: Ink = (222, 170, 144)
RUST: Ink = (186, 88, 58)
BRICK: Ink = (141, 71, 56)
MOSS: Ink = (134, 142, 92)
FERN: Ink = (76, 95, 74)
