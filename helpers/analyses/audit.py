"""The report held against itself.

Checks are declared in `checks.yaml`; totals, dated Recommendations and doubtful
entries are checked row by row. Every check ends as one finding: a pass, or a
note, tension or contradiction with both sides, where they stand, and the
arithmetic. Rounding and words such as 'over' are allowed for.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
import yaml

from helpers import rounding
from helpers.analyses import spectrum
from helpers.sentences.wording import QUALIFIERS, count, listing, number, section

CHECKS = Path(__file__).parents[2] / "data" / "editions" / "2018-2022" / "checks.yaml"
SEVERITIES = ["contradiction", "tension", "note", "pass"]
Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Finding:
    """How one check ended."""

    kind: str
    what: str
    severity: str
    left: str
    left_place: str
    right: str
    right_place: str
    arithmetic: str


class Side(NamedTuple):
    """A figure of the report: value, range that rounding and words allow, place, word before it."""

    value: float
    low: float
    high: float
    place: str
    word: str = ""

    @property
    def said(self) -> str:
        """The figure as text, with its word."""
        return self.word + number(round(self.value, 2 if abs(self.value) >= 10 else 6))


@cache
def declared() -> dict[str, list[dict[str, Any]]]:
    """The checks of `checks.yaml` by kind."""
    return yaml.safe_load(CHECKS.read_text("utf-8"))


def audit(tables: Tables) -> pd.DataFrame:
    """Every finding, most severe first: the columns are those of `Finding`.

    Raises `LookupError` where a check names a figure that the tables lack.
    """
    found = [
        finding for kind, check in DECLARED.items() for rule in declared()[kind] for finding in check(tables, rule)
    ]
    for check in ROW_BY_ROW:
        found += list(check(tables))
    frame = pd.DataFrame([asdict(finding) for finding in found])
    order = frame["severity"].map(SEVERITIES.index)
    return frame.iloc[order.argsort(kind="stable")].reset_index(drop=True)


def place(row: Any) -> str:
    """`section 3, line 1417` of a row, or `Annex 1, line 1570`."""
    return f"{section(row.section)}, line {int(row.line)}"


def _side(tables: Tables, pick: dict[str, Any]) -> Side:
    """The figure that an operand stands for, with what rounding and words allow."""
    if "all" in pick:
        return _sum([_side(tables, part) for part in pick["all"]])
    if "from" in pick:
        low, high = _side(tables, pick["from"]), _side(tables, pick["to"])
        return Side(high.value - low.value, high.low - low.high, high.high - low.low, low.place)
    if "of" in pick:
        share, whole = _side(tables, {k: v for k, v in pick.items() if k != "of"}), _side(tables, pick["of"])
        return Side(share.value * whole.value, share.low * whole.low, share.high * whole.high, share.place)
    if "target" in pick:
        row = tables["targets"].query("target_id == @pick['target']").iloc[0]
        value = float(row["value"]) * pick.get("times", 1)
        return Side(value, value, value, place(row))
    if "table" in pick:
        return _column(tables, pick)
    return _observed(tables, pick)


def _sum(sides: list[Side]) -> Side:
    return Side(sum(s.value for s in sides), sum(s.low for s in sides), sum(s.high for s in sides), sides[0].place)


def _column(tables: Tables, pick: dict[str, Any]) -> Side:
    """The sum, the smallest or the largest of a table's column."""
    rows = tables[pick["table"]]
    for column, wanted in pick.get("where", {}).items():
        rows = rows[rows[column] == wanted]
    how = next(name for name in ("sum", "min", "max") if name in pick)
    value = float(rows[pick[how]].agg(how))
    return Side(value, value, value, place(rows.iloc[0]))


def _observed(tables: Tables, pick: dict[str, Any]) -> Side:
    """One observation: `times` scales it, `take` picks another column, `within` is its tolerance."""
    row = _pick(tables["observations"], pick)
    times, stated = pick.get("times", 1), float(row[pick.get("take", "value")])
    value, word = stated * times, row["qualifier"]
    # counts of things are exact, shares and scaled figures are rounded
    exact = stated.is_integer() and not re.search(r"percent|ratio|illion|Tbit|kbit|Mt|GHz", row["unit"])
    half = pick["within"] if "within" in pick else 0 if exact else rounding.half_digit(stated) * times
    low, high = value - half, value + half
    if word == "over":
        high = float("inf")
    elif word in ("less_than", "up_to"):
        low = 0.0
    elif word in ("about", "almost"):
        low, high = value * 0.9, value * (1.1 if word == "about" else 1.0)
    return Side(value, low, high, place(row), QUALIFIERS[word])


OPERAND_WORDS = {"nth", "times", "take", "within"}


def _pick(observations: pd.DataFrame, pick: dict[str, Any]) -> pd.Series:
    wanted = {key: value for key, value in pick.items() if key not in OPERAND_WORDS}
    fits = pd.Series(True, index=observations.index)
    for column, value in wanted.items():
        fits &= (observations[column] == value).fillna(False)
    rows = observations[fits]
    if "breakdown" not in wanted and rows["breakdown"].isna().any():
        rows = rows[rows["breakdown"].isna()]
    for column in ("sex", "age"):
        if column not in wanted:
            rows = rows[rows[column] == "_T"]
    nth = pick.get("nth", 1)
    if len(rows) < nth:
        raise LookupError(f"checks.yaml: no observation {nth} with {pick}")
    return rows.iloc[nth - 1]


def _finding(
    kind: str, rule: dict[str, Any], holds: bool, left: tuple[str, str], right: tuple[str, str], arithmetic: str
) -> Finding:
    severity = "pass" if holds else rule.get("otherwise", "contradiction")
    return Finding(kind, rule["what"], severity, *left, *right, arithmetic)


def _meets(first: Side, second: Side) -> bool:
    return first.low <= second.high + 1e-9 and second.low <= first.high + 1e-9


def parts(tables: Tables, rule: dict[str, Any]) -> Iterator[Finding]:
    """A whole is the sum of its parts."""
    whole, sides = _side(tables, rule["whole"]), [_side(tables, pick) for pick in rule["parts"]]
    total = _sum(sides)
    sum_text = " + ".join(side.said for side in sides)
    arithmetic = f"{sum_text} = {total.said}, stated {whole.said}"
    yield _finding("parts", rule, _meets(whole, total), (whole.said, whole.place), (sum_text, total.place), arithmetic)


def same(tables: Tables, rule: dict[str, Any]) -> Iterator[Finding]:
    """Statements of one fact agree."""
    first, *sides = [_side(tables, pick) for pick in rule["statements"]]
    holds = all(_meets(first, other) for other in sides)
    others = listing([side.said for side in sides])
    right = listing(list(dict.fromkeys(side.place for side in sides)))
    yield _finding("same", rule, holds, (first.said, first.place), (others, right), f"{first.said} against {others}")


def excludes(tables: Tables, rule: dict[str, Any]) -> Iterator[Finding]:
    """A statement about all leaves no room for the counts that are held against it."""
    stated, sides = _side(tables, rule["statement"]), [_side(tables, pick) for pick in rule["against"]]
    counted = listing([side.said for side in sides])
    places = listing(list(dict.fromkeys(side.place for side in sides)))
    holds = all(side.value == 0 for side in sides)
    left = (f"{stated.said} %", stated.place)
    yield _finding("excludes", rule, holds, left, (counted, places), f"{stated.said} % leaves none, counted {counted}")


def order(tables: Tables, rule: dict[str, Any]) -> Iterator[Finding]:
    """One year does not come before another."""
    first, then = _side(tables, rule["first"]), _side(tables, rule["then"])
    years = f"{first.value:.0f}", f"{then.value:.0f}"
    said = f"{years[1]} {'is before' if then.value < first.value else 'is not before'} {years[0]}"
    yield _finding("order", rule, first.value <= then.value, (years[0], first.place), (years[1], then.place), said)


def paces(tables: Tables, rule: dict[str, Any]) -> Iterator[Finding]:
    """The yearly addition seen reaches a goal in time, or does not, as the report says."""
    picks = [rule["first"], rule["last"], rule["goal"]]
    first, last, goal = (_side(tables, pick) for pick in picks)
    start, now, end = (int(_pick(tables["observations"], pick)["year"]) for pick in picks)
    seen, needed = (last.value - first.value) / (now - start), (goal.value - last.value) / (end - now)
    arithmetic = (
        f"({last.said} − {first.said}) ÷ {now - start} = {number(round(seen, 2))} a year, "
        f"({goal.said} − {last.said}) ÷ {end - now} = {number(round(needed, 2))} a year needed"
    )
    holds = (seen >= needed) == rule["enough"]
    left, right = (number(round(seen, 2)), last.place), (number(round(needed, 2)), goal.place)
    yield _finding("paces", rule, holds, left, right, arithmetic)


def percents(tables: Tables, rule: dict[str, Any]) -> Iterator[Finding]:
    """Shares of one whole add up to 100, as far as rounding allows."""
    sides = [_side(tables, pick) for pick in rule["statements"]]
    low, high = sum(side.low for side in sides), sum(side.high for side in sides)
    text = " + ".join(side.said for side in sides)
    arithmetic = (
        f"{text} = {number(sum(side.value for side in sides))}; rounding allows {number(low)} to {number(high)}"
    )
    yield _finding("percents", rule, low <= 100 <= high, (text, sides[0].place), ("100", ""), arithmetic)


def ratios(tables: Tables, rule: dict[str, Any]) -> Iterator[Finding]:
    """A printed ratio (or difference) fits the figures it is made from."""
    above, below = _side(tables, rule["above"]), _side(tables, rule["below"])
    if rule.get("difference"):
        made, low, high, sign = above.value - below.value, above.low - below.high, above.high - below.low, "−"
    else:
        made, low, high, sign = above.value / below.value, above.low / below.high, above.high / below.low, "÷"
    printed = _side(tables, rule["printed"]) if "printed" in rule else Side(rule["is"], rule["is"], rule["is"], "")
    if "within" in rule:  # a fraction in words, as 'just under one-half', has no digits to round
        printed = Side(printed.value, printed.value - rule["within"], printed.value + rule["within"], printed.place)
    holds = low <= printed.high + 1e-9 and printed.low <= high + 1e-9
    pair = f"{number(above.value)} {sign} {number(below.value)}"
    arithmetic = (
        f"{pair} = {made:.3f}; rounding allows {low:.3f} to {high:.3f}; stated {number(round(printed.value, 3))}"
    )
    yield _finding(
        "ratios", rule, holds, (number(round(printed.value, 3)), printed.place), (pair, above.place), arithmetic
    )


def growths(tables: Tables, rule: dict[str, Any]) -> Iterator[Finding]:
    """Printed growth rates lead from the first figure to the last."""
    before, after = _side(tables, rule["before"]), _side(tables, rule["after"])
    rates = [_side(tables, pick) for pick in rule["printed"]]
    value, low, high = before.value, before.low, before.high
    for rate in rates:
        value, low, high = value * (1 + rate.value / 100), low * (1 + rate.low / 100), high * (1 + rate.high / 100)
    steps = " × ".join(f"{1 + rate.value / 100:.3f}" for rate in rates)
    arithmetic = f"{number(before.value)} × {steps} = {value:.2f}; rounding allows {low:.2f} to {high:.2f}; stated {number(after.value)}"
    right = (listing([f"{number(rate.value)} %" for rate in rates]), rates[0].place)
    holds = low <= after.high and after.low <= high
    yield _finding(
        "growths", rule, holds, (f"{number(before.value)} to {number(after.value)}", after.place), right, arithmetic
    )


def claims(tables: Tables, rule: dict[str, Any]) -> Iterator[Finding]:
    """What a word ('twice', 'increased') needs of two figures."""
    first, second = (_side(tables, pick) for pick in rule["of"])
    quotient, slack = first.value / second.value, rule.get("tolerance", 0)
    holds = quotient >= rule["at_least"] - slack if "at_least" in rule else quotient <= rule["at_most"] + slack
    need = f"at least {rule['at_least']}" if "at_least" in rule else f"at most {rule['at_most']}"
    arithmetic = f"{number(round(first.value, 2))} ÷ {number(round(second.value, 2))} = {quotient:.2f}, needs {need}"
    left, right = (number(round(first.value, 2)), first.place), (number(round(second.value, 2)), second.place)
    yield _finding("claims", rule, holds, left, right, arithmetic)


def counts(tables: Tables, rule: dict[str, Any]) -> Iterator[Finding]:
    """A stated count fits the list that the report prints."""
    stated = _side(tables, rule["stated"])
    if "span" in rule:
        first, last = (_side(tables, pick) for pick in rule["span"])
        listed, where = int(last.value - first.value) + 1, first.place
    else:
        rows = tables[rule["table"]]
        for column, value in rule.get("where", {}).items():
            rows = rows[rows[column] == value]
        for column, value in rule.get("starts", {}).items():
            rows = rows[rows[column].str.startswith(value)]
        for column, value in rule.get("contains", {}).items():
            rows = rows[rows[column].str.contains(value)]
        listed = rows[rule["distinct"]].nunique() if "distinct" in rule else len(rows)
        where = f"{place(rows.iloc[0])} and on" if len(rows) else "nowhere"
    left, right = (number(stated.value), stated.place), (number(listed), where)
    holds = stated.low <= listed <= stated.high
    yield _finding("counts", rule, holds, left, right, f"stated {number(stated.value)}, listed {number(listed)}")


def totals(tables: Tables) -> Iterator[Finding]:
    """Every printed total is the sum of its years."""
    both = spectrum.notices(tables["space_notices"], tables["terrestrial_notices"])
    for row in spectrum.totals(both, tables["printed_totals"]).itertuples():
        ours = number(row.ours)
        severity = {"agrees": "pass", "differs": "contradiction", "ours only": "note"}[row.state]
        said = "not printed" if pd.isna(row.printed) else number(row.printed)
        first = both[both["series"] == row.series].iloc[0]
        yield Finding(
            "totals",
            f"Total of {row.series}",
            severity,
            said,
            place(row),
            ours,
            place(first),
            f"the years add up to {ours}, printed: {said}",
        )


def dated_recommendations(tables: Tables) -> Iterator[Finding]:
    """Recommendations that the prose dates stand in the table under that year."""
    itut, mentions = tables["itut_recommendations"], tables["recommendation_mentions"]
    editions = itut[itut["document_type"] == "recommendation"]
    names = editions["designation"].str.split("/")
    for row in mentions.itertuples():
        found = editions[[row.designation in of_entry for of_entry in names]]
        years = sorted({int(year) for year in found["year"]})
        where = place(found.iloc[0]) if len(found) else "nowhere in the table"
        listed = f"listed in {listing([str(y) for y in years])}" if years else "not listed"
        if pd.isna(row.date):
            severity, said = ("pass" if years else "tension"), f"{row.act}, no date"
        else:
            severity, said = ("pass" if int(row.date[:4]) in years else "contradiction"), f"{row.act} {row.date}"
        yield Finding(
            "dates",
            f"Recommendation ITU-T {row.designation}",
            severity,
            said,
            place(row),
            listed,
            where,
            f"{said}; {listed}",
        )


def doubtful_entries(tables: Tables) -> Iterator[Finding]:
    """Entries of the ITU-T table that look mistyped."""
    itut = tables["itut_recommendations"]
    cell = ["study_group", "year", "printed"]
    for (group, year, printed), rows in itut[itut.duplicated(cell, keep=False)].groupby(cell, sort=False):
        yield Finding(
            "entries", f"{printed} stands {count(len(rows), 'time')} in one cell", "note", printed, place(rows.iloc[0]),
            f"{group} {year}", f"positions {listing([str(p) for p in rows['position']])}", f"{len(rows)} equal entries",
        )  # fmt: skip
    text = ["designation", "document_type", "number"]
    supplements = itut[(itut["document_type"] != "recommendation") & itut.duplicated(text, keep=False)]
    for (name, kind, num), rows in supplements.groupby(text, sort=False):
        years = sorted({int(y) for y in rows["year"]})
        if len(years) > 1 and not _revised_between(itut, str(name), years):
            said = f"{kind} {num} to {name}"
            yield Finding(
                "entries", f"{said.capitalize()} is approved twice without a new edition between", "tension", str(years[0]),
                place(rows.iloc[0]), str(years[-1]), place(rows.iloc[-1]), f"listed in {listing([str(y) for y in years])}",
            )  # fmt: skip
    yield from _twins(itut)


def _revised_between(itut: pd.DataFrame, name: str, years: list[int]) -> bool:
    """A new edition restarts the numbers of Amendments and Corrigenda."""
    editions = itut[(itut["designation"] == name) & (itut["document_type"] == "recommendation")]["year"]
    return bool(((editions >= years[0]) & (editions <= years[-1])).any())


def _twins(itut: pd.DataFrame) -> Iterator[Finding]:
    """A Recommendation printed with and without its second designation."""
    doubles = itut[itut["designation"].str.contains("/")].drop_duplicates("designation")
    for row in doubles.itertuples():
        single = itut[itut["designation"] == row.designation.split("/")[0]]
        if len(single):
            yield Finding(
                "entries", f"{row.designation} also stands as {single['designation'].iloc[0]}", "note", row.printed, place(row),
                single["printed"].iloc[0], place(single.iloc[0]), f"{count(len(single), 'entry', 'entries')} without the second designation",
            )  # fmt: skip


DECLARED: dict[str, Callable[[Tables, dict[str, Any]], Iterator[Finding]]] = {
    "parts": parts, "same": same, "percents": percents, "ratios": ratios, "growths": growths, "claims": claims, "counts": counts,
    "excludes": excludes, "order": order, "paces": paces,
}  # fmt: skip
KIND_LABELS = {
    "parts": "Parts and wholes", "same": "One fact stated twice", "percents": "Lists of percentages", "ratios": "Ratios and differences",
    "growths": "Growth rates", "claims": "Comparisons in words", "counts": "Counts against lists", "excludes": "Statements about all",
    "order": "Order of years", "paces": "Pace towards a goal", "totals": "Printed totals", "dates": "Dated Recommendations",
    "entries": "Doubtful entries",
}  # fmt: skip
ROW_BY_ROW = [totals, dated_recommendations, doubtful_entries]


def summary(findings: pd.DataFrame) -> pd.DataFrame:
    """Findings by kind and severity, most checks first: columns kind (in words) and one for each severity."""
    table = findings.groupby(["kind", "severity"], sort=False).size().unstack(fill_value=0)
    table = table.reindex(columns=SEVERITIES, fill_value=0)
    order = table.sum(axis=1).sort_values(ascending=False, kind="stable").index
    return table.loc[order].rename(index=KIND_LABELS).reset_index()


def headline(findings: pd.DataFrame) -> list[str]:
    """Two sentences: how many checks, and what does not hold."""
    sizes = findings["severity"].value_counts().reindex(SEVERITIES, fill_value=0)
    worst = findings[findings["severity"] == "contradiction"]
    sentences = [
        f"Of **{len(findings)} checks** {number(sizes['pass'])} pass; {count(int(sizes['contradiction']), 'contradiction')}, "
        f"{count(int(sizes['tension']), 'tension')} and {count(int(sizes['note']), 'note')} remain."
    ]
    if len(worst):
        sentences.append(
            "Contradictions: " + "; ".join(f"{row.what} ({row.arithmetic})" for row in worst.itertuples()) + "."
        )
    return sentences


def key_figures(findings: pd.DataFrame) -> pd.DataFrame:
    """Headline figures: columns what, now, change (see `key_figures`; findings have places of their own)."""
    sizes = findings["severity"].value_counts().reindex(SEVERITIES, fill_value=0)
    said = {
        "pass": f"of {len(findings)} checks", "contradiction": "neither rounding nor words explain them",
        "tension": "may have an explanation", "note": "to know",
    }  # fmt: skip
    names = {"pass": "checks hold", "contradiction": "contradictions", "tension": "tensions", "note": "notes"}
    return pd.DataFrame([(names[s], number(sizes[s]), said[s]) for s in names], columns=["what", "now", "change"])


def involving(findings: pd.DataFrame, year: int | None) -> pd.DataFrame:
    """Findings whose text names a year; all of them for None."""
    if year is None:
        return findings
    text = findings[["what", "left", "right", "arithmetic"]].agg(" ".join, axis=1)
    return findings[text.str.contains(rf"\b{year}\b")].reset_index(drop=True)


def readable(findings: pd.DataFrame) -> pd.DataFrame:
    """Findings as a table for people."""
    return pd.DataFrame(
        {
            "What": findings["what"],
            "Severity": findings["severity"],
            "One side": findings["left"] + " (" + findings["left_place"] + ")",
            "Other side": [
                f"{r} ({p})" if p else r for r, p in zip(findings["right"], findings["right_place"], strict=True)
            ],
            "Arithmetic": findings["arithmetic"],
        }
    )


SEVERITY_LABELS = {"pass": "Pass", "note": "Note", "tension": "Tension", "contradiction": "Contradiction"}


def kinds_title(findings: pd.DataFrame) -> str:
    """Finding of the bars by kind."""
    passed = (findings["severity"] == "pass").mean()
    worst = findings.loc[findings["severity"] == "contradiction", "kind"]
    return f"{100 * passed:.0f} % of the checks hold; {count(len(worst), 'contradiction remains', 'contradictions remain')}"
