"""Pictures, galleries, players and tables of old HTML → their blocks. Each takes the tag it was found as."""

from __future__ import annotations

import html
import re
from urllib.parse import parse_qs, urlsplit

from bs4.element import Tag

from readership.portability.sources.wordpress_building import Building
from readership.portability.sources.wordpress_inline import address_of, words_of
from readership.portability.sources.wordpress_words import web_address

PLAYERS = ["iframe", "video", "audio", "embed", "object"]
MEDIA = ["img", *PLAYERS]
IMAGE_CLASS = re.compile(r"wp-image-(\d+)")
SOURCES = ("src", "data-src", "data-lazy-src", "data-orig-file", "data-full-url")
PICTURE_LINK = re.compile(r"\.(?:jpe?g|png|gif|webp|avif|svg)$", re.IGNORECASE)
YOUTUBE = re.compile(r"/(?:embed|v|shorts)/([\w-]{6,20})")
VIMEO = re.compile(r"/video/(\d+)")


def classes(tag: Tag) -> set[str]:
    found = tag.get("class")
    return set(found) if isinstance(found, list) else set(str(found or "").split())


def picture(building: Building, tag: Tag, *, caption: str = "", number: str = "") -> None:
    known = picture_id(building, tag, number)
    alt = address_of(tag, "alt")
    if known:
        building.add("image", picture_value(known, caption=caption, alt=alt))
        return
    address = _source(tag)
    # Pictures of one pixel count readers; nobody has ever seen one.
    if "1" in {address_of(tag, "width"), address_of(tag, "height")}:
        building.kept["tracking picture, dropped"] += 1
        return
    words = html.escape(caption or alt or address, quote=False)
    link = f'<p><a href="{html.escape(address)}">{words}</a></p>' if address else f"<p>{words}</p>"
    building.keep(link, "picture that is not in the file")


def picture_value(known: str, *, caption: str, alt: str) -> dict[str, object]:
    return {"image": known, "caption": caption, "alt": alt, "is_decorative": False}


def picture_id(building: Building, tag: Tag, number: str = "") -> str | None:
    """By address first: the numbers in old stories may come from a site before the last one."""
    for source in SOURCES:
        known = building.pictures.of_address(address_of(tag, source))
        if known:
            return known
    numbers: list[str] = IMAGE_CLASS.findall(" ".join(classes(tag)))
    for one in (*numbers, address_of(tag, "data-id"), number):
        if one and building.pictures.known(one):
            return one
    return None


def _source(tag: Tag) -> str:
    return next((found for name in SOURCES if (found := web_address(address_of(tag, name)))), "")


def linked_picture(building: Building, link: Tag) -> None:
    """Links from a picture to its own larger copy or page are what a reader gets anyway; others are counted."""
    address = address_of(link, "href")
    if address and not PICTURE_LINK.search(address.split("?")[0]) and "attachment" not in address:
        building.kept["link around a picture"] += 1


def gallery(building: Building, tag: Tag) -> None:
    images: list[dict[str, object]] = [
        picture_value(number, caption="", alt="") for number in address_of(tag, "data-ids").split(",") if number
    ]
    unknown: list[Tag] = []
    for image in tag.find_all("img"):
        known = picture_id(building, image)
        if known:
            images.append(picture_value(known, caption=_caption_near(image, tag), alt=address_of(image, "alt")))
        else:
            unknown.append(image)
    own = next((child for child in tag.find_all("figcaption", recursive=False)), None)
    if images:
        building.add("gallery", {"title": words_of(own) if own else "", "images": images})
    for image in unknown:
        picture(building, image, caption=_caption_near(image, tag))


def _caption_near(image: Tag, gallery_tag: Tag) -> str:
    for parent in image.parents:
        if parent is gallery_tag or len(parent.find_all("img")) > 1:
            break
        caption = parent.find(["figcaption", "dd"])
        if caption:
            return words_of(caption)
    return ""


def player(building: Building, tag: Tag, *, title: str = "") -> None:
    inside = tag.find_all(["source", "embed", "iframe", "param"])
    candidates = [address_of(one, "src", "data-src", "data", "value") for one in (tag, *inside)]
    address = next((found for one in candidates if (found := web_address(one))), "")
    title = title or address_of(tag, "title")
    if address:
        building.embed(_watched(address), title)
        return
    building.kept[f"<{tag.name}> without an address, dropped"] += 1
    building.paragraph(html.escape(title or words_of(tag), quote=False))


def _watched(address: str) -> str:
    """The page of a film instead of its player: readers follow the address."""
    parts = urlsplit(address)
    host = (parts.hostname or "").removeprefix("www.").removesuffix("-nocookie.com").removesuffix(".com")
    if host == "youtube" and (found := YOUTUBE.match(parts.path)):
        start = parse_qs(parts.query).get("start", [""])[0]
        return f"https://www.youtube.com/watch?v={found[1]}{f'&t={start}' if start.isdecimal() else ''}"
    if host == "player.vimeo" and (found := VIMEO.match(parts.path)):
        return f"https://vimeo.com/{found[1]}"
    return address


def table(building: Building, tag: Tag, *, caption: str = "") -> None:
    """Cells of our tables are plain words; a table with links, lists or joined cells is kept as it was."""
    rows = [row.find_all(["td", "th"]) for row in tag.find_all("tr")]
    own = tag.find("caption")
    caption = caption or (words_of(own) if own else "")
    rows = [row for row in rows if row]
    if not _is_simple(tag) or not rows:
        keep_with_media(building, tag, "<table>")
        building.paragraph(html.escape(caption, quote=False) if caption and not own else "")
        return
    width = max(len(row) for row in rows)
    value = {
        "data": [[words_of(cell) for cell in row] + [""] * (width - len(row)) for row in rows],
        "first_row_is_table_header": all(cell.name == "th" for cell in rows[0]),
        "first_col_is_header": len(rows) > 1 and all(row[0].name == "th" for row in rows[1:]),
        "table_caption": caption,
    }
    building.add("table", value)


def _is_simple(tag: Tag) -> bool:
    cells = tag.find_all(["td", "th"])
    is_joined = any({cell.get("colspan", "1"), cell.get("rowspan", "1")} - {"1"} for cell in cells)
    return not is_joined and tag.find(["a", "ul", "ol", "table", "pre", "blockquote", *MEDIA]) is None


def take_media(tag: Tag) -> list[Tag]:
    """Pictures and players out of a tag whose own block holds only words."""
    media = [found for found in tag.find_all(MEDIA) if not found.find_parent(PLAYERS)]
    return [found.extract() for found in media]


def show_media(building: Building, media: list[Tag]) -> None:
    for tag in media:
        if tag.name == "img":
            picture(building, tag)
        else:
            player(building, tag)


def keep_with_media(building: Building, tag: Tag, name: str) -> None:
    media = take_media(tag)
    building.keep(str(tag), name)
    show_media(building, media)
