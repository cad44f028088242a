"""Words of the page on the strategic targets."""

from __future__ import annotations

import pandas as pd

from helpers.analyses import targets
from helpers.analyses.targets import Row
from helpers.period import Period
from helpers.sentences import tiles, wording
from helpers.sentences.caption import Caption
from helpers.sentences.wording import (
    QUALIFIERS,
    amount,
    listing,
    minus,
    number,
    of_picked,
    qualified,
    sentence,
    spelled,
)

NONE = "The report lists no targets."
REASONS = {
    targets.NOT_DECLARED: "no measure is declared for it",
    targets.CHART_LOST: "shown in the report as a chart that its text does not carry",
    targets.NO_FIGURE: "the report has no figure {span}",
    targets.MET_AT_START: "no pace: the first figure is at the aim already, or rounds to it",
    targets.AFTER_DEADLINE: "no pace: the first figure is not before the deadline",
    targets.FROM_ZERO: "no pace: there is no growth rate from zero",
}
SIGNS = {
    "at_least": "≥ ",
    "at_most": "≤ ",
    "increase_by": "+ ",
    "reduce_by": "− ",
    "all": "all: ",
    "equality": "parity: ",
    "qualitative": "",
}
MARKS = {"percent": " %", "score": "", "": ""}  # units behind a number in a table; others as they are
HOLDS = {True: ", class holds with rounding", False: ", rounding could change the class"}
STATES = {"state": "State", "targets": "Targets", "ids": "Which"}
LOST = {"caption": "Caption", "section": "Section", "line": "Line"}


def span(period: Period, baseline: int | None) -> str:
    """The years whose figures count: `up to 2021`, `from 2019 to 2021` with a baseline, or `in 2019 and 2021`."""
    last = period.chosen[-1]
    if baseline is None:
        return of_picked(period).strip() or f"up to {last}"
    return f"in {last}" if baseline == last else f"from {baseline} to {last}"


def answer(progress: pd.DataFrame, period: Period, baseline: int | None) -> list[str]:
    """Two to four sentences that answer the page's question."""
    if progress.empty:
        return [NONE]
    all_of_them = f"**{amount(len(progress), 'target')} for {listing(sorted(progress['deadline'].unique()))}**"
    with_data, without = progress[progress["value"].notna()], progress[progress["value"].isna()]
    years = span(period, baseline)
    if with_data.empty:
        return [f"{sentence(years)} the report measures none of the {all_of_them}; each is listed with the reason."]
    said = f"{sentence(years)} the report’s text measures {spelled(len(with_data))} of the {all_of_them}"
    gap = f"; for {len(without)} it gives no figure{_mostly(without)}" if len(without) else ""
    return [f"{said}{gap}.", _paces(with_data, baseline), *_reached(targets.measured(progress))]


def _mostly(without: pd.DataFrame) -> str:
    lost = without["reason"].eq(targets.CHART_LOST).mean()
    if lost == 1:
        return f", as {'its chart is' if len(without) == 1 else 'their charts are'} lost"
    return ", mostly because a chart is lost" if lost > 0.5 else ""


def _paces(with_data: pd.DataFrame, baseline: int | None) -> str:
    """Which class each target with a pace has."""
    rated = targets.rated(with_data)
    if len(rated):
        classes = rated.groupby("state", sort=False)["target_id"].agg(list)
        said = [f"{numbered(ids)} {_goes(str(state), len(ids))}" for state, ids in classes.items()]
        return sentence(f"{'; '.join(said)}{_from(baseline)}.")
    none = "It has no" if len(with_data) == 1 else "None of them has a"
    if with_data["base_year"].notna().any():
        return f"{none} measurable pace{_from(baseline)}; the table says why."
    return f"{none} second figure{_from(baseline)}, so no pace can be worked out."


def _goes(state: str, targets: int) -> str:
    """`makes moderate progress`, `are moving away`."""
    one, many = ("makes", "make") if state.endswith("progress") else ("is", "are")
    return f"{one if targets == 1 else many} {state}"


def numbered(ids: list[str]) -> str:
    """Targets by their numbers, inside a sentence."""
    return f"target{'s' * (len(ids) > 1)} {listing(ids)}"


def _from(baseline: int | None) -> str:
    return f", with {baseline} as earliest baseline" if baseline else ""


def _reached(close: pd.DataFrame) -> list[str]:
    """Which targets are reached, and which of the others is nearest."""
    done, left, said = close[close["met"]], close[~close["met"]], []
    if len(done):
        said.append(sentence(f"{numbered(list(done['target_id']))} {'is' if len(done) == 1 else 'are'} reached."))
    for top in targets.rows(left.head(1)):
        where = "Nearest to its aim" if len(left) > 1 else "Short of its aim"
        said.append(f"{where} is target {_said(top)}: {_of_aim(top)}.")
    return said


def key_figures(progress: pd.DataFrame) -> pd.DataFrame:
    """Headline figures (see `tiles`): targets measured, reached, nearest to the aim, fast enough."""
    if progress.empty:
        return tiles.frame([])
    total, with_data = len(progress), progress[progress["value"].notna()]
    close, rated = targets.measured(progress), targets.rated(progress)
    said, without = f"{len(with_data)} of {total}", f"{total - len(with_data)} without a figure"
    rows = [tiles.row("targets measured in the text", said, without, with_data if len(with_data) else progress)]
    if len(close):
        done, left = close["met"].sum(), close[~close["met"]]
        rows.append(tiles.row("of them reached", f"{done} of {len(close)}", "with a value to reach", close))
        for top in targets.rows(left.head(1)):
            what = "nearest to its aim" if len(left) > 1 else "short of its aim"
            rows.append(tiles.row(what, f"Target {top.target_id}", f"{top.label}: {_of_aim(top)}", left))
    if len(rated):
        fast = f"{(rated['ratio'] >= 1).sum()} of {len(rated)}"
        rows.append(tiles.row("fast enough", fast, "with a pace that can be worked out", rated))
    return tiles.frame(rows)


def named(rows: pd.DataFrame) -> pd.DataFrame:
    """Adds name: number, label and geography of the target."""
    return rows.assign(name=[name(row) for row in targets.rows(rows)])


def distances(close: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Measured targets for the bars: adds name, and said (value, aim and state in words)."""
    said = [f"{_of_aim(row)}{_after(row, period)} · {row.state}" for row in targets.rows(close)]
    return named(close).assign(said=said)


def _after(row: Row, period: Period) -> str:
    """The first figure of picked years behind the last one (`, after 54 in 2019`)."""
    known = period.picked and pd.notna(row.base_year)
    return f", after {number(row.base_value)} in {row.base_year}" if known else ""


def distances_caption(progress: pd.DataFrame, period: Period, baseline: int | None) -> Caption:
    """Finding of the bars, with the caveats of the measured targets."""
    close = targets.measured(progress)
    rows = targets.rows(close)
    notes = [f"{row.target_id}: {row.note}." for row in rows if row.note]
    words = [(row, QUALIFIERS[row.qualifier].strip()) for row in rows]
    notes += [f"{row.target_id}: the report says ‘{word}’; {_bound(row)}." for row, word in words if word]
    if len(close):
        return Caption(distances_title(close, period.chosen[-1]), "", wording.source(close), tuple(notes))
    years = span(period, baseline)
    if progress["value"].notna().any():
        return Caption(f"No target that the report measures {years} has a value to reach.")
    return Caption(f"The report has no figure on any target {years}.")


def _bound(row: Row) -> str:
    if row.qualifier in ("about", "almost"):
        return "the bar takes the figure as it stands"
    return f"the bar is the {'most' if row.at_most else 'least'} it allows"


def distances_title(close: pd.DataFrame, until: int) -> str:
    """Which of the measured targets (rows of `targets.measured`) were reached by a year, or which was nearest."""
    total, done = len(close), close[close["met"]]
    if total == 1:
        return f"Target {name(targets.rows(close)[0])} was {'' if len(done) else 'not '}reached by {until}"
    if len(done) == total:
        return f"{sentence(wording.every(total, 'measured targets'))} were reached by {until}"
    if len(done):
        ids = numbered(list(done["target_id"]))
        return (
            f"{sentence(ids)}, of {spelled(total)} measured, {'was' if len(done) == 1 else 'were'} reached by {until}"
        )
    none, top = "Neither of two" if total == 2 else f"None of {spelled(total)}", targets.rows(close)[0]
    return f"{none} measured targets was reached by {until}; {_said(top)}, was nearest: {_of_aim(top)}"


def pace_caption(progress: pd.DataFrame, baseline: int | None) -> Caption:
    """Finding of the pace chart: who is fast enough."""
    rated = targets.rated(progress)
    fast, total = rated[rated["ratio"] >= 1], len(rated)
    if not total and progress["base_year"].notna().any():
        return Caption(f"For no target can a pace be worked out{_from(baseline)}.")
    if not total:
        return Caption(f"No target has two figures{_from(baseline) or ' yet'}, so no pace can be worked out.")
    all_of_them = "The only target" if total == 1 else sentence(wording.every(total, "targets"))
    if len(fast) == total:
        said = f"{all_of_them} with a measurable pace {'moves' if total == 1 else 'move'} fast enough"
    elif fast.empty:
        said = f"{all_of_them} with a measurable pace {'is' if total == 1 else 'are'} too slow"
    else:
        who = f"only {_said(targets.rows(fast)[0])}, is" if len(fast) == 1 else f"{listing(fast['target_id'])} are"
        said = f"Of {spelled(total)} targets with a measurable pace {who} fast enough"
    return Caption(f"{said}{_from(baseline)}", "observed pace ÷ required pace", wording.source(rated))


def paces(rated: pd.DataFrame) -> pd.DataFrame:
    """Rates of the targets with a pace, as a table for people."""
    rows = targets.rows(rated)
    return pd.DataFrame(
        {
            "Target": [name(row) for row in rows],
            "First figure": [f"{number(row.base_value)} ({row.base_year})" for row in rows],
            "Latest figure": [f"{number(row.value)} ({row.year})" for row in rows],
            "Observed a year": [minus(f"{100 * row.observed:+.1f} %") for row in rows],
            "Required a year": [minus(f"{100 * row.required:+.1f} %") for row in rows],
            "Observed ÷ required": [
                minus(f"{row.ratio:.2f} ({row.ratio_low:.2f} to {row.ratio_high:.2f})") for row in rows
            ],
            "Class": [row.state + HOLDS[row.holds] for row in rows],
        }
    )


def paces_caption(rated: pd.DataFrame, baseline: int | None) -> Caption:
    """Title of the table of paces."""
    none = "Without a pace there are no rates to list."
    return Caption(f"Pace of the targets with two figures{_from(baseline)}" if len(rated) else none)


def every(progress: pd.DataFrame, period: Period, baseline: int | None) -> pd.DataFrame:
    """Every target as a row for people: aim, latest figure, state, note, source."""
    years, rows = span(period, baseline), targets.rows(progress)
    return pd.DataFrame(
        {
            "Target": progress["target_id"],
            "What": [f"{row.label}{place_of(row)}" for row in rows],
            "Aim": [aim(row) for row in rows],
            "Latest figure": [f"{latest(row)}{_after(row, period)}" for row in rows],
            "State": progress["state"],
            "Note": [_note(row, years) for row in rows],
            "Source": [f"{row.section}, line {row.line}" for row in rows],
        }
    )


def every_caption(progress: pd.DataFrame, period: Period, baseline: int | None) -> Caption:
    """Title of the table of all targets."""
    return Caption(f"Targets and what the report measures {span(period, baseline)}" if len(progress) else NONE)


def states_caption(progress: pd.DataFrame) -> Caption:
    """Title of the table of states."""
    return Caption(NONE if progress.empty else "Targets by state")


def lost_caption(lost: pd.DataFrame) -> Caption:
    """Title of the table of lost charts."""
    return Caption("Charts of target results that the text lacks" if len(lost) else "No chart of a target is lost.")


def name(row: Row) -> str:
    """Number, label and geography of a target."""
    return f"{row.target_id} {row.label}{place_of(row)}"


def _said(row: Row) -> str:
    """A target inside a sentence (`2.7, population covered by broadband`)."""
    label = row.label if row.label[1:2].isupper() or row.label[1:2] == "-" else row.label[0].lower() + row.label[1:]
    return f"{row.target_id}, {label}{place_of(row)}"


def place_of(row: Row) -> str:
    """Geography of a target behind its label; nothing for the world."""
    return "" if row.geography == "World" else f" ({row.geography})"


def _of_aim(row: Row) -> str:
    unit = {"percent": "%", "score": "(parity score)"}.get(row.unit, row.unit)
    return f"{qualified(row.value, row.qualifier)} of {number(row.aim)} {unit}"


def aim(row: Row) -> str:
    """What a target asks for (`≥ 65 % by 2023`)."""
    by_percent = row.comparator in ("increase_by", "reduce_by")
    value, unit = (row.asked, "percent") if by_percent else (row.aim, row.unit)
    if pd.isna(value):
        return "in words only"
    return f"{SIGNS[row.comparator]}{number(value)}{_mark(unit)} by {row.deadline}"


def latest(row: Row) -> str:
    """The report's latest figure and its year."""
    if pd.isna(row.value):
        return "no data"
    return f"{qualified(row.value, row.qualifier)}{_mark(row.unit)} ({row.year})"


def _mark(unit: str) -> str:
    return MARKS.get(unit, f" {unit}")


def _note(row: Row, years: str) -> str:
    """The assumption and the reason. A figure that is missing needs no assumption."""
    reason = REASONS.get(row.reason, "").format(span=years)
    said = [reason] if row.reason == targets.NO_FIGURE else [row.note, reason]
    return "; ".join(filter(None, said))
