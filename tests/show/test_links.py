"""Links to the other pages of a year."""

from __future__ import annotations

import pandas as pd
import pytest
from lxml import html

from helpers import selection
from helpers.show import links

FOUND = pd.DataFrame(
    {"page": ["2_spectrum_notices", "5_participation"], "text": ["**9** <b>notices</b>.", "Nobody came."]}
)


@pytest.mark.parametrize(("year", "folder"), [(2020, "2020"), ("all", "all")])
def test_every_finding_leads_to_its_page_of_the_same_year(year, folder):
    said = html.fromstring(links.findings(FOUND, selection.choose(year))._repr_html_())
    assert [p.text_content() for p in said.iter("p")] == [
        "9 <b>notices</b>. Spectrum notices",
        "Nobody came. Participation",
    ]
    assert [a.get("href") for a in said.iter("a")] == [
        f"../{folder}/2_spectrum_notices.html",
        f"../{folder}/5_participation.html",
    ]
    assert said.get("id") == "findings" and said.find("div[@class='answer']/p/strong").text == "9"


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
