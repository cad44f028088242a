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


def themed(figure: Figure, anchor: str) -> str:
    """SVG of `figure`, which is closed.

    It fills the width of its place, takes ink, muted, grid and paper from the page's CSS
    variables, and its ids start with `anchor`, because ids are only unique within one drawing.
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
        {"aria-hidden": "true", "focusable": "false", "preserveAspectRatio": "xMinYMin"}
        | {"style": f"max-width: {theme.WIDTH_ON_PAGE}"}
    )
    for element in root.iter(etree.Element):
        for name, value in element.attrib.items():
            if "#" in value or name == "id":
                element.set(name, _for_page(name, value, anchor))
    return etree.tostring(root, encoding="unicode")


def _for_page(name: str, value: str, anchor: str) -> str:
    """An attribute with its id made unique, or its colours those of the page's theme."""
    if name == "id":
        return f"{anchor}-{value}"
    if name == f"{XLINK}href":
        return f"#{anchor}-{value.removeprefix('#')}"
    for colour, variable in THEMED.items():
        value = value.replace(colour, variable)
    return value.replace("url(#", f"url(#{anchor}-")
