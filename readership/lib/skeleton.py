"""Pure: what a name looks like, so that look-alikes of a reserved name are found (attack A16).

After the skeletons of Unicode TR39, reduced to the letters and signs that pass for Latin letters in ordinary fonts.
"""

from __future__ import annotations

import unicodedata

LOOK_ALIKES = {
    ord(alike): letter
    for letter, alikes in {
        "a": "аαɑ@", "b": "ЬьвβƄ", "c": "сϲ¢", "d": "ԁɗ", "e": "еєε", "f": "ƒ", "g": "ɡ", "h": "һ", "i": "іıιɩ!",
        "j": "јϳ", "k": "кκ", "l": "1|ӏ", "m": "м", "n": "пη", "o": "оο0σ", "p": "рρ", "q": "ԛ", "r": "гɼ",
        "s": "ѕ$ꜱ", "t": "тτ", "u": "υս", "v": "νѵ", "w": "ԝω", "x": "хχ", "y": "уүγ", "z": "ᴢ",
    }.items()
    for alike in alikes
}  # fmt: skip


def skeleton(name: str) -> str:
    """Equal for names that look alike: case, marks, spaces, punctuation and look-alike letters do not count."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", name).casefold())
    letters = (character for character in plain.translate(LOOK_ALIKES) if not unicodedata.combining(character))
    # After the look-alikes, i and l are the same stroke: “Iris” and “lris”.
    return "".join(c for c in letters if c.isalnum()).replace("l", "i")
