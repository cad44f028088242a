"""How a page cites official figures: publisher, title, edition, and the cells."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.analyses import official
from helpers.sentences.wording import edition_date, section
from helpers.tables.editions import NOT_STATED


def editions(sources: pd.DataFrame) -> dict[str, str]:
    """Short id → title and edition (`Key ICT indicators, aggregate estimates, November 2024`), and `the report`."""
    titles = dict(zip(sources["source"], sources["title"], strict=True))
    dated = {source: f", {edition_date(date)}" if date else "" for source, date in official.dates(sources).items()}
    return {source: f"{title}{dated[source]}" for source, title in titles.items()} | {official.REPORT: "the report"}


def edition(source: dict[Any, Any]) -> str:
    """The edition of a row of `sources` (`edition of November 2024`)."""
    date = source["edition_date"]
    return f"edition of {edition_date('' if pd.isna(date) else date)}"


def named(sources: pd.DataFrame) -> str:
    """Publisher, title and edition of some rows of `sources`."""
    rows = sources.to_dict("records")
    return "; ".join(f"{row['publisher']}, {row['title']}, {edition(row)}" for row in rows)


def credits(sources: pd.DataFrame) -> tuple[str, ...]:
    """Publisher, title, edition and licence of each of some rows of `sources`, for a citation."""
    licences = ["licence not stated" if said == NOT_STATED else said for said in sources["licence"]]
    return tuple(f"{named(sources[place : place + 1])}, {said}" for place, said in enumerate(licences))


def cited(rows: pd.DataFrame, sources: pd.DataFrame) -> list[str]:
    """Publisher, title, edition and cell of each row; section and line of a figure of the report."""
    titles = editions(sources)
    publishers = dict(zip(sources["source"], sources["publisher"], strict=True))
    return [
        f"ITU report, {section(str(place))}" if source == official.REPORT
        else f"{publishers.get(source, '')}, {titles.get(source, source)}: {place}"
        for source, place in zip(rows["source"], rows["place"], strict=True)
    ]  # fmt: skip


def used(sources: pd.DataFrame, *frames: pd.DataFrame) -> pd.DataFrame:
    """The rows of `sources` that frames with a column `source` take figures from."""
    names = {name for frame in frames for name in frame["source"].dropna()}
    return sources[sources["source"].isin(names)].reset_index(drop=True)
