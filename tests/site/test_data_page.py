"""The data page of an edition."""

from __future__ import annotations

from lxml import html

from helpers.site import data_page
from helpers.tables import contract
from tests.site import made


def test_every_table_with_rows_dictionary_and_csv(older):
    tree = html.fromstring(data_page.page(older))
    assert [section.get("aria-labelledby") for section in tree.iter("section")] == [
        "itut_recommendations",
        "itut_workshops",
    ]
    assert len(tree.xpath("//section//a[@class='take']")) == 2
    assert tree.xpath("//tr[@id='line-11']/th/text()") == ["SG2"] and tree.xpath("//tr[@id='line-1016']")
    assert "closes on 2021-11-01" in tree.xpath("//section")[0].text_content()
    said = tree.find_class("lead")[0].getnext().text_content()
    assert said.endswith("Version 0.3.0. Source: Our Union, Report older, January 2020 – June 2022.")


def test_a_table_that_the_edition_lacks_is_named(newer):
    lines = [line.text_content() for line in html.fromstring(data_page.page(newer)).find_class("links")[0]]
    titles = [declared["title"] for declared in contract.declaration()["tables"].values()]
    lacking = [f"{title}: this edition has no such table" for title in titles[1:]]
    assert lines == [f"{titles[0]}, 18 rows", *lacking]


def test_a_line_that_stands_in_several_rows_has_one_anchor(two_editions, older):
    rows = [f"SG2,x,2021,{place},X,X,recommendation,,X,1.3,77" for place in (1, 2)]
    made.write_table(older.path("itut_recommendations"), "itut_recommendations", rows)
    made.package(two_editions)
    assert data_page.page(older).count('id="line-77"') == 1
