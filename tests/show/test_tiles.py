"""Tiles, the answer, lists."""

from __future__ import annotations

import pandas as pd
import pytest
from lxml import html

from helpers.analyses import outturn
from helpers.show import tiles
from tests.show.hostile import HOSTILE

FIGURES = pd.DataFrame(
    [
        ["texts approved", "189 (partial)", "down 28 % against 316 in 2020", "2.1", 314],
        ["<b>people</b>", "about 4,900", "<i>no change</i>", "Annex 1", 9],
    ],
    columns=["what", "now", "change", "section", "line"],
)


def test_tiles():
    shown = tiles.tiles(FIGURES)._repr_html_()
    first, second = html.fromstring(shown).findall("li")
    assert shown.startswith('<ul class="tiles" id="key-figures"><li><strong>189 <small>partial</small></strong> ')
    assert first.find("span[@class='what']").text == "texts approved"
    assert first.find("span[@class='about']").text == "down 28 % against 316 in 2020"
    assert first.find("p[@class='source']").text == "section 2.1, line 314"
    assert second.findtext("strong") == "about 4,900" and second.find("p").text == "Annex 1, line 9"
    assert second.find("span[@class='what']").text == "<b>people</b>"
    assert second.find("span[@class='about']").text == "<i>no change</i>"


def test_tiles_without_places_and_without_rows():
    assert "source" not in tiles.tiles(FIGURES[["what", "now", "change"]])._repr_html_()
    assert tiles.tiles(FIGURES.iloc[:0])._repr_html_() == ""


def test_the_answer_has_its_figures_in_bold():
    assert tiles.sentences(["**89** texts & **2** more.", "‘Then’."])._repr_html_() == (
        '<div class="answer"><p><strong>89</strong> texts &amp; <strong>2</strong> more.</p><p>‘Then’.</p></div>'
    )


def test_lists():
    assert tiles.bullets(["a < b", "c"])._repr_html_() == "<ul><li>a &lt; b</li><li>c</li></ul>"


@pytest.mark.parametrize("shape", [tiles.sentences, tiles.bullets])
def test_hostile_texts_come_out_inert(shape):
    shown = html.fromstring(shape(HOSTILE)._repr_html_())
    assert [part.text for part in shown] == HOSTILE and not list(shown.iter("script"))


def test_a_strip_has_a_shape_and_a_word_for_every_verdict():
    rows = pd.DataFrame({"verdict": list(tiles.SHAPES), "name": "1.1", "label": "<b>"})
    drawn = tiles.strip(rows).content
    assert drawn.count("<li>") == 5 == len(set(tiles.SHAPES.values())) and drawn.count('aria-hidden="true"') == 5
    assert "<strong>1.1</strong> not met<span" in drawn and "&lt;b&gt;" in drawn
    assert tiles.strip(rows.head(0)).content == ""


def test_the_shapes_are_those_of_the_verdicts():
    assert list(tiles.SHAPES) == outturn.VERDICTS


def test_a_strip_leads_to_the_rows_of_a_page():
    rows = pd.DataFrame({"verdict": ["met"], "name": ["1.1"], "label": ["x"]})
    for page in ("", "../2021/3_target_progress.html"):
        assert html.fromstring(tiles.strip(rows, page).content).find("li/a").get("href") == f"{page}#target-1.1"
    assert "<a" not in tiles.strip(rows).content
