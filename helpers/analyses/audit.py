"""The report held against itself.

Checks are declared in the edition's `checks.yaml`, where their words are explained; totals,
dated Recommendations and doubtful entries are checked row by row. Every check ends as one
finding: a pass, or a note, tension or contradiction with both sides, where they stand, and
what they make. Rounding and words such as 'over' are allowed for. A check whose operand the
edition lacks is not applicable.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, NamedTuple

import pandas as pd

from helpers import rounding
from helpers.analyses import matching, spectrum
from helpers.selection import Selection
from helpers.tables import query
from helpers.tables.editions import DataError

PASS, NOT_APPLICABLE = "pass", "not applicable"
SEVERITIES = ["contradiction", "tension", "note", PASS, NOT_APPLICABLE]
SLACK = 1e-9  # sums of decimals are off by as much
Tables = Mapping[str, pd.DataFrame]
Mapped = Mapping[str, Any]


class Side(NamedTuple):
    """A figure of the report: value, range that rounding and words allow, place, qualifier."""

    value: float
    low: float
    high: float
    section: str = ""
    line: int = 0
    word: str = "exact"

    @classmethod
    def exact(cls, value: float, section: str = "", line: int = 0) -> Side:
        """A figure that nothing leaves open, or a place without one (NaN)."""
        return cls(value, value, value, section, line)

    def less(self, other: Side) -> Side:
        """The difference of two figures, at the place of the other."""
        return Side(self.value - other.value, self.low - other.high, self.high - other.low, other.section, other.line)

    def meets(self, other: Side) -> bool:
        """Whether one true value can be both."""
        return self.low <= other.high + SLACK and other.low <= self.high + SLACK


@dataclass(frozen=True)
class Finding:
    """How one check ended.

    `what` is the check's own text, or the name that a row-by-row check is about; `made` are the
    figures that the sides make (see each check); `facts` the check as declared, or what the row says;
    where it is not applicable, `operand` is what the edition lacks, `zero` whether it cannot divide.
    """

    kind: str
    what: str
    severity: str
    left: tuple[Side, ...] = ()
    right: tuple[Side, ...] = ()
    made: tuple[float, ...] = ()
    facts: Mapped = field(default_factory=dict)


class Outcome(NamedTuple):
    """Whether a declared check holds, its sides, and what they make."""

    holds: bool
    left: Sequence[Side]
    right: Sequence[Side]
    made: Sequence[float] = ()


class Lacking(LookupError):
    """A check cannot be made: `operand` is not in the edition, or is zero and cannot divide."""

    def __init__(self, operand: Mapped, zero: bool = False) -> None:
        super().__init__(operand)
        self.operand, self.zero = operand, zero


def audit(tables: Tables, chosen: Selection, catalogue: pd.DataFrame | None = None) -> list[Finding]:
    """Every finding on an edition's tables (name → table), most severe first.

    With a catalogue of approvals the lists of Recommendations are held against it, too.
    Raises `DataError` where `checks.yaml` declares a check that cannot be read.
    """
    found = [
        *declared(tables, chosen.edition.rules("checks")),
        *totals(tables, chosen),
        *dated_recommendations(tables),
        *doubtful_entries(tables),
        *([] if catalogue is None else against_catalogue(tables, chosen, catalogue)),
    ]
    return sorted(found, key=lambda finding: SEVERITIES.index(finding.severity))


def declared(tables: Tables, checks: Any) -> list[Finding]:
    """Findings of the checks that `checks.yaml` declares, in its order.

    Raises `DataError` with a line for every check that cannot be read.
    """
    if wrong := malformed(checks):
        raise DataError([f"checks.yaml: {problem}" for problem in wrong])
    return [_finding(tables, kind, check) for kind in KINDS for check in checks.get(kind) or []]


def _finding(tables: Tables, kind: str, check: Mapped) -> Finding:
    try:
        holds, left, right, made = KINDS[kind](tables, check)
    except Lacking as lacking:
        facts = {"operand": lacking.operand, "zero": lacking.zero}
        return Finding(kind, check["what"], NOT_APPLICABLE, facts=facts)
    except (KeyError, TypeError, ValueError, AttributeError, StopIteration) as error:
        told = f"{type(error).__name__}: {error}"
        raise DataError([f"checks.yaml: {kind}: {check['what']}: cannot be made ({told})"]) from error
    severity = PASS if holds else check.get("otherwise", "contradiction")
    return Finding(kind, check["what"], severity, tuple(left), tuple(right), tuple(made), check)


def summary(findings: list[Finding]) -> pd.DataFrame:
    """Findings by kind and severity, most checks first: columns kind and one for each severity."""
    found = pd.DataFrame([(f.kind, f.severity) for f in findings], columns=["kind", "severity"])
    table = found.groupby(["kind", "severity"], sort=False).size().unstack(fill_value=0)
    table = table.reindex(columns=SEVERITIES, fill_value=0)
    order = table.sum(axis=1).sort_values(ascending=False, kind="stable").index
    return table.loc[order].rename_axis(columns=None).reset_index()


# Operands


def side(tables: Tables, pick: Mapped) -> Side:
    """The figure that an operand stands for, with what rounding and words allow. Raises `Lacking`."""
    if "all" in pick:
        return _total([side(tables, part) for part in pick["all"]])
    if "from" in pick:
        return side(tables, pick["to"]).less(side(tables, pick["from"]))
    if "of" in pick:
        share, whole = side(tables, {k: v for k, v in pick.items() if k != "of"}), side(tables, pick["of"])
        made = share.value * whole.value, share.low * whole.low, share.high * whole.high
        return Side(*made, share.section, share.line)
    if "target" in pick:
        rows = tables["targets"]
        return _exact(rows[rows["target_id"] == pick["target"]], "value", "first", pick)
    if "table" in pick:
        how = next(name for name in ("sum", "min", "max") if name in pick)
        return _exact(_where(tables[pick["table"]], pick), pick[how], how, pick)
    return _stated(_observation(tables, pick), pick)


def _total(sides: Sequence[Side]) -> Side:
    low, high = sum(part.low for part in sides), sum(part.high for part in sides)
    return Side(sum(part.value for part in sides), low, high, sides[0].section, sides[0].line)


def _exact(rows: pd.DataFrame, column: str, how: str, pick: Mapped) -> Side:
    """A column's first value, sum, smallest or largest: exact, at the place of the first row."""
    values = rows[column].dropna()
    if values.empty:
        raise Lacking(pick)
    value = float(values.iloc[0] if how == "first" else values.agg(how)) * pick.get("times", 1)
    return Side.exact(value, *_place(rows))


def _place(rows: pd.DataFrame) -> tuple[str, int]:
    """Where rows begin; nowhere without rows."""
    return (str(rows["section"].iloc[0]), int(rows["line"].iloc[0])) if len(rows) else ("", 0)


def _where(rows: pd.DataFrame, pick: Mapped) -> pd.DataFrame:
    for column, wanted in pick.get("where", {}).items():
        rows = rows[rows[column] == wanted]
    return rows


def _observation(tables: Tables, pick: Mapped) -> pd.Series:
    """The row that an operand picks: of any place and breakdown where it names none, those without one first."""
    rows = query.observed(
        tables["observations"],
        pick["indicator"],
        geography=pick.get("geography"),
        sex=pick.get("sex", query.TOTAL),
        age=pick.get("age", query.TOTAL),
        breakdown=pick.get("breakdown"),
        years=[pick["year"]] if "year" in pick else None,
        derived=True,  # a claim that the report makes in a word is held against its figures, too
    )
    if "breakdown" not in pick and rows["breakdown"].isna().any():
        rows = rows[rows["breakdown"].isna()]
    nth = pick.get("nth", 1)
    if len(rows) < nth:
        raise Lacking(pick)
    return rows.iloc[nth - 1]


def _stated(row: pd.Series, pick: Mapped) -> Side:
    """One observation: `times` scales it, `take` picks another column, `within` is its tolerance."""
    cell = row[pick.get("take", "value")]
    if pd.isna(cell):
        raise Lacking(pick)
    stated, times, word = float(cell), pick.get("times", 1), str(row["qualifier"])
    value = stated * times
    # counts of things are exact, shares and scaled figures are rounded
    exact = stated.is_integer() and not re.search(r"percent|ratio|illion|Tbit|kbit|Mt|GHz", str(row["unit"]))
    half = pick["within"] if "within" in pick else 0 if exact else rounding.half_digit(stated) * times
    low, high = value - half, value + half
    if word == "over":
        high = math.inf
    elif word in ("less_than", "up_to"):
        low = 0.0
    elif word in ("about", "almost"):
        low, high = value * 0.9, value * (1.1 if word == "about" else 1.0)
    return Side(value, low, high, str(row["section"]), int(row["line"]), word)


def _divisor(below: Side, pick: Mapped) -> Side:
    if below.value <= 0:
        raise Lacking(pick, zero=True)
    return below


# Kinds of declared checks


def parts(tables: Tables, check: Mapped) -> Outcome:
    """A whole is the sum of its parts. Made: the sum."""
    whole, sides = side(tables, check["whole"]), [side(tables, pick) for pick in check["parts"]]
    total = _total(sides)
    return Outcome(whole.meets(total), [whole], sides, [total.value])


def same(tables: Tables, check: Mapped) -> Outcome:
    """Statements of one fact agree."""
    first, *others = [side(tables, pick) for pick in check["statements"]]
    return Outcome(all(first.meets(other) for other in others), [first], others)


def percents(tables: Tables, check: Mapped) -> Outcome:
    """Shares of one whole add up to 100, as far as rounding allows. Made: the sum, lowest, highest."""
    sides = [side(tables, pick) for pick in check["statements"]]
    total = _total(sides)
    return Outcome(total.low <= 100 <= total.high, sides, [], total[:3])


def ratios(tables: Tables, check: Mapped) -> Outcome:
    """A printed ratio (or difference) fits the figures it is made from. Made: ours, lowest, highest."""
    above, below = side(tables, check["above"]), side(tables, check["below"])
    if check.get("difference"):
        made = above.less(below)
    else:
        value = above.value / _divisor(below, check["below"]).value
        made = Side(value, above.low / below.high, above.high / below.low if below.low > 0 else math.inf)
    printed = side(tables, check["printed"]) if "printed" in check else Side.exact(check["is"])
    if "within" in check:  # a fraction in words, as 'just under one-half', has no digits to round
        printed = printed._replace(low=printed.value - check["within"], high=printed.value + check["within"])
    return Outcome(made.meets(printed), [printed], [above, below], made[:3])


def growths(tables: Tables, check: Mapped) -> Outcome:
    """Printed growth rates lead from the first figure to the last. Made: the end, lowest, highest."""
    before, after = side(tables, check["before"]), side(tables, check["after"])
    rates = [side(tables, pick) for pick in check["printed"]]
    low = before.low * math.prod(1 + rate.low / 100 for rate in rates)
    high = before.high * math.prod(1 + rate.high / 100 for rate in rates)
    made = Side(before.value * math.prod(1 + rate.value / 100 for rate in rates), low, high)
    return Outcome(made.meets(after), [before, after], rates, made[:3])


def claims(tables: Tables, check: Mapped) -> Outcome:
    """What a word ('twice', 'increased') needs of two figures. Made: their quotient."""
    first, second = (side(tables, pick) for pick in check["of"])
    quotient, slack = first.value / _divisor(second, check["of"][1]).value, check.get("tolerance", 0)
    holds = quotient >= check["at_least"] - slack if "at_least" in check else quotient <= check["at_most"] + slack
    return Outcome(holds, [first], [second], [quotient])


def counts(tables: Tables, check: Mapped) -> Outcome:
    """A stated count fits the list that the report prints, or the span of two numbers."""
    stated = side(tables, check["stated"])
    if "span" in check:
        first, last = (side(tables, pick) for pick in check["span"])
        listed, where = int(last.value - first.value) + 1, (first.section, first.line)
    else:
        rows = _listed(tables, check)
        listed = len(rows.drop_duplicates(check["distinct"]) if "distinct" in check else rows)
        where = _place(rows)
    return Outcome(stated.low <= listed <= stated.high, [stated], [Side.exact(listed, *where)])


def _listed(tables: Tables, check: Mapped) -> pd.DataFrame:
    rows = tables[check["table"]]
    if rows.empty:
        raise Lacking({"table": check["table"]})
    rows = _where(rows, check)
    for column, start in check.get("starts", {}).items():
        rows = rows[rows[column].str.startswith(start)]
    for column, pattern in check.get("contains", {}).items():
        rows = rows[rows[column].str.contains(pattern)]
    return rows


def excludes(tables: Tables, check: Mapped) -> Outcome:
    """A statement about all leaves no room for the counts that are held against it."""
    stated, counted = side(tables, check["statement"]), [side(tables, pick) for pick in check["against"]]
    return Outcome(all(other.value == 0 for other in counted), [stated], counted)


def order(tables: Tables, check: Mapped) -> Outcome:
    """One year does not come before another."""
    first, then = side(tables, check["first"]), side(tables, check["then"])
    return Outcome(first.value <= then.value, [first], [then])


def paces(tables: Tables, check: Mapped) -> Outcome:
    """The yearly addition seen reaches a goal in time, or does not, as the report says.

    Made: the addition seen, its years, the addition needed, its years.
    """
    picks = [check["first"], check["last"], check["goal"]]
    first, last, goal = (side(tables, pick) for pick in picks)
    start, now, end = (
        _stated(_observation(tables, pick), {**pick, "take": "year", "times": 1}).value for pick in picks
    )
    if not start < now < end:
        raise Lacking(check["last"], zero=True)
    seen, needed = (last.value - first.value) / (now - start), (goal.value - last.value) / (end - now)
    made = [seen, now - start, needed, end - now]
    return Outcome((seen >= needed) == check["enough"], [first, last], [goal], made)


KINDS: dict[str, Callable[[Tables, Mapped], Outcome]] = {
    kind.__name__: kind for kind in (parts, same, percents, ratios, growths, claims, counts, excludes, order, paces)
}


# What a check may say; what it must say, its making shows

KEYS = {
    "parts": "whole parts",
    "same": "statements",
    "percents": "statements",
    "ratios": "above below printed is within difference",
    "growths": "before after printed",
    "claims": "of at_least at_most tolerance",
    "counts": "stated span table distinct where starts contains",
    "excludes": "statement against",
    "order": "first then",
    "paces": "first last goal enough",
}
OPERANDS = {  # first word of an operand: what may stand beside it
    "all": "",
    "from": "to",
    "target": "times of",
    "table": "sum min max where",
    "indicator": "geography sex age breakdown year nth times take within of",
}
VALUES = {"is", "within", "difference", "at_least", "at_most", "tolerance", "enough"}  # keys without an operand
LISTED = {"table", "distinct", "where", "starts", "contains"}  # how `counts` names a list


def malformed(checks: Any) -> list[str]:
    """What is wrong with the words of a `checks.yaml`, a line each; empty where nothing is."""
    if not isinstance(checks, dict):
        return ["is no list of checks under their kinds"]
    wrong = [f"{kind}: unknown kind; there are {', '.join(KINDS)}" for kind in checks if kind not in KINDS]
    for kind in KINDS:
        for check in checks.get(kind) or []:
            named = isinstance(check, dict) and isinstance(check.get("what"), str)
            said = _wrong(kind, check) if named else "lacks the text 'what'"
            wrong += [f"{kind}: {check['what'] if named else check}: {said}"] if said else []
    return wrong


def _wrong(kind: str, check: dict[str, Any]) -> str:
    """What is wrong with the words of one check; empty where nothing is."""
    if unknown := set(check) - set(KEYS[kind].split()) - {"what", "otherwise"}:
        return f"unknown {', '.join(sorted(map(str, unknown)))}; there are {KEYS[kind].replace(' ', ', ')}"
    if check.get("otherwise", "note") not in SEVERITIES[:3]:
        return f"otherwise: {check['otherwise']!r} is none of {', '.join(SEVERITIES[:3])}"
    picks = [value for key, value in check.items() if key not in {"what", "otherwise", *VALUES, *LISTED}]
    return next(filter(None, map(_wrong_operand, picks)), "")


def _wrong_operand(pick: Any) -> str:
    """What is wrong with an operand, or a list of them; empty where nothing is."""
    if isinstance(pick, list) and pick:
        return next(filter(None, map(_wrong_operand, pick)), "")
    first = next((word for word in OPERANDS if isinstance(pick, dict) and word in pick), None)
    if first is None:
        return f"{pick!r} is no operand; it has one of {', '.join(OPERANDS)}"
    if unknown := set(pick) - {first} - set(OPERANDS[first].split()):
        return f"unknown {', '.join(sorted(map(str, unknown)))} beside {first}"
    inner = [pick[word] for word in ("all", "from", "to", "of") if word in pick]
    return next(filter(None, map(_wrong_operand, inner)), "")


# Row by row


def totals(tables: Tables, chosen: Selection) -> Iterator[Finding]:
    """Every printed total is the sum of its years. Left: the printed total, right: ours; facts: `spectrum`'s state."""
    both = spectrum.notices(tables["space_notices"], tables["terrestrial_notices"], chosen)
    severities = {"agrees": PASS, "differs": "contradiction", "incomplete": "note", "ours only": "note"}
    for row in spectrum.totals(both, tables["printed_totals"]).to_dict("records"):
        place = ("", 0) if pd.isna(row["line"]) else (str(row["section"]), int(row["line"]))
        printed, ours = (math.nan if pd.isna(value) else float(value) for value in (row["printed"], row["ours"]))
        first = _place(both[both["series"] == row["series"]])
        sides = (Side.exact(printed, *place),), (Side.exact(ours, *first),)
        yield Finding("totals", row["series"], severities[row["state"]], *sides, facts={"state": row["state"]})


def dated_recommendations(tables: Tables) -> Iterator[Finding]:
    """Recommendations that the prose dates stand in the table under that year.

    Left: where the prose names it, right: where the table lists it; facts: act, date, and the
    years of the table. Not applicable where the edition has no such table.
    """
    itut = tables["itut_recommendations"]
    editions = itut[itut["document_type"] == "recommendation"]
    named = editions.assign(name=editions["designation"].str.split("/")).explode("name")
    for row in tables["recommendation_mentions"].to_dict("records"):
        found = named[named["name"] == row["designation"]]
        years = sorted({int(year) for year in found["year"]})
        date = "" if pd.isna(row["date"]) else str(row["date"])
        facts = {"act": row["act"], "date": date, "years": years, "operand": {"table": "itut_recommendations"}}
        if itut.empty:
            severity = NOT_APPLICABLE
        elif date:
            severity = PASS if int(date[:4]) in years else "contradiction"
        else:
            severity = PASS if years else "tension"
        left = Side.exact(math.nan, str(row["section"]), int(row["line"]))
        right = tuple(Side.exact(year, *_place(found)) for year in years)
        yield Finding("dates", row["designation"], severity, (left,), right, facts=facts)


def doubtful_entries(tables: Tables) -> Iterator[Finding]:
    """Entries of the ITU-T table that look mistyped; `facts` has the `case` and what it is about."""
    itut = tables["itut_recommendations"]
    cell = ["study_group", "year", "printed"]
    for (group, year, printed), rows in itut[itut.duplicated(cell, keep=False)].groupby(cell, sort=False):
        facts = {"case": "repeated", "cell": f"{group} {year}", "positions": list(rows["position"])}
        yield Finding("entries", str(printed), "note", (_entry(rows.head(1)),), facts=facts)
    text = ["designation", "document_type", "number"]
    supplements = itut[(itut["document_type"] != "recommendation") & itut.duplicated(text, keep=False)]
    for (name, kind, serial), rows in supplements.groupby(text, sort=False):
        years = sorted({int(year) for year in rows["year"]})
        if len(years) > 1 and not _revised_between(itut, str(name), years):
            facts = {"case": "approved again", "years": years}
            ends = (_entry(rows.head(1)),), (_entry(rows.tail(1)),)
            yield Finding("entries", f"{kind} {serial} to {name}", "tension", *ends, facts=facts)
    yield from _twins(itut)


def _entry(rows: pd.DataFrame) -> Side:
    """The place of an entry; its value is its year."""
    return Side.exact(float(rows["year"].iloc[0]), *_place(rows))


def _revised_between(itut: pd.DataFrame, name: str, years: list[int]) -> bool:
    """A new edition restarts the numbers of Amendments and Corrigenda."""
    editions = itut[(itut["designation"] == name) & (itut["document_type"] == "recommendation")]["year"]
    return bool(editions.between(years[0], years[-1]).any())


def _twins(itut: pd.DataFrame) -> Iterator[Finding]:
    """A Recommendation printed with and without its second designation."""
    doubles = itut[itut["designation"].str.contains("/", na=False)].drop_duplicates("designation")
    for name, rows in doubles.groupby("designation", sort=False):
        single = itut[itut["designation"] == str(name).split("/")[0]]
        if len(single):
            printed = str(rows["printed"].iloc[0]), str(single["printed"].iloc[0])
            facts = {"case": "second name", "short": single["designation"].iloc[0], "entries": len(single)}
            ends = (_entry(rows),), (_entry(single),)
            yield Finding("entries", str(name), "note", *ends, facts=facts | {"printed": printed})


# Against a source outside


def against_catalogue(tables: Tables, chosen: Selection, catalogue: pd.DataFrame) -> Iterator[Finding]:
    """The lists of Recommendations held against a catalogue of approvals, one finding a question (see `_held`).

    One that is not applicable, `nothing`, where the catalogue is empty.
    """
    if catalogue.empty:
        yield Finding("catalogue", "nothing", NOT_APPLICABLE, facts={"operand": {"table": "approvals"}})
        return
    names = ("itut_recommendations", "itur_recommendations", "recommendation_mentions")
    itut, itur, named = (tables[name] for name in names)
    rules, period = matching.rules(chosen), replace(chosen.of(names[0]), year=None)
    texts = matching.telecom(catalogue, rules)
    made = matching.entries(itut, texts, rules)
    found, elsewhere = int(made["docid"].notna().sum()), made["reason"].eq(matching.OTHER_YEAR).fillna(False)
    lacking = made[made["docid"].isna()]
    held = partial(_held, names[0], lacking if len(lacking) else made)
    yield held("entries", len(made), found, lacking["printed"])
    missing = matching.unlisted(made, texts, rules, period)
    yield held("unlisted", found, found + len(missing), missing["docid"])
    yield held("another year", len(made), int((~elsewhere).sum()), made.loc[elsewhere, "printed"])
    double = matching.several(made, texts, rules)
    double = double[double["entries"] > 1]
    over = double.loc[double["found"] < double["entries"], "bare"]
    yield held("repeated", int(double["entries"].sum()), int(double["found"].sum()), over)
    said = matching.mentions(named, made, texts, rules).dropna(subset="agrees")
    wrong = said[~said["agrees"]]
    told = wrong["designation"] + " (" + wrong["days"].replace("", "no day") + ")"
    yield _held(names[2], wrong if len(wrong) else named, "dated", len(said), len(said) - len(wrong), told)

    radio = matching.radio(itur, catalogue, rules)
    there, repaired, held = radio["docid"].notna(), radio["repaired"], partial(_held, names[1], radio)
    yield held("radio", len(radio), int(there.sum()), radio.loc[~there, "designation"], "note")
    severity = "contradiction" if radio["refuted"].any() else "note"
    open_ones = radio.loc[repaired & ~there, "designation"]
    yield held("hyphens", int(repaired.sum()), int((repaired & there).sum()), open_ones, severity)
    dated = radio[radio["approved_basis"].eq("month in the link").fillna(False)]
    first, last = f"{period.years[0]}", matching.until(made, period)
    outside = dated[(dated["approved"] < first) | (dated["approved"] > last)]
    yield held("radio years", len(dated), len(dated) - len(outside), outside["designation"])


def _held(
    table: str,
    rows: pd.DataFrame,
    case: str,
    listed: int,
    catalogued: int,
    differ: pd.Series,
    severity: str = "tension",
) -> Finding:
    """How many the report has (left) and how many of them the catalogue bears out (right); facts: who differs.

    Of texts that are not listed the catalogue has more. Not applicable where the edition has no rows of the table.
    """
    if rows.empty:
        return Finding("catalogue", case, NOT_APPLICABLE, facts={"operand": {"table": table}})
    sides = (Side.exact(listed, *_place(rows)),), (Side.exact(catalogued),)
    return Finding("catalogue", case, severity if len(differ) else PASS, *sides, facts={"differ": list(differ)})
