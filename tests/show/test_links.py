"""Links to the other pages of a year."""

from __future__ import annotations

import pandas as pd
import pytest
from lxml import html

from helpers import selection
from helpers.show import links

FIGURES = pd.DataFrame({"page": ["2_spectrum_notices"] * 2 + ["nowhere"], "what": ["requests", "<b>notices</b>", "x"]})


@pytest.mark.parametrize(("year", "folder"), [(2020, "2020"), ("all", "all")])
def test_every_other_page_is_listed_with_the_figures_that_it_explains(year, folder):
    items = html.fromstring(links.pages(FIGURES, selection.choose(year))._repr_html_()).findall("li")
    assert [item.find("a").get("href") for item in items][:2] == [
        f"../{folder}/1_standards_throughput.html",
        f"../{folder}/2_spectrum_notices.html",
    ]
    assert [item.text_content() for item in items] == [
        "Standards throughput",
        "Spectrum notices: requests, <b>notices</b>",
        "Target progress",
        "Gender and youth gaps",
        "Participation",
        "Resolutions and results",
        "Consistency audit",
        "The record behind the counts",
    ]


def test_without_figures_the_list_stands():
    assert links.pages(FIGURES.iloc[:0], selection.choose("all"))._repr_html_().count("<li>") == len(links.titles()) - 1


def test_every_source_has_its_edition_licence_and_address():
    rows = [
        {"source": "key", "publisher": "ITU", "title": "Key <figures>", "edition_date": "2024-11", "licence": "CC BY",
         "link": "https://example.org/?a&b", "note": "Estimates."},
        {"source": "m49", "publisher": "UN", "title": "List", "edition_date": None, "licence": "not stated",
         "link": "https://example.org", "note": None},
    ]  # fmt: skip
    used = pd.DataFrame({"source": ["m49", "key", "key", None]})
    known = pd.DataFrame([*rows, rows[0] | {"source": "unused"}])
    items = html.fromstring(links.sources(known, used)._repr_html_()).findall("li")
    assert [item.text_content() for item in items] == [
        "ITU, Key <figures>, edition of November 2024. Licence: CC BY. Estimates.",
        "UN, List, edition of an unknown date. Licence: not stated.",
    ]
    assert [item.find("a").get("href") for item in items] == ["https://example.org/?a&b", "https://example.org"]
    none = links.sources(pd.DataFrame(rows), used.iloc[:0])._repr_html_()
    assert none == "<p>No figure of this page is published elsewhere.</p>"
