"""One place for colours: the page's tokens and the charts' style."""

from __future__ import annotations

import re

import pytest

from helpers.files import HELPERS
from helpers.show import theme

CSS = theme.css_tokens()
LIGHT, DARK, SWITCHED, PAPER = CSS.splitlines()
MARKS = set(theme.THEMED.values()) - {"ink", "muted", "grid", "paper"}


def tokens(rule):
    return dict(re.findall(r"--([a-z]+): (#[0-9a-f]+);", rule))


def contrast(one, other):
    """Contrast ratio as WCAG 2.2 defines it."""

    def luminance(colour):
        digits = colour[1:] if len(colour) == 7 else "".join(2 * digit for digit in colour[1:])
        parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_measure():
    assert contrast("#000", "#ffffff") == 21 and contrast("#777777", "#fff") == pytest.approx(4.478, abs=0.001)


def test_rules():
    assert LIGHT.startswith(":root { --paper: #fdfdfe; --ink: #1b2733; ") and "--font: system-ui" in LIGHT
    dark = '@media screen and (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { --paper: #12181f;'
    switched = '@media screen { :root[data-theme="dark"] { --paper: #12181f;'
    assert DARK.startswith(dark) and SWITCHED.startswith(switched) and tokens(SWITCHED) == tokens(DARK)
    assert PAPER.startswith("@media print { :root { --paper: #fff;")
    assert CSS.count("{") == CSS.count("}") == 7
    assert set(tokens(LIGHT)) == set(tokens(DARK)) >= set(theme.THEMED.values())


@pytest.mark.parametrize("rule", [LIGHT, DARK, PAPER], ids=["light", "dark", "print"])
def test_text_can_be_read(rule):
    colours = {"failure": tokens(LIGHT)["failure"]} | tokens(rule)
    for text in ("ink", "muted", "accent", "failure"):
        for ground in ("paper", "soft"):
            assert contrast(colours[text], colours[ground]) >= 4.5, (text, ground)


@pytest.mark.parametrize("rule", [LIGHT, DARK, PAPER], ids=["light", "dark", "print"])
def test_marks_can_be_seen(rule):
    colours = tokens(rule)
    for name in MARKS:
        assert contrast(colours[name], colours["paper"]) >= 3, name
    for name in theme.COLOURS.values():
        assert theme.THEMED[name] in MARKS
    # a figure in a cell: ink on the faintest, paper on the others
    assert contrast(colours["few"], colours["ink"]) >= 4.5
    for name in ("some", "many", "most"):
        assert contrast(colours[name], colours["paper"]) >= 4.5, name


def test_the_page_keeps_no_colours_of_its_own():
    style = HELPERS.joinpath("site", "template", "style.css").read_text("utf-8")
    assert not re.findall(r"#[0-9a-fA-F]{3,8}\b", style)
    used = set(re.findall(r"var\(--([a-z]+)", style))
    assert used == {*tokens(LIGHT), "font"} - MARKS


def test_style_is_set_whatever_the_user_has_set():
    import matplotlib

    matplotlib.rcParams["font.size"] = 30
    theme.style()
    settings = matplotlib.rcParams
    assert (settings["font.size"], settings["text.color"], settings["grid.color"]) == (10.5, theme.INK, theme.GRID)
    assert settings["text.parse_math"] is False
    assert matplotlib.get_backend().lower() == "agg"
