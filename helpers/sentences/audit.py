"""Words of the consistency audit: every finding as text, and the page around them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

import pandas as pd

from helpers.analyses.audit import NOT_APPLICABLE, PASS, SEVERITIES, Finding, Side
from helpers.period import Period
from helpers.sentences.caption import Caption
from helpers.sentences.wording import amount, count, edition_date, listing, number, qualified, section, sentence

KINDS = {
    "parts": "Parts and wholes",
    "same": "One fact stated twice",
    "percents": "Lists of percentages",
    "ratios": "Ratios and differences",
    "growths": "Growth rates",
    "claims": "Comparisons in words",
    "counts": "Counts against lists",
    "excludes": "Statements about all",
    "order": "Order of years",
    "paces": "Pace towards a goal",
    "totals": "Printed totals",
    "dates": "Dated Recommendations",
    "entries": "Doubtful entries",
    "catalogue": "A catalogue outside",
}
CATALOGUE = {  # what is held against the catalogue, and how the two counts read
    "nothing": ("The lists of Recommendations in a catalogue of approvals", "", ""),
    "entries": ("Entries of the ITU-T table in a catalogue of approvals", "listed", "of them catalogued"),
    "unlisted": ("Texts approved in the period, and the ITU-T table", "listed", "catalogued"),
    "another year": ("Years of the ITU-T table and days of approval", "listed", "not of another year"),
    "repeated": ("ITU-T entries listed several times", "listed", "with a text of their own"),
    "dated": ("Recommendations dated in the prose, and their day of approval", "dated", "approved then"),
    "radio": ("ITU-R designations in a catalogue of approvals", "listed", "of them catalogued"),
    "hyphens": ("Repaired hyphens of ITU-R designations", "repaired", "confirmed"),
    "radio years": ("ITU-R Recommendations and the years of the table", "dated", "of these years"),
}
MOST_NAMED = 8
LABELS = {
    PASS: "Pass",
    "note": "Note",
    "tension": "Tension",
    "contradiction": "Contradiction",
    NOT_APPLICABLE: "Not applicable",
}
NOTHING = "The edition has nothing that could be checked."


class Said(NamedTuple):
    """A finding in words: both sides with their places, and the arithmetic."""

    left: str = ""
    left_place: str = ""
    right: str = ""
    right_place: str = ""
    arithmetic: str = ""


def findings(found: Iterable[Finding]) -> pd.DataFrame:
    """Findings as text: columns kind, what, severity and those of `Said`."""
    rows = [(finding.kind, _what(finding), finding.severity, *_said(finding)) for finding in found]
    return pd.DataFrame(rows, columns=["kind", "what", "severity", *Said._fields])


def _said(finding: Finding) -> Said:
    if finding.severity == NOT_APPLICABLE:
        return Said(arithmetic=_lacks(finding.facts))
    return RENDERED[finding.kind](finding)


def _lacks(facts: Mapping[str, Any]) -> str:
    lacks = "nothing to divide by:" if facts.get("zero") else "the edition has no"
    return f"{lacks} {_pick(facts['operand'])}"


def _pick(operand: Mapping[str, Any]) -> str:
    """An operand in words: `participants (breakdown WTSA-20)`."""
    if "table" in operand:
        return f"rows for it in {operand['table']}"
    if "target" in operand:
        return f"value of target {operand['target']}"
    rest = ", ".join(f"{key} {value}" for key, value in operand.items() if key != "indicator")
    return f"{operand['indicator']} ({rest})" if rest else str(operand["indicator"])


def _figure(side: Side) -> str:
    """A figure with its word, without the noise of binary sums."""
    return qualified(_rounded(side.value), side.word)


def _rounded(value: float) -> float:
    """A figure to as many decimals as it can bear: from a hundred on none, as of countries (`117`)."""
    return round(value, 0 if abs(value) >= 100 else 2 if abs(value) >= 10 else 6)


def _places(sides: Iterable[Side]) -> str:
    return listing(dict.fromkeys(_place(side) for side in sides))


def _place(side: Side) -> str:
    """`section 3, line 1417`, or `Annex 1, line 1570`; empty for a figure that stands nowhere."""
    return f"{section(side.section)}, line {side.line}" if side.line else ""


def _allows(low: float, high: float, form: str = "") -> str:
    """`; rounding allows 0.40 to 0.41`; empty where it allows nothing else than what is worked out."""
    said = [format(value, form) if form else number(value) for value in (low, high)]
    if said[0] == said[1]:
        return ""
    return f"; rounding allows {said[0]} {'and more' if math.isinf(high) else f'to {said[1]}'}"


def _parts(finding: Finding) -> Said:
    whole, sides = finding.left[0], finding.right
    text = " + ".join(map(_figure, sides))
    arithmetic = f"{text} = {number(_rounded(finding.made[0]))}, stated {_figure(whole)}"
    return Said(_figure(whole), _place(whole), text, _place(sides[0]), arithmetic)


def _same(finding: Finding) -> Said:
    first, others = finding.left[0], listing(map(_figure, finding.right))
    return Said(_figure(first), _place(first), others, _places(finding.right), f"{_figure(first)} against {others}")


def _percents(finding: Finding) -> Said:
    text, (value, low, high) = " + ".join(map(_figure, finding.left)), finding.made
    arithmetic = f"{text} = {number(value)}{_allows(low, high)}"
    return Said(text, _place(finding.left[0]), "100", "", arithmetic)


def _ratios(finding: Finding) -> Said:
    printed, (above, below), (value, low, high) = finding.left[0], finding.right, finding.made
    pair = f"{number(above.value)} {'−' if finding.facts.get('difference') else '÷'} {number(below.value)}"
    stated = number(round(printed.value, 3))
    arithmetic = f"{pair} = {value:.3f}{_allows(low, high, '.3f')}; stated {stated}"
    return Said(stated, _place(printed), pair, _place(above), arithmetic)


def _growths(finding: Finding) -> Said:
    (before, after), rates, (value, low, high) = finding.left, finding.right, finding.made
    steps = " × ".join(f"{1 + rate.value / 100:.3f}" for rate in rates)
    start, end = number(before.value), number(after.value)
    arithmetic = f"{start} × {steps} = {value:.2f}{_allows(low, high, '.2f')}; stated {end}"
    percentages = listing(f"{number(rate.value)} %" for rate in rates)
    return Said(f"{start} to {end}", _place(after), percentages, _place(rates[0]), arithmetic)


def _claims(finding: Finding) -> Said:
    first, second, check = finding.left[0], finding.right[0], finding.facts
    left, right = (number(round(side.value, 2)) for side in (first, second))
    need = f"at least {check['at_least']}" if "at_least" in check else f"at most {check['at_most']}"
    arithmetic = f"{left} ÷ {right} = {finding.made[0]:.2f}, needs {need}"
    return Said(left, _place(first), right, _place(second), arithmetic)


def _counts(finding: Finding) -> Said:
    stated, listed = finding.left[0], finding.right[0]
    left, right = number(stated.value), number(listed.value)
    where = _place(listed) + ("" if "span" in finding.facts else " and on") if listed.line else "nowhere"
    return Said(left, _place(stated), right, where, f"stated {left}, listed {right}")


def _excludes(finding: Finding) -> Said:
    stated, counted = f"{_figure(finding.left[0])} %", listing(map(_figure, finding.right))
    arithmetic = f"{stated} leaves none, counted {counted}"
    return Said(stated, _place(finding.left[0]), counted, _places(finding.right), arithmetic)


def _order(finding: Finding) -> Said:
    first, then = finding.left[0], finding.right[0]
    year, other = f"{first.value:.0f}", f"{then.value:.0f}"
    arithmetic = f"{other} {'is before' if then.value < first.value else 'is not before'} {year}"
    return Said(year, _place(first), other, _place(then), arithmetic)


def _paces(finding: Finding) -> Said:
    (first, last), goal = finding.left, finding.right[0]
    seen, years, needed, left = (number(round(figure, 2)) for figure in finding.made)
    arithmetic = (
        f"({_figure(last)} − {_figure(first)}) ÷ {years} = {seen} a year, "
        f"({_figure(goal)} − {_figure(last)}) ÷ {left} = {needed} a year needed"
    )
    return Said(seen, _place(last), needed, _place(goal), arithmetic)


def _totals(finding: Finding) -> Said:
    printed, ours = finding.left[0], finding.right[0]
    left = "not printed" if math.isnan(printed.value) else number(printed.value)
    gap = "; a year has no count" if finding.facts["state"] == "incomplete" else ""
    arithmetic = f"the years add up to {number(ours.value)}, printed: {left}{gap}"
    return Said(left, _place(printed), number(ours.value), _place(ours), arithmetic)


def _dates(finding: Finding) -> Said:
    facts, years = finding.facts, finding.right
    said = f"{facts['act']} {edition_date(facts['date'])}" if facts["date"] else f"{facts['act']}, no date"
    listed = f"listed in {listing(facts['years'])}" if years else "not listed"
    where = _place(years[0]) if years else "nowhere in the table"
    return Said(said, _place(finding.left[0]), listed, where, f"{said}; {listed}")


def _entries(finding: Finding) -> Said:
    facts, first = finding.facts, _place(finding.left[0])
    if facts["case"] == "repeated":
        equal = f"{len(facts['positions'])} equal entries"
        return Said(finding.what, first, facts["cell"], f"positions {listing(facts['positions'])}", equal)
    second = _place(finding.right[0])
    if facts["case"] == "approved again":
        years = facts["years"]
        return Said(str(years[0]), first, str(years[-1]), second, f"listed in {listing(years)}")
    without = f"{count(facts['entries'], 'entry', 'entries')} without the second designation"
    return Said(facts["printed"][0], first, facts["printed"][1], second, without)


def _catalogue(finding: Finding) -> Said:
    """Both counts, and who differs; of many the first."""
    listed, found = number(finding.left[0].value), number(finding.right[0].value)
    _, ours, theirs = CATALOGUE[finding.what]
    names = finding.facts["differ"]
    if len(names) > MOST_NAMED + 1:
        names = [*names[:MOST_NAMED], amount(len(names) - MOST_NAMED, "other")]
    differ = f"; differing: {listing(names)}" if names else ""
    return Said(listed, _place(finding.left[0]), found, "the catalogue", f"{listed} {ours}, {found} {theirs}{differ}")


RENDERED = {
    "parts": _parts, "same": _same, "percents": _percents, "ratios": _ratios, "growths": _growths, "claims": _claims,
    "counts": _counts, "excludes": _excludes, "order": _order, "paces": _paces, "totals": _totals, "dates": _dates,
    "entries": _entries, "catalogue": _catalogue,
}  # fmt: skip


def _what(finding: Finding) -> str:
    """What a finding is about: the check's own text, or a sentence about the row."""
    facts, name = finding.facts, finding.what
    if finding.kind == "totals":
        return f"Total of {name}"
    if finding.kind == "dates":
        return f"Recommendation ITU-T {name}"
    if finding.kind == "catalogue":
        return CATALOGUE[name][0]
    if finding.kind != "entries":
        return name
    if facts["case"] == "repeated":
        return f"{name} stands {count(len(facts['positions']), 'time')} in one cell"
    if facts["case"] == "approved again":
        return f"{sentence(name)} is approved twice without a new edition between"
    return f"{name} also stands as {facts['short']}"


# The page


def sizes(found: pd.DataFrame) -> dict[str, int]:
    """How many findings each severity has, none left out."""
    return {severity: int((found["severity"] == severity).sum()) for severity in SEVERITIES}


def _of_checks(found: pd.DataFrame) -> str:
    """`144 checks`, or `140 checks that apply` where some do not."""
    silent = sizes(found)[NOT_APPLICABLE]
    return f"{amount(len(found) - silent, 'check')}{' that apply' if silent else ''}"


def answer(found: pd.DataFrame) -> list[str]:
    """One or two sentences: how many checks hold, and how many say nothing."""
    size = sizes(found)
    silent = size[NOT_APPLICABLE]
    if silent == len(found):
        return [kinds_caption(found).title]
    remain = [count(size[severity], severity) for severity in SEVERITIES[:3]]
    said = [f"Of **{_of_checks(found)}** {number(size[PASS])} pass; {listing(remain)} remain."]
    if silent:
        who = f"{count(silent, 'check').capitalize()} {'does' if silent == 1 else 'do'}"
        said.append(f"{who} not apply, as the edition lacks what {'it needs' if silent == 1 else 'they need'}.")
    return said


def contradictions(found: pd.DataFrame) -> list[str]:
    """One line a contradiction."""
    worst = found[found["severity"] == "contradiction"]
    lines = [f"{what}: {made}." for what, made in zip(worst["what"], worst["arithmetic"], strict=True)]
    return lines or ["No contradiction is found."]


def key_figures(found: pd.DataFrame) -> pd.DataFrame:
    """Headline figures: columns what, now, change; findings have places of their own."""
    said = {
        PASS: ("checks hold", f"of {_of_checks(found)}"),
        "contradiction": ("contradictions", "neither rounding nor words explain them"),
        "tension": ("tensions", "may have an explanation"),
        "note": ("notes", "to know"),
    }
    rows = [(what, number(sizes(found)[severity]), about) for severity, (what, about) in said.items()]
    return pd.DataFrame(rows if len(found) else [], columns=["what", "now", "change"])


def kinds(summary: pd.DataFrame) -> pd.DataFrame:
    """The bars by kind, in words; without the checks that do not apply where there are none."""
    named = summary.assign(kind=summary["kind"].map(KINDS))
    return named if named[NOT_APPLICABLE].any() else named.drop(columns=NOT_APPLICABLE)


def labels(bars: pd.DataFrame) -> dict[str, str]:
    """Severities that the bars have, with their labels."""
    return {severity: label for severity, label in LABELS.items() if severity in bars}


def kinds_caption(found: pd.DataFrame) -> Caption:
    """Finding of the bars by kind."""
    if found.empty:
        return Caption(NOTHING)
    size = sizes(found)
    total, wrong = len(found) - size[NOT_APPLICABLE], size["contradiction"]
    held = f"{number(size[PASS])} of {_of_checks(found)} {'holds' if total == 1 else 'hold'}"
    title = f"{held}; {count(wrong, 'contradiction')} {'remains' if wrong == 1 else 'remain'}"
    none = f"No check applies, of {len(found)}: the edition lacks what they need."
    return Caption(title if total else none, "checks", "all tables")


def open_caption(open_ones: pd.DataFrame) -> Caption:
    """Title of the table of what does not hold or does not apply."""
    if open_ones.empty:
        return Caption("Every check holds.")
    silent = (open_ones["severity"] == NOT_APPLICABLE).any()
    return Caption(f"Contradictions, tensions and notes{', and checks that do not apply' if silent else ''}")


def naming(found: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Findings whose text names a chosen year; none of them for the whole period."""
    if period.whole or found.empty:
        return found.head(0)
    text = found[["what", "left", "right", "arithmetic"]].agg(" ".join, axis=1)
    return found[text.str.contains(rf"\b(?:{'|'.join(map(str, period.chosen))})\b")].reset_index(drop=True)


def naming_caption(named: pd.DataFrame, period: Period) -> Caption:
    """Title of the table of findings that name a chosen year."""
    if period.whole:
        return Caption("No year is chosen: every finding stands above.")
    year = period.label.replace(" and ", " or ")
    return Caption(f"Findings that name {year}" if len(named) else f"No open finding names {year}.")


def passed_caption(passed: pd.DataFrame) -> Caption:
    """Title of the table of checks that pass."""
    return Caption("Checks that pass" if len(passed) else "No check passes.")


def every_caption(found: pd.DataFrame) -> Caption:
    """Title of some findings, by kind or as a table."""
    if found.empty:
        return Caption("No check is among these.")
    return Caption(f"{amount(len(found), 'check')} by kind", "checks", "all tables")


def table(found: pd.DataFrame) -> pd.DataFrame:
    """Findings as a table for people."""
    return pd.DataFrame(
        {
            "What": found["what"],
            "Severity": found["severity"],
            "One side": _with_place(found["left"], found["left_place"]),
            "Other side": _with_place(found["right"], found["right_place"]),
            "Arithmetic": found["arithmetic"],
        }
    )


def _with_place(figures: Iterable[str], places: Iterable[str]) -> list[str]:
    return [f"{figure} ({place})" if place else figure for figure, place in zip(figures, places, strict=True)]


def report(found: pd.DataFrame) -> list[str]:
    """The lines that `python -m helpers audit` prints: what does not hold, then the sizes."""
    lines = []
    for row in found[found["severity"] != PASS].to_dict("records"):
        lines += [f"{row['severity']}: {row['what']}", f"    {row['arithmetic']}"]
        if row["severity"] != NOT_APPLICABLE:
            other = row["right_place"] or "by definition"
            lines.append(f"    {row['left']} ({row['left_place']}) against {row['right']} ({other})")
    ends = [f"{size} {severity}" for severity, size in sizes(found).items() if size or severity != NOT_APPLICABLE]
    return [*lines, ", ".join(ends)]
