"""Words of the page to open first: what the other pages find, where the gaps move, and what is not told."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pandas as pd

from helpers.analyses import gaps, overview, participation, results, spectrum, targets
from helpers.analyses.gap_series import Course
from helpers.analyses.overview import Tables
from helpers.selection import Selection
from helpers.sentences import gap_series as series_words
from helpers.sentences import gaps as gaps_words
from helpers.sentences import outturn as outturn_words
from helpers.sentences import participation as participation_words
from helpers.sentences import results as results_words
from helpers.sentences import spectrum as spectrum_words
from helpers.sentences import targets as targets_words
from helpers.sentences import throughput as throughput_words
from helpers.sentences.wording import amount, count, listing, number, percent, qualified, sentence, spelled

FINDINGS = 8
NOT_TOLD = re.compile(r"The report (gives|lists|counts) (no|too few) |.*, so no change can be shown")


def findings(everything: Tables, chosen: Selection) -> pd.DataFrame:
    """The first findings of the other pages: columns page (the notebook that explains it) and text.

    What the report does not give is no finding; it stands under `silent`.
    """
    told = [(page, text) for page, text in _told(everything, chosen) if text and not NOT_TOLD.match(text)]
    return pd.DataFrame(told[:FINDINGS], columns=["page", "text"])


def _told(everything: Tables, chosen: Selection) -> Iterator[tuple[str, str]]:
    """Sentences that may be findings, the most wanted first."""
    itut, resolutions = everything["itut_recommendations"], everything["resolutions"]
    progress, names = overview.progress(everything, chosen), chosen.edition.rules("participation")
    both = spectrum.notices(everything["space_notices"], everything["terrestrial_notices"], chosen)
    sums = spectrum.totals(both, everything["printed_totals"])
    about_notices, about_gaps = spectrum_words.answer(both, sums, chosen), _gaps(everything["observations"], chosen)
    yield "3_target_progress", _stated(everything["observations"], chosen)
    yield "3_target_progress", _reached(progress, chosen)
    yield "4_gender_and_youth_gaps", about_gaps[0]
    each = len(chosen.period.each)
    yield "1_standards_throughput", " ".join(throughput_words.answer(itut, chosen)[:each])
    yield "1_standards_throughput", throughput_words.extremes(itut, chosen)
    yield "2_spectrum_notices", " ".join(about_notices[:each])
    yield "2_spectrum_notices", about_notices[each]
    for text in _participation(everything, names, chosen):
        yield "5_participation", text
    yield "6_resolutions_and_results", f"{results_words.status_caption(resolutions).title}." if len(resolutions) else ""
    for text in about_gaps[1:]:
        yield "4_gender_and_youth_gaps", text


def _stated(observations: pd.DataFrame, chosen: Selection) -> str:
    """Stated figures that the edition names (`63 % of people were online in 2021, up from 54 % in 2019`)."""
    said = []
    for entry in chosen.edition.rules("overview").get("figures", []):
        _, now, before = overview.stated(observations, entry, chosen.period)
        if now is None:
            continue
        moved = ""
        if before is not None:
            way = "up" if now["value"] > before["value"] else "down" if now["value"] < before["value"] else "unchanged"
            moved = f", {way} from {qualified(before['value'], before['qualifier'])}{entry['unit']} in {before['year']}"
        figure = f"{qualified(now['value'], now['qualifier'])}{entry['unit']}"
        said.append(f"{figure} {entry['sentence']} in {now['year']}{moved}")
    return f"{sentence('; '.join(said))}." if said else ""


def _reached(progress: pd.DataFrame, chosen: Selection) -> str:
    """Whether a measured target was reached, and which was nearest."""
    measured = targets.measured(progress)
    return f"{targets_words.distances_title(measured, chosen.period.chosen[-1])}." if len(measured) else ""


def _gaps(observations: pd.DataFrame, chosen: Selection) -> list[str]:
    """Answer of the page on gaps, of the years with figures where the chosen one has none."""
    places = gaps.geographies(observations)
    shown = gaps.shown(chosen, gaps.years_with_figures(observations, places))
    women, young = (gaps.within(make(observations), shown, places) for make in (gaps.gender, gaps.youth))
    return gaps_words.answer(women, young, shown)


def _participation(everything: Tables, names: participation.Names, chosen: Selection) -> list[str]:
    """Answer of the page on participation."""
    observations, period = everything["observations"], chosen.of("itut_workshops")
    held, won = participation.workshops(everything["itut_workshops"], period), participation.prizes(observations, names)
    return participation_words.answer(held, participation.conferences(observations), won, period)


def ended(verdicts: pd.DataFrame, progress: pd.DataFrame, horizon: int) -> list[str]:
    """How many targets ended how; which ones the strip of marks shows."""
    said = outturn_words.answer(verdicts, progress, horizon)
    return [re.sub(r"\*\*| \([\d., and]+\)", "", text) for text in said]


def moved(*courses: Course) -> list[str]:
    """Where each gap moves in the official series, one line a gap."""
    said = [sentence(text) for course in courses for text in series_words.moved(course)]
    return said or ["No official series published since has figures on these gaps for two years."]


def silent(everything: Tables, chosen: Selection) -> list[str]:
    """What the report does not say: one line each, counted from the tables, then the edition's own lines."""
    own = chosen.edition.rules("overview").get("silent", [])
    lines = [_unmeasured(everything, chosen), _lost(everything), _unreported(everything["resolutions"]), *own]
    return [line for line in lines if line] or ["No gap is counted in the tables of this edition."]


def _unmeasured(everything: Tables, chosen: Selection) -> str:
    progress = overview.progress(everything, chosen)
    nothing, years = progress[progress["state"] == "no data"], targets_words.span(chosen.period, None)
    if nothing.empty:
        return "" if len(progress) else "The report lists no targets."
    of = f"{spelled(len(nothing))} of {count(len(progress), 'target')} {'has' if len(nothing) == 1 else 'have'}"
    return f"{sentence(of)} no figure {years}: {', '.join(nothing['target_id'])}."


def _lost(everything: Tables) -> str:
    """Charts and symbols that the text has lost, and how many of them showed results."""
    lost, sections = everything["figures_lost"], everything["outcomes"]["section"].unique()
    if lost.empty:
        return ""
    said = amount(len(lost), "chart or symbol is gone", "charts and symbols are gone")
    share = lost["section"].isin(sections).mean()
    return f"{said}, {percent(share)} of them results in {_sections(sections)}." if share else f"{said}."


def _unreported(resolutions: pd.DataFrame) -> str:
    """Resolutions without a report of their own, or without a title."""
    brief = int(resolutions["status"].isin([results.ELSEWHERE, results.INACTIVE]).sum())
    untitled, of = int(resolutions["title"].isna().sum()), f"of {len(resolutions)} Resolutions and Decisions"
    own = "has no report of its own" if brief == 1 else "have no report of their own"
    if brief:
        title = f", and {count(untitled, 'has', 'have')} no title" if untitled else ""
        return f"{number(brief)} {of} {own}{title}."
    return f"{number(untitled)} {of} {'has' if untitled == 1 else 'have'} no title." if untitled else ""


def _sections(names: Iterable[str]) -> str:
    """`sections 1.2, 1.3 and 1.10` in the report's order, what is not numbered after them (`Annex 2`)."""
    ordered = sorted(names, key=lambda name: [int(part) for part in re.findall(r"\d+", name)])
    numbered, other = ([name for name in ordered if name[:1].isdigit() is kind] for kind in (True, False))
    said = f"{'section' if len(numbered) == 1 else 'sections'} {listing(numbered)}"
    return listing([*([said] if numbered else []), *other])
