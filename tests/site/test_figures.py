"""Figures as files of their own: what a page shows, and where its words went."""

from __future__ import annotations

import json
import re
from io import BytesIO

import numpy as np
import pandas as pd
import pytest
from lxml import etree
from matplotlib import image
from matplotlib.colors import to_rgb

from helpers.sentences.caption import Caption
from helpers.show import charts, theme
from helpers.site import figures
from tests.site.test_index import site, store  # noqa: F401 - a fixture

SAID = Caption('SG2 & "SG15" <led>', "texts", "section 1.3, line 7", ("Closes early.", "=1+1"))
ROWS = pd.DataFrame({"group": ["SG2", "SG15"], "year": [2020, 2021], "texts": [3.5, None], "other": ["=1", "x"]})
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def page():
    chart = charts.stacked_bars(ROWS, "group", {"texts": "texts"}, SAID, anchor="by-group")
    return f"<head><!-- job --></head><main>{chart._repr_html_()}<p>and</p></main>"


def test_each_figure_is_a_drawing_a_table_and_what_it_says(page):
    made = figures.of(page, "older/2021/1_standards_throughput--study_groups-SG2", {})
    stem = "figures/1_by-group--study_groups-SG2"
    assert set(made) == {f"{stem}.{kind}" for kind in ("svg", "png", "csv", "json")}
    about, rows = made[f"{stem}.csv"].decode("utf-8-sig").split("group,year", 1)
    assert all(line.startswith("# ") for line in about.splitlines()) and "Unit: texts" in about
    assert rows == ",texts,other\nSG2,2020,3.5,'=1\nSG15,2021,,x\n"
    assert json.loads(made[f"{stem}.json"]) == {
        "title": 'SG2 & "SG15" <led>',
        "unit": "texts",
        "source": "section 1.3, line 7",
        "notes": ["Closes early.", "=1+1"],
        "publication": "ITU report",
        "credits": [],
        "reported": True,
        "cited": "older/2021/1_standards_throughput--study_groups-SG2.html#figure-by-group",
        "description": 'Bar chart of texts. SG2 & "SG15" <led>. SG2: 3.5; SG15: not reported.',
        "name": "1_by-group--study_groups-SG2",
        "page": "../1_standards_throughput--study_groups-SG2.html#figure-by-group",
        "data": [
            {"group": "SG2", "year": 2020, "texts": 3.5, "other": "'=1"},
            {"group": "SG15", "year": 2021, "texts": None, "other": "x"},
        ],
    }


def test_a_drawing_carries_its_words_and_no_colour_of_a_theme(page):
    cited = re.sub('(data-about="[^"]*")', r'\1 data-cited="ITU &amp; us."', page)
    drawing = figures.of(cited, "older/2021/1_standards_throughput", {})["figures/1_by-group.svg"]
    root = etree.fromstring(drawing)
    said = " ".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))
    assert root.tag == f"{SVG}svg" and root.get("viewBox") and b"var(" not in drawing
    for words in (
        SAID.title,
        "texts",
        *SAID.notes,
        "Source: ITU report, section 1.3, line 7.",
        "ITU & us.",
        "figure-by",
    ):
        assert words in said


def test_the_png_is_what_the_svg_shows_and_is_drawn_again_only_with_it(page, monkeypatch):
    name, svg, png = "older/2021/1_standards_throughput", "figures/1_by-group.svg", "figures/1_by-group.png"
    made = figures.of(page, name, {})
    pixels = image.imread(BytesIO(made[png]))
    wide, high = map(int, re.findall(r'width="(\d+)" height="(\d+)"', made[svg].decode())[0])
    assert pixels.shape == (high, wide, 4) and wide == 720 and pixels[..., 3].min() == 1
    inked = np.abs(pixels[..., :3] - to_rgb(theme.PAPER)).max(axis=2) > 0.2
    title, bars = inked[:60], (np.abs(pixels[..., :3] - to_rgb(theme.BLUE)).max(axis=2) < 0.02).sum()
    assert title.sum() > 500, "the letters of the title have a font"
    assert bars > 2000 and not inked[:, :20].any(), "the bar has its colour, the edge is empty"
    monkeypatch.setattr(figures, "svg_to_bytes", lambda *given, **more: b"drawn")
    assert figures.of(page, name, made)[png] == made[png]
    assert figures.of(page, name, made | {svg: b"another"})[png] == b"drawn"
    assert figures.of(page, name, {svg: made[svg]})[png] == b"drawn"


def test_a_page_without_figures_has_no_files():
    assert figures.of("<p>none</p>", "older/2021/0_overview", {}) == {}


def test_a_page_and_its_figures_are_held_together(site, older, page, monkeypatch, caplog):  # noqa: F811
    monkeypatch.setattr("tests.site.test_index.page", lambda job, links="": page)
    job = store(site, older)
    files = [site.out / f"older/2021/figures/1_by-group.{kind}" for kind in ("svg", "png", "csv", "json")]
    for path in files:
        content = path.read_bytes()
        assert site.holds(job.name, "k")
        path.write_bytes(content[:-1])
        assert not site.holds(job.name, "k") and f"not taken: older/2021/figures/{path.name}" in caplog.text
        assert f"older/2021/figures/{path.name}" in site.bundle(older, "2021", site.out / "x.zip")[1]
        path.unlink()
        assert not site.holds(job.name, "k")
        path.write_bytes(content)
    monkeypatch.undo()
    store(site, older, error="ValueError: x")
    assert all(path.exists() for path in files), "a whole page keeps its figures when a later run fails"
    store(site, older)
    assert not any(path.exists() for path in files), "a page without them leaves none"
