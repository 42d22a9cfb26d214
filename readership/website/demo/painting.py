"""The demo's pictures, drawn by code: `paint("pier", width=1600, height=900)`.

A scene is laid out on a sheet of 16 to 9; another shape shows the middle of it.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PIL import Image

from readership.website.demo.press import HIGH, WIDE, Sheet
from readership.website.demo.reading import picture_path
from readership.website.demo.scenes import (
    allotments,
    boat_shed,
    bus_stop_rain,
    council_chamber,
    ferry,
    fish_market,
    football_ground,
    harbour_low_tide,
    library_window,
    lighthouse_dusk,
    pier,
    school_front,
    sea_wall,
    tape_measure,
)

SCENES: dict[str, Callable[[Sheet], None]] = {
    "allotments": allotments.draw,
    "boat_shed": boat_shed.draw,
    "bus_stop_rain": bus_stop_rain.draw,
    "council_chamber": council_chamber.draw,
    "ferry": ferry.draw,
    "fish_market": fish_market.draw,
    "football_ground": football_ground.draw,
    "harbour_low_tide": harbour_low_tide.draw,
    "library_window": library_window.draw,
    "lighthouse_dusk": lighthouse_dusk.draw,
    "pier": pier.draw,
    "school_front": school_front.draw,
    "sea_wall": sea_wall.draw,
    "tape_measure": tape_measure.draw,
}


def paint(scene: str, *, width: int, height: int) -> Image.Image:
    """The scene in RGB, the same dots every time. Raises KeyError for a scene that does not exist."""
    sheet = Sheet(seed=scene, scale=max(width / WIDE, height / HIGH))
    SCENES[scene](sheet)
    picture = sheet.print()
    left, top = (picture.width - width) // 2, (picture.height - height) // 2
    return picture.crop((left, top, left + width, top + height))


def paint_all(folder: Path, *, width: int, height: int) -> None:
    """Every scene as a file in `folder`, where `reading.demo_records` expects it; those there are kept."""
    folder.mkdir(parents=True, exist_ok=True)
    for scene in SCENES:
        path = picture_path(folder, scene=scene)
        if not path.exists():
            paint(scene, width=width, height=height).save(path, quality=82, optimize=True, progressive=True)
