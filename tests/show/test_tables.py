"""Tables and the CSV beside them."""

from __future__ import annotations

from base64 import b64decode
from csv import reader
from io import StringIO

import pandas as pd
import pytest
from lxml import html

from helpers.sentences.caption import Caption
from helpers.show import tables
from tests.show.hostile import HOSTILE

SAID = Caption("Texts by group", "texts", "section 2, line 5", ("One <caveat>.", "Another."))
ROWS = pd.DataFrame(
    {
        "group": ["SG1", "SG2"], "year": [2020, 2021], "texts": [1234.0, None], "share": [0.4567, None],
        "whole": [True, False], "exact": [0.123456, 12345.678],
    }
).astype({"texts": "Float64"})  # fmt: skip


def cells(shown):
    return [[cell.text for cell in row] for row in html.fromstring(shown).iter("tr")]


def test_a_table_with_everything():
    shown = tables.show(ROWS, SAID, anchor="t")._repr_html_()
    box = html.fromstring(shown)
    assert box.get("id") == "table-t" and box.findtext(".//caption") == "Texts by group"
    assert [li.text for li in box.findall("ul[@class='notes']/li")] == ["One <caveat>.", "Another."]
    assert box.find("p[@class='source']").text == "Source: ITU report, section 2, line 5. "
    of_others = tables.show(ROWS, Caption("T", source="May", publication="A & B"), anchor="t")._repr_html_()
    assert html.fromstring(of_others).find("p[@class='source']").text == "Source: A & B, May. "
    assert cells(shown) == [
        ["group", "year", "texts", "share", "whole", "exact"],
        ["SG1", "2020", "1,234", "0.4567", "yes", "0.1235"],
        ["SG2", "2021", "–", "–", "no", "12,345.678"],
    ]
    right = [cell.text for cell in box.iter("th", "td") if cell.get("class") == "number"]
    assert right == [
        "year",
        "texts",
        "share",
        "exact",
        "2020",
        "1,234",
        "0.4567",
        "0.1235",
        "2021",
        "–",
        "–",
        "12,345.678",
    ]
    assert [cell.text for cell in box.findall(".//tbody//th[@scope='row']")] == ["SG1", "SG2"]


def test_headings_choose_and_rename_and_shares_are_percentages():
    shown = tables.show(ROWS, SAID, anchor="t", headings={"share": "Share", "group": "Group"}, shares=["Share"])
    assert cells(shown._repr_html_()) == [["Share", "Group"], ["45.7 %", "SG1"], ["not reported", "SG2"]]
    head, text = csv_of(shown).split("Share", 1)
    assert "Share" + text == "Share,Group\n0.4567,SG1\n,SG2\n"  # the data stay numbers
    assert head.startswith("\ufeff# ")  # Excel takes it for UTF-8
    assert [line.strip('# "\ufeff') for line in head.splitlines()] == [
        "Texts by group", "Unit: texts", "One <caveat>.", "Another.", "Source: ITU report, section 2, line 5"
    ]  # fmt: skip


def csv_of(shown):
    link = html.fromstring(shown._repr_html_()).find(".//a[@download='t.csv']")
    kind, content = link.get("href").split(",")
    assert kind == "data:text/csv;charset=utf-8;base64"
    return b64decode(content).decode()


def test_addresses_are_texts_to_copy_and_links_to_follow():
    rows = pd.DataFrame({"Text": ["https://a", "b"], "Address": ['https://x/"1"', "javascript:alert(1)"]})
    links = html.fromstring(tables.show(rows, SAID, anchor="a", addresses="Address").content).findall(".//td//a")
    assert [(link.get("href"), link.text, link.get("rel")) for link in links] == [
        ('https://x/"1"', 'https://x/"1"', "noreferrer")
    ]
    assert not html.fromstring(tables.show(rows, SAID, anchor="a").content).findall(".//td//a")


def test_without_source_and_notes():
    shown = tables.show(ROWS, Caption("Title"), anchor="t")._repr_html_()
    assert "Source" not in shown and "notes" not in shown and ">CSV</a>" in shown


def test_without_rows_the_title_stands_alone():
    shown = tables.show(ROWS.iloc[:0], Caption("Nothing & nobody."), anchor="t", headings={"none": "None"})
    assert shown._repr_html_() == "<p>Nothing &amp; nobody.</p>"


@pytest.mark.parametrize(("rows", "long"), [(tables.LONG, False), (tables.LONG + 1, True)])
def test_a_long_table_scrolls(rows, long):
    box = html.fromstring(tables.render(pd.DataFrame({"a": range(rows)}), 'All "rows"'))
    assert (box.get("class") == "scroll long") is long and box.get("aria-label") == 'All "rows"'


@pytest.mark.parametrize("column", ["year", "Year", "line", "deadline", "base_year", "number"])
def test_numbers_that_name_something_have_no_thousands(column):
    assert cells(tables.render(pd.DataFrame({column: [1174]}), "t"))[1] == ["1174"]


@pytest.mark.parametrize("value", [None, pd.NA, float("nan")])
def test_missing_values_are_shown_as_such(value):
    assert cells(tables.render(pd.DataFrame({"a": [value]}, dtype=object), "t"))[1] == ["–"]


def test_yes_and_no_stand_left():
    flags = pd.DataFrame({"a": pd.array([True, None], dtype="boolean")})
    assert cells(tables.render(flags, "t"))[1:] == [["yes"], ["–"]] and "number" not in tables.render(flags, "t")


def test_hostile_texts_come_out_inert():
    frame = pd.DataFrame({"name": HOSTILE})
    shown = tables.show(frame, Caption(HOSTILE[0], "", HOSTILE[0], (HOSTILE[0],)), anchor="t")._repr_html_()
    assert "<script" not in shown and [row[0] for row in cells(shown)[1:]] == HOSTILE


def test_no_cell_of_a_csv_is_a_formula():
    text = tables.to_csv(pd.DataFrame({"name": HOSTILE, "=1+1": 1}))
    found = [cell for row in reader(StringIO(text)) for cell in row]
    assert not [cell for cell in found if cell.strip(" \n\ufeff").startswith(tables.FORMULA)]
    assert "'=1+1" in found and "'＝1+1" in found and "{{ 7*7 }}" in found


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("plain", "plain"),
        ("-3", "'-3"),
        (-3, -3),
        ("\tx", "'\tx"),
        ("\u200b@x", "'\u200b@x"),
        ("a=b", "a=b"),
        (None, None),
    ],
)
def test_inert(value, written):
    assert tables.inert(value) == written


def test_a_long_table_folds_under_its_title():
    frame = pd.DataFrame({"name": ["a", "b"]})
    shown = html.fromstring(tables.show(frame, Caption("T & U"), anchor="t", folded=True)._repr_html_())
    fold = shown.find("details")
    assert fold.findtext("summary") == "T & U (2 rows)" and fold.get("open") is None
    assert len(fold.findall(".//tbody/tr")) == 2 and shown.find("p[@class='source']/a") is not None


def test_a_table_in_parts_folds_each_and_names_its_rows():
    frame = pd.DataFrame({"name": ["a", "b", "c"]}, index=[4, 5, 6])
    folds = pd.DataFrame(
        {"title": ["x", "y", "x"], "opened": [False, False, True], "id": ["r1", "r2", "r3"]}, frame.index
    )
    shown = html.fromstring(tables.parts(frame, Caption("T"), folds, anchor="t")._repr_html_())
    one, other = shown.findall("details")
    assert [part.findtext("summary") for part in (one, other)] == ["x", "y"]
    assert one.get("open") is not None and other.get("open") is None
    assert [(row.get("id"), row.findtext("th")) for row in shown.findall(".//tbody/tr")] == [
        ("r1", "a"), ("r3", "c"), ("r2", "b")
    ]  # fmt: skip
    assert shown.findtext("p[@class='caption']") == "T"
    assert tables.parts(frame.iloc[:0], Caption("None."), folds, anchor="t")._repr_html_() == "<p>None.</p>"
