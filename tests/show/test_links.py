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
