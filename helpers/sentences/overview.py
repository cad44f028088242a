"""Words of the page to open first: figures and sentences of the other pages, and what is not told."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import pandas as pd

from helpers.analyses import gaps, overview, participation, spectrum
from helpers.analyses.overview import Tables
from helpers.selection import Period, Selection
from helpers.sentences import gaps as gaps_words
from helpers.sentences import participation as participation_words
from helpers.sentences import spectrum as spectrum_words
from helpers.sentences import targets as targets_words
from helpers.sentences import throughput as throughput_words
from helpers.sentences import tiles
from helpers.sentences.caption import Caption
from helpers.sentences.tiles import Tile
from helpers.sentences.wording import amount, count, listing, number, percent, qualified

DELIVERED = {  # table: what the Union did, with what, and the column that counts it
    "itut_recommendations": ("approved", "ITU-T text", ""),
    "space_notices": ("processed", "space request", "requests"),
    "itut_workshops": ("held", "ITU-T workshop", "workshops"),
}
COVERED = {
    "partial": "Hatched: the table closes before the year ends.",
    "unknown": "Dotted: the table names no closing day, so the year may be partial.",
}


def figures(everything: Tables, chosen: Selection) -> pd.DataFrame:
    """Headline figures of the chosen years: page (the notebook that explains it) and the columns of `tiles`."""
    both = spectrum.notices(everything["space_notices"], everything["terrestrial_notices"], chosen)
    sums = spectrum.totals(both, everything["printed_totals"])
    texts = throughput_words.figures(everything["itut_recommendations"], chosen)
    told = chosen.edition.rules("overview").get("figures", [])
    found = [
        texts.head(2).assign(page="1_standards_throughput"),
        spectrum_words.figures(both, sums, chosen).iloc[:-1].assign(page="2_spectrum_notices"),
        _participation(everything, chosen)[0].head(1).assign(page="5_participation"),
        *(tiles.frame([_stated(everything, entry, chosen.period)]).assign(page=entry["page"]) for entry in told),
    ]
    return pd.concat([frame for frame in found if len(frame)], ignore_index=True)[["page", *tiles.COLUMNS]]


def _participation(everything: Tables, chosen: Selection) -> tuple[pd.DataFrame, list[str]]:
    """Tiles and answer of the page on participation."""
    observations, names = everything["observations"], chosen.edition.rules("participation")
    period = chosen.of("itut_workshops")
    held, won = participation.workshops(everything["itut_workshops"], period), participation.prizes(observations, names)
    met, steps = participation.conferences(observations), participation.fellowships(observations)
    return (
        participation_words.key_figures(held, won, steps, period),
        participation_words.answer(held, met, won, period),
    )


def _stated(everything: Tables, entry: dict[str, Any], period: Period) -> Tile:
    """One stated figure against the last that the report gives before it."""
    rows, now, before = overview.stated(everything["observations"], entry, period)
    if now is None:
        about = f"given for {listing(rows['year'])}" if len(rows) else "no figure in the report"
        return tiles.row(entry["what"], "not reported", about, rows)
    said = _figure(now, entry) + (f" ({now['year']})" if period.year is None else "")
    here = rows[rows["year"] == now["year"]]
    if before is None:
        return tiles.row(entry["what"], said, "no earlier figure", here)
    earlier = f"{qualified(before['value'], before['qualifier'])} ({before['year']})"
    return tiles.row(entry["what"], said, f"{_moved(now, before)} {earlier}", here, earlier)


def _figure(row: pd.Series, entry: dict[str, Any]) -> str:
    return qualified(row["value"], row["qualifier"]) + entry.get("unit", "")


def _moved(now: pd.Series, before: pd.Series) -> str:
    """`up 9 from`; no difference is given of figures that the report does not state exactly."""
    if {now["qualifier"], before["qualifier"]} != {"exact"}:
        return "against"
    if now["value"] == before["value"]:
        return "unchanged from"
    size = number(round(abs(now["value"] - before["value"]), 4))
    return f"{'up' if now['value'] > before['value'] else 'down'} {size} from"


def answer(everything: Tables, chosen: Selection) -> list[str]:
    """One sentence of figures, then one from each of three other pages."""
    return [
        _delivered(everything, chosen),
        targets_words.answer(overview.progress(everything, chosen), chosen.period, None)[0],
        _gaps(everything["observations"], chosen)[0],
        _participation(everything, chosen)[1][-1],
    ]


def _gaps(observations: pd.DataFrame, chosen: Selection) -> list[str]:
    """Answer of the page on gaps."""
    places = gaps.geographies(observations)
    shown = gaps.shown(chosen, gaps.years_with_figures(observations, places))
    women, young = (gaps.within(make(observations), shown, places) for make in (gaps.gender, gaps.youth))
    return gaps_words.answer(women, young, chosen)


def _delivered(everything: Tables, chosen: Selection) -> str:
    """What the Union approved, processed and held, and who was online."""
    did: list[str] = []
    states = set()
    for table, (verb, noun, value) in DELIVERED.items():
        period = chosen.of(table)
        total = overview.delivered(everything[table], period, value)
        if pd.notna(total):
            did.append(f"{verb} {amount(total, noun)}" if did else f"{verb} **{amount(total, noun)}**")
            states.add(period.coverage(period.chosen[-1]))
    cut = " (partial)" if "partial" in states else " (closing day unknown)" if "unknown" in states else ""
    said = f"In {chosen.period.label}{cut} the ITU {listing(did)}"
    if not did:
        said = f"The report counts no ITU-T texts, space requests or ITU-T workshops for {chosen.period.label}"
    return "; ".join([said, *_sentences(everything, chosen)]) + "."


def _sentences(everything: Tables, chosen: Selection) -> list[str]:
    """Stated figures that the edition puts into the answer (`63 % of people were online`)."""
    said = []
    for entry in chosen.edition.rules("overview").get("figures", []):
        now = overview.stated(everything["observations"], entry, chosen.period).now
        if now is not None and "sentence" in entry:
            year = f" in {now['year']}" if chosen.period.year is None else ""
            said.append(f"{_figure(now, entry)} {entry['sentence']}{year}")
    return said


def silent(everything: Tables, chosen: Selection) -> list[str]:
    """What the report does not say: one line each, counted from the tables, then the edition's own lines."""
    own = chosen.edition.rules("overview").get("silent", [])
    lines = [_unmeasured(everything, chosen), _lost(everything), _unreported(everything["resolutions"]), *own]
    return [line for line in lines if line] or ["No gap is counted in the tables of this edition."]


def _unmeasured(everything: Tables, chosen: Selection) -> str:
    progress = overview.progress(everything, chosen)
    nothing, last = progress[progress["state"] == "no data"], chosen.period.chosen[-1]
    if nothing.empty:
        return "" if len(progress) else "The report lists no targets."
    said = f"{count(len(nothing), 'target')} of {len(progress)} {'has' if len(nothing) == 1 else 'have'}".capitalize()
    return f"{said} no figure up to {last}: {', '.join(nothing['target_id'])}."


def _lost(everything: Tables) -> str:
    """Charts and symbols that the text has lost, and how many of them showed results."""
    lost, results = everything["figures_lost"], everything["outcomes"]["section"].unique()
    if lost.empty:
        return ""
    said = "1 chart or symbol is gone" if len(lost) == 1 else f"{number(len(lost))} charts and symbols are gone"
    share = lost["section"].isin(results).mean()
    return f"{said}, {percent(share)} of them results in {_sections(results)}." if share else f"{said}."


def _unreported(resolutions: pd.DataFrame) -> str:
    """Resolutions without a report of their own, or without a title."""
    brief = int(resolutions["status"].isin(["cross-reference only", "no activity"]).sum())
    untitled, of = int(resolutions["title"].isna().sum()), f"of {len(resolutions)} Resolutions and Decisions"
    own = "has no report of its own" if brief == 1 else "have no report of their own"
    if brief:
        title = f", and {count(untitled, 'has', 'have')} no title" if untitled else ""
        return f"{number(brief)} {of} {own}{title}."
    return f"{number(untitled)} {of} {'has' if untitled == 1 else 'have'} no title." if untitled else ""


def counts(small: pd.DataFrame) -> Caption:
    """Finding of the small charts: the largest swing between whole years."""
    swing = spectrum.swings(small)
    if small.empty:
        return Caption("The report gives none of the counts that this page shows by year.")
    if swing.empty:
        title = "No count has two whole years to compare"
    else:
        title = spectrum_words.swung(swing, "swing", "× {:.1f}".format)
    return _counted(title, small)


def one_count(rows: pd.DataFrame) -> Caption:
    """Finding of one count: its lowest and highest whole year."""
    if rows.empty:
        return Caption("The report gives none of the counts that this page shows by year.")
    name, whole = rows["series"].iloc[0], rows[rows["coverage"] == "whole"].dropna(subset=["value"])
    ordered = whole.sort_values("value", kind="stable")
    ends = [f"{number(value)} ({year})" for value, year in zip(ordered["value"], ordered["year"], strict=True)]
    if len(ends) < 2:
        return _counted(f"{name}: fewer than two whole years", rows)
    return _counted(f"{name}: from {ends[0]} to {ends[-1]} in whole years", rows)


def _counted(title: str, rows: pd.DataFrame) -> Caption:
    notes = tuple(note for state, note in COVERED.items() if (rows["coverage"] == state).any())
    return Caption(title, "items", _sections(rows["section"].unique()), notes)


def _sections(names: Iterable[str]) -> str:
    """`sections 1.2, 1.3 and 1.10` in the report's order, what is not numbered after them (`Annex 2`)."""
    ordered = sorted(names, key=lambda name: [int(part) for part in re.findall(r"\d+", name)])
    numbered, other = ([name for name in ordered if name[:1].isdigit() is kind] for kind in (True, False))
    said = f"{'section' if len(numbered) == 1 else 'sections'} {listing(numbered)}"
    return listing([*([said] if numbered else []), *other])
