"""A drawing as SVG for a page that holds many and has a light and a dark theme."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

from lxml import etree

from helpers.show import theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SVG, XLINK = "{http://www.w3.org/2000/svg}", "{http://www.w3.org/1999/xlink}"
THEMED = {colour: f"var(--{name}, {colour})" for colour, name in theme.THEMED.items()}
LINES = "M -1 1 l 2 -2 M -1 6 l 7 -7 M 4 6 l 2 -2"  # a hatch whose tile has a side of 5
SAYS, NEXT = "says:", "\u2028"  # an id that starts with `SAYS` is what the mark says, `NEXT` between points


def themed(figure: Figure, anchor: str, kind: str) -> str:
    """SVG of `figure`, which is closed; its class is `kind`.

    It fills the width of its place, takes its colours from the page's CSS variables, and its ids
    start with `anchor`, because ids are only unique within one drawing. A mark has what it says
    in `data-says`. Only a wide drawing shows where no style sheet chooses.
    """
    from matplotlib import pyplot as plt

    drawing = BytesIO()
    figure.savefig(drawing, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    plt.close(figure)
    parser = etree.XMLParser(load_dtd=False, no_network=True, remove_blank_text=True, remove_comments=True)
    root = etree.fromstring(drawing.getvalue(), parser)
    for gone in root.findall(f"{SVG}metadata"):
        root.remove(gone)
    for size in ("width", "height"):
        del root.attrib[size]
    root.attrib.update(
        {"class": kind, "aria-hidden": "true", "focusable": "false", "preserveAspectRatio": "xMinYMin"}
        | ({"style": "display: none"} if kind == "narrow" else {})
    )
    for pattern in root.iter(f"{SVG}pattern"):
        _hatch(pattern)
    for element in root.iter(etree.Element):
        if element.get("id", "").startswith(SAYS):
            _speak(element)
        for name, value in element.attrib.items():
            if name == "id" or (name != "data-says" and "#" in value):
                element.set(name, _for_page(name, value, anchor))
    return etree.tostring(root, encoding="unicode")


def _hatch(pattern: etree._Element) -> None:
    """One small tile instead of an inch full of lines or dots, which has up to 250 kB."""
    ground, drawn = pattern
    tile, path = (4, "M 1 2 a 1 1 0 1 0 2 0 a 1 1 0 1 0 -2 0 z") if "C" in drawn.get("d", "") else (5, LINES)
    for part in (pattern, ground):
        part.attrib.update({"width": str(tile), "height": str(tile)})
    drawn.set("d", path)


def _speak(mark: etree._Element) -> None:
    """Move what a mark says from its id to `data-says`: of a line, to each of its points."""
    texts = mark.attrib.pop("id").removeprefix(SAYS).split(NEXT)
    shapes = [shape for shape in mark.iter(f"{SVG}use", f"{SVG}path") if shape.getparent().tag != f"{SVG}defs"]
    points = [shape for shape in shapes if shape.tag == f"{SVG}use"] or shapes
    for point, text in zip(points if len(texts) > 1 else [mark], texts, strict=True):
        point.set("data-says", text)


def _for_page(name: str, value: str, anchor: str) -> str:
    """An attribute with its id made unique, or its colours those of the page's theme."""
    if name == "id":
        return f"{anchor}-{value}"
    if name == f"{XLINK}href":
        return f"#{anchor}-{value.removeprefix('#')}"
    for colour, variable in THEMED.items():
        value = value.replace(colour, variable)
    return value.replace("url(#", f"url(#{anchor}-")
