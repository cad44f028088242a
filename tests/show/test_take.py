"""Pictures to take away: the drawing with its words, for a page and for a slide."""

from __future__ import annotations

import pytest
from lxml import etree, html

from helpers.sentences.caption import Caption
from helpers.show import take
from tests.show.test_charts import KINDS, SVG, made, texts

SAID = Caption("The finding", "things", "section 1, line 9", ("A caveat.", "2021 is partial."), "Our report")
CITATION = "The finding. Our project, 2021. Data package 1.2.0. " + "word " * 25 + "file:///page.html#figure-a"


def picture(kind, name):
    chart = made(kind, caption=SAID)
    return chart, take.picture(html.fromstring(chart._repr_html_()), name, CITATION)


@pytest.mark.whole
@pytest.mark.parametrize("name", [take.PAGE, take.SLIDE])
@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_has_the_drawing_and_all_words_inside_its_frame(kind, name):
    chart, drawn = picture(kind, name)
    root = etree.fromstring(drawn)
    wide, high = float(root.get("width")), float(root.get("height"))
    own = root.findall(f"{SVG}text")
    said = " ".join(filter(None, (text.text for text in own)))
    for words in ("The finding", *SAID.notes, "Source: Our report, section 1, line 9.", "Data package 1.2.0"):
        assert words in said
    assert kind in ("courses", "timeline", "grid", "bullets") or drawn.count(">things<") == 1
    assert {"file:///page.html#figure-a"} <= set(said.split())
    assert all(0 < float(text.get("x")) < wide and 0 < float(text.get("y")) <= high for text in own)
    slot = root.find(f"{SVG}svg")
    assert float(slot.get("x")) + float(slot.get("width")) <= wide and slot.find(f"{SVG}svg") is not None
    assert set(texts(chart)) <= {"".join(text.itertext()) for text in root.iter(f"{SVG}text")}
    assert "var(" not in drawn and (wide / high == pytest.approx(16 / 9) if name == take.SLIDE else wide == 720)


def test_the_slide_of_a_tall_drawing_has_its_words_beside_it():
    flat, tall = (take.frames(SAID, f'<svg viewBox="0 0 533 {high}"/>').split("<template")[2] for high in (150, 700))
    slots = [html.fromstring(f"<template{frame}").find(".//svg[@class='slot']") for frame in (flat, tall)]
    assert slots[0].get("x") == "40" and float(slots[1].get("x")) > 400 and slots[1].get("height") == "640"
