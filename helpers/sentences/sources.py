"""How a page cites official figures: publisher, title, edition, and the cells."""

from __future__ import annotations

import pandas as pd

from helpers.analyses import official
from helpers.sentences.caption import Caption
from helpers.sentences.wording import section

MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
          "December"]  # fmt: skip


def editions(sources: pd.DataFrame) -> dict[str, str]:
    """Short id → title and edition (`Key ICT indicators, aggregate estimates, November 2024`), and `the report`."""
    rows = zip(sources["source"], sources["title"], sources["edition_date"], strict=True)
    dated = {source: ", ".join(filter(None, [title, day(date)])) for source, title, date in rows}
    return dated | {official.REPORT: "the report"}


def day(date: object) -> str:
    """`2024-11` → `November 2024`, `2024-03-25` → `25 March 2024`; a year as it is, nothing for nothing."""
    if not isinstance(date, str) or not date:
        return ""
    year, *rest = date.split("-")
    words = [MONTHS[int(rest[0]) - 1], year] if rest else [year]
    return " ".join([str(int(rest[1])), *words] if len(rest) > 1 else words)


def cited(rows: pd.DataFrame, sources: pd.DataFrame) -> list[str]:
    """Publisher, title, edition and cell of each row; section and line of a figure of the report."""
    titles = editions(sources)
    publishers = dict(zip(sources["source"], sources["publisher"], strict=True))
    said = []
    for source, place in zip(rows["source"], rows["place"], strict=True):
        if source == official.REPORT:
            said.append(f"ITU report, {section(str(place))}")
        else:
            said.append(f"{publishers.get(source, '')}, {titles.get(source, source)}: {place}")
    return said


def used(sources: pd.DataFrame, *frames: pd.DataFrame) -> pd.DataFrame:
    """The sources that frames with a column `source` take figures from, for people."""
    names = {name for frame in frames for name in frame["source"].dropna()}
    rows = sources[sources["source"].isin(names)]
    return pd.DataFrame(
        {
            "Source": rows["publisher"] + ", " + rows["title"],
            "Edition": [day(date) or "no date stated" for date in rows["edition_date"]],
            "Licence": rows["licence"],
            "Link": rows["link"],
            "Note": rows["note"].fillna(""),
        }
    )


def table_caption(used: pd.DataFrame) -> Caption:
    """Title of the list of sources."""
    if used.empty:
        return Caption("No official figure is at hand.")
    return Caption("Where the official figures come from, and under which licence")
