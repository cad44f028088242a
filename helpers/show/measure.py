"""Words that fit: how wide a text is, and on how many lines it stands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from helpers.show.theme import SMALL


def _font(bold: bool) -> Any:
    from matplotlib.font_manager import FontProperties, findfont, get_font

    # matplotlib keeps both, and opens a font again in a forked kernel: an open file shared by two is misread
    return get_font(findfont(FontProperties(family="DejaVu Sans", weight="bold" if bold else "normal")))


@cache
def width_of(text: str, size: float = SMALL, bold: bool = False) -> float:
    """Width of a text (its longest line) in points; the page's own fonts are narrower."""
    font = _font(bold)
    font.set_size(size, 72)

    def line(words: str) -> float:
        font.set_text(words)
        return font.get_width_height()[0] / 64

    return max(line(words) for words in text.split("\n"))


def widest(texts: Iterable[str], size: float, bold: bool = False) -> float:
    """Width of the widest of some texts in points; 0 where there is none."""
    return max((width_of(text, size, bold) for text in texts), default=0.0)


def fit(text: object, width: float, size: float = SMALL, bold: bool = False) -> str:
    """A text on as many lines as a width in points needs; a word that is wider breaks after its hyphens."""
    lines: list[str] = []
    for word in str(text).split():
        wide = "-" in word and width_of(word, size, bold) > width
        for place, part in enumerate(filter(None, re.split(r"(?<=-)", word)) if wide else [word]):
            longer = f"{lines[-1]}{' ' * (place == 0)}{part}" if lines else part
            if lines and width_of(longer, size, bold) <= width:
                lines[-1] = longer
            else:
                lines.append(part)
    return "\n".join(lines)


def lines_of(texts: Iterable[str]) -> int:
    """Lines of the longest of some texts."""
    return max((text.count("\n") + 1 for text in texts), default=1)
