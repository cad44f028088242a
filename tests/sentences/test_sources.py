"""How a page cites official figures."""

from __future__ import annotations

import pandas as pd

from helpers.sentences import sources as cited
from tests.analyses import official_rows as small


def test_editions_with_their_dates():
    titles = cited.editions(small.sources(new="2024-11", day="2024-03-05", undated=None))
    assert titles == {
        "new": "Title of new, November 2024", "day": "Title of day, 5 March 2024", "undated": "Title of undated",
        "report": "the report",
    }  # fmt: skip


def test_cited():
    rows = pd.DataFrame({"source": ["new", "report", "lost"], "place": ["S!A1", "Front matter, line 9", "x"]})
    assert cited.cited(rows, small.EDITIONS) == [
        "ITU, Title of new, November 2024: S!A1", "ITU report, Front matter, line 9", ", lost: x"
    ]  # fmt: skip


def test_used():
    frames = [pd.DataFrame({"source": ["new", None]}), pd.DataFrame({"source": ["report"]})]
    assert cited.used(small.EDITIONS, *frames)["source"].tolist() == ["new"]
    last = small.sources(a="2019", b="2020").assign(title=["A", "B"])
    kept = cited.used(last, pd.DataFrame({"source": ["b"]}))
    assert kept.to_dict("list")["title"] == ["B"] and list(kept.columns) == list(last.columns)


def test_named_with_what_is_known_of_the_date():
    three = small.sources(a="2024-11", b="2024-03-25", c=None)
    assert [cited.edition(row) for row in three.to_dict("records")] == [
        "edition of November 2024", "edition of 25 March 2024", "edition of an unknown date",
    ]  # fmt: skip
    assert cited.named(three.tail(2)) == (
        "ITU, Title of b, edition of 25 March 2024; ITU, Title of c, edition of an unknown date"
    )
