"""What somebody takes away from a figure: the picture with its words, set for a page or for a slide.

A figure on a page holds two frames: title, unit, notes and source around an empty place for
its drawing. The page's script, and `picture` for files, put the drawing and the citation in.
"""

from __future__ import annotations

import html
import re
from textwrap import wrap

from lxml import etree

from helpers.sentences.caption import Caption
from helpers.show import theme
from helpers.show.measure import fit

PAGE, SLIDE = "page", "slide"
SIZE, EDGE = {PAGE: (720, 0), SLIDE: (1280, 720)}, {PAGE: 24, SLIDE: 40}
FONT = "system-ui, 'Segoe UI', Roboto, 'DejaVu Sans', Arial, sans-serif"
CITED = 5  # lines that a citation has
WIDEST = 0.62  # of its size, a letter's width on average in the widest font


def buttons(anchor: str) -> str:
    """Markup of the buttons under a figure; the page's script shows them."""
    saved = "".join(
        f' <button type="button" class="take" data-save="{kind}" data-set="{name}" data-name="{anchor}" '
        f'aria-label="{kind.upper()} for a {name}" hidden>{kind.upper()}{"" if name == PAGE else " 16:9"}</button>'
        for name in SIZE
        for kind in ("svg", "png")
    )
    copied = "".join(
        f' <button type="button" class="take" data-copy="{what}" hidden>Copy {what}</button>'
        for what in ("link", "citation")
    )
    return saved + copied


def frames(caption: Caption, drawing: str) -> str:
    """Markup of both frames of a figure, which a page does not show."""
    return "".join(f'<template data-set="{name}">{_frame(caption, drawing, name)}</template>' for name in SIZE)


def picture(figure: etree._Element, name: str, citation: str) -> str:
    """A figure's picture as a file of its own: `figure` is its element on a page, `name` is PAGE or SLIDE."""
    (frame,) = figure.xpath(f".//template[@data-set='{name}']/*")
    (drawing,) = figure.xpath(".//*[contains(concat(' ', @class, ' '), ' wide ')]")
    root = etree.fromstring(etree.tostring(frame, with_tail=False))
    slot = root.find(".//*[@class='slot']")
    slot.append(etree.fromstring(etree.tostring(drawing, with_tail=False)))
    places = root.findall(".//*[@class='cited']")
    # by number of letters: whoever only takes pictures needs no matplotlib to measure them
    lines = wrap(citation, int(float(places[0].get("data-width")) / (WIDEST * _sizes(name)[2])))
    for line, text in zip(places, lines, strict=False):
        line.text = text
    return re.sub(r"var\(--\w+, (#[0-9a-f]{6})\)", r"\1", etree.tostring(root, encoding="unicode"))


def _sizes(name: str) -> tuple[int, int, int]:
    """Sizes of title, unit and small print."""
    return (28, 18, 13) if name == SLIDE else (20, 14, 11)


def _frame(caption: Caption, drawing: str, name: str) -> str:
    """Title and unit above or beside the place of the drawing, the small print below."""
    box = [float(side) for side in re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', drawing)[0]]
    (wide, high), edge = SIZE[name], EDGE[name]
    title, unit, small = _sizes(name)
    tall = name == SLIDE and box[1] > 0.7 * box[0]  # a tall drawing has the whole height, its words stand beside it
    column = 0.36 * wide if tall else wide - 2 * edge
    source = f"Source: {caption.publication}, {caption.source}." if caption.source else ""
    unit_said = "" if f">{html.escape(caption.unit, quote=False)}<" in drawing else caption.unit
    head = [(fit(caption.title, column, title, True), title, True), (fit(unit_said, column, unit), unit, False)]
    foot = [(fit(words, column, small), small, False) for words in (*caption.notes, source) if words]
    top, above = _lines(head, edge, edge)
    cited_lines = CITED * (3 if tall else 1)
    print_high = (
        sum((words.count("\n") + 1) * 1.4 * size for words, size, _ in foot) + cited_lines * 1.4 * small + small
    )
    left = edge + column + 32 if tall else edge
    room = wide - edge - left
    if name == PAGE:
        drawn = room * box[1] / box[0]
        high = round(above + 8 + drawn + 12 + print_high + edge)
    else:
        drawn = high - 2 * edge if tall else max(high - above - 20 - print_high - edge, 120)
    y = edge if tall else above + 8
    below = high - edge - print_high
    words, down = _lines(foot, edge, below)
    width = column
    cited = "".join(
        f'<text class="cited" data-width="{width}" x="{edge}" y="{down + 1.4 * small * (line + 1):.0f}" '
        f'font-size="{small}" fill="{theme.MUTED}"/>'
        for line in range(cited_lines)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'font-family="{html.escape(FONT)}"><rect width="{wide}" height="{high}" fill="{theme.PAPER}"/>{top}'
        f'<svg class="slot" x="{left:.0f}" y="{y:.0f}" width="{room:.0f}" height="{drawn:.0f}"/>{words}{cited}</svg>'
    )


def _lines(blocks: list[tuple[str, int, bool]], x: float, y: float) -> tuple[str, float]:
    """Texts below one another from a height on, and where they end."""
    said = ""
    for words, size, bold in blocks:
        for line in words.split("\n") if words else ():
            y += 1.3 * size if bold else 1.4 * size
            weight, colour = (' font-weight="bold"', theme.INK) if bold else ("", theme.MUTED)
            said += f'<text x="{x}" y="{y:.0f}" font-size="{size}" fill="{colour}"{weight}>{html.escape(line)}</text>'
    return said, y
