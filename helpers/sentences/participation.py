"""Words of the page on taking part: who came, in person and remotely, and what members say."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import date
from typing import Any

import pandas as pd

from helpers.analyses.participation import Names, decimal_day, is_planned, survey_years
from helpers.period import Period
from helpers.sentences import tiles
from helpers.sentences.caption import Caption
from helpers.sentences.wording import (
    QUALIFIERS,
    amount,
    count,
    direction,
    listing,
    number,
    of_picked,
    partial_note,
    percent,
    qualified,
    sentence,
    source,
    spelled,
    when,
)
from helpers.tables import query
from helpers.tables.editions import Edition

HOW = {"": "", "physical": " (in person)", "remote": " (remote)", "physical + remote": " (in person and remote)"}
WHO = {"F": "women and girls", "M": "men"}


def answer(held: pd.DataFrame, met: pd.DataFrame, won: pd.DataFrame, period: Period) -> list[str]:
    """Two or three sentences that answer the page's question."""
    chosen = met if period.whole else met[met["year"].isin(period.chosen)]
    held_in = " ".join(_held(held, one) for one in period.each) + _compared(held, period)
    here = won[won["year"].isin(period.chosen)].to_dict("records")
    projects = [f"{_projects(here[0])} in {here[0]['year']}"] if here else []
    projects += [f"{qualified(row['value'], row['qualifier'])} in {row['year']}" for row in here[1:]]
    prizes = [f"The {here[0]['event']} drew {listing(projects)}."] if here else []
    return [held_in, _met(chosen, period), *prizes]


def _met(met: pd.DataFrame, period: Period) -> str:
    """How many came to each conference."""
    if met.empty:
        return f"The report counts no participants of a world conference for {period.label}."
    (event, figure), *others = zip(met["event"], _figures(met, "all"), strict=True)
    return f"{listing([f'{event} drew {figure} participants', *(f'{name} {came}' for name, came in others)])}."


def _held(held: pd.DataFrame, period: Period) -> str:
    """How many workshops there were, and how many nobody could come to."""
    rows = held[held["year"].isin(period.chosen)]
    if rows.empty:
        return f"The report counts no ITU-T workshops for {period.label}."
    total, virtual = int(rows["workshops"].sum()), int(rows["virtual_only"].sum())
    gaps = [year for year in period.chosen if year not in set(rows["year"])]
    said = f"ITU-T held **{amount(total, 'workshop') if total else 'no workshops'}** in {when(period)}"
    said += f" (no figure for {listing(gaps)})" if gaps else ""
    if total:
        said += f", {_part(virtual / total)} of them virtual only" if total > 1 else ", virtual only" * virtual
    return f"{said}."


def _compared(held: pd.DataFrame, period: Period) -> str:
    """A sentence on the year before, or the first of several; empty where there is none to compare with."""
    (year, earlier), counts = period.compared, held.set_index("year")["workshops"]
    if period.whole or earlier is None or not {year, earlier} <= set(counts.index):
        return ""
    if period.coverage(earlier) != "whole":
        return ""
    total, before = int(counts[year]), int(counts[earlier])
    match period.coverage(year):
        case "partial":
            rate = number(total / period.fraction(year), 0)
            return f" That is a pace of {rate} a year, after {number(before)} in {earlier}."
        case "unknown":
            return f" It is not compared with the {number(before)} of {earlier}, as the year may be cut."
    return f" Their number {direction(total, before)}."


def _projects(row: dict[Hashable, Any]) -> str:
    return QUALIFIERS[row["qualifier"]] + amount(row["value"], "project")


def key_figures(held: pd.DataFrame, won: pd.DataFrame, steps: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Headline figures: workshops, and where they are told how many were virtual only, prizes, fellowships."""
    rows = [tiles.counted("ITU-T workshops", held, "workshops", period)]
    rows += [tile for one in period.each for tile in _virtual(held, one, of_picked(period) and f", {one.label}")]
    rows += [tile for one in period.each for tile in _submitted(won, one)]
    told = steps.set_index("step")["value"]
    if {"Requested", "Used"} <= set(told.index):
        used = steps[steps["step"] == "Used"]
        sector, span = _sector_and_span(steps)
        said = f"of {number(told['Requested'])} requested{span}"
        rows.append(tiles.row(f"{sector}fellowships used", number(told["Used"]), said, used))
    return tiles.frame(rows)


def _virtual(held: pd.DataFrame, period: Period, year: str) -> list[tiles.Tile]:
    """How many workshops were virtual only; none where there were none."""
    shops = held[held["year"].isin(period.chosen)]
    total, virtual = int(shops["workshops"].sum()), int(shops["virtual_only"].sum())
    said = f"{number(virtual)} of {number(total)}"
    return [tiles.row(f"of them virtual only{year}", percent(virtual / total), said, shops)] if total else []


def _submitted(won: pd.DataFrame, period: Period) -> list[tiles.Tile]:
    """How many projects were submitted; none where it is not told."""
    here = won[won["year"].isin(period.chosen)]
    if here.empty:
        return []
    exact = (here["qualifier"] == "exact").all()
    qualifier = here["qualifier"].iloc[0] if len(here) == 1 else "exact" if exact else "about"
    figure, years = qualified(here["value"].sum(), qualifier), listing(here["year"])
    return [tiles.row(f"submitted to the {here['event'].iloc[0]}", figure, f"projects in {years}", here)]


def _sector_and_span(steps: pd.DataFrame) -> tuple[str, str]:
    """Of whom and of which months the fellowships are (`ITU-T `, `, April 2018 to …`); empty where not told."""
    sector, _, span = ("" if pd.isna(about := steps["breakdown"].iloc[0]) else about).partition(": ")
    return f"{sector} " if sector else "", f", {span}" if span else ""


def conferences(met: pd.DataFrame) -> Caption:
    """Caption of the conference bars."""
    if met.empty:
        return Caption("The report counts no participants of conferences.")
    split, unsplit = met.dropna(subset=["remote"]), met[met["unsplit"].notna()]
    vague = met[met["qualifier"] != "exact"]
    told = zip(vague["event"], _figures(vague, "all"), strict=True)
    notes = [f"{event}: the report says ‘{figure}’." for event, figure in told]
    if len(unsplit):
        notes.append(f"Reported without the manner of attending: {listing(unsplit['event'])}.")
    if len(split):
        said = [f"{percent(row['remote'] / row['all'])} of {row['event']}" for row in split.to_dict("records")]
        title = f"Remote participants made up {listing(said)}"
    else:
        top = met.sort_values("all", ascending=False, kind="stable").head(1)
        title = f"{top['event'].iloc[0]} drew{' most' if len(met) > 1 else ''}: {_figures(top, 'all')[0]}"
    return Caption(title, "participants", source(met), tuple(notes))


def conference_table(met: pd.DataFrame) -> Caption:
    """Caption of the table of conferences."""
    return Caption("Conferences" if len(met) else "There is no conference to list.")


def workshops(held: pd.DataFrame, period: Period) -> Caption:
    """Caption of the workshop bars."""
    rows = held[held["workshops"] > 0].sort_values("year")
    if rows.empty:
        return Caption(f"The report counts no ITU-T workshops{of_picked(period)}.")
    virtual = rows[rows["virtual_only"] > 0]
    years = [int(year) for year in rows["year"]]
    shares = [f"{_part(share)} in {year}" for share, year in zip(rows["virtual_share"], years, strict=True)]
    if virtual.empty:
        title = f"No ITU-T workshop was virtual only{of_picked(period) or ' ' + _span(years)}"
    elif period.picked:
        title = f"Workshops that were virtual only: {', '.join(shares)}"
    else:
        first, share = int(virtual["year"].iloc[0]), percent(virtual["virtual_share"].iloc[0])
        said = f"none before {first}, {share} that year" if first > years[0] else f"{share} in {first}"
        last = shares[-1:] if first < years[-1] else []
        title = f"Workshops that were virtual only: {', '.join([said, *last])}"
    return Caption(title, "ITU-T workshops", source(held), tuple(partial_note(period, held["year"])))


def _part(share: float) -> str:
    return "all" if share == 1 else percent(share) if share else "none"


def _span(years: Iterable[int]) -> str:
    """`in 2018`, or `from 2018 to 2021`."""
    first, last = min(years), max(years)
    return f"in {first}" if first == last else f"from {first} to {last}"


def forums(yearly: pd.DataFrame, names: Names, period: Period) -> Caption:
    """Caption of the panels of yearly events."""
    told = yearly.dropna(subset=["value"])
    if told.empty:
        return Caption(f"The report counts no participants of yearly events{of_picked(period)}.")
    rows = told.to_dict("records")
    top = max(rows, key=lambda row: row["value"])
    long = {event: names["yearly_events"][event] for event in dict.fromkeys(told["event"])}
    notes = [f"{event} is the {name}." for event, name in long.items() if name]
    notes += [f"{row['event']} {row['year']}: {row['manner']} added up." for row in rows if "+" in row["manner"]]
    vague = told[told["qualifier"] != "exact"]
    notes += _vague(vague["event"] + " " + vague["year"].astype(str), len(told))
    drew = f"drew{' most' if len(rows) > 1 else ''}: {qualified(top['value'], top['qualifier'])}"
    title = f"{top['event']} {drew} in {top['year']}{HOW[top['manner']]}"
    return Caption(title, "participants", source(told), tuple(notes))


def _vague(which: pd.Series, of: int) -> list[str]:
    """Which figures the report does not call exact; of many how many."""
    if not len(which):
        return []
    said = listing(which) if len(which) <= 3 else f"{spelled(len(which))} of the {spelled(of)} figures"
    return [f"The report says ‘over’ or ‘about’ for {said}."]


def prizes(won: pd.DataFrame, period: Period) -> Caption:
    """Caption of the bars of projects submitted."""
    if won.empty:
        return Caption(f"The report counts no projects submitted to prizes{of_picked(period)}.")
    *earlier, last = won.to_dict("records")
    if not earlier:
        title = sentence(f"{_projects(last)} were submitted in {last['year']}")
    else:
        before = earlier[-1]
        moved = direction(last["value"], before["value"])
        title = f"Projects submitted {moved} between {before['year']} and {last['year']}"
    return Caption(title, "projects submitted", source(won))


def gatherings(rows: pd.DataFrame, observations: pd.DataFrame, names: Names) -> Caption:
    """Caption of the bars of other events; a note tells how many drills there were."""
    if rows.empty:
        return Caption("The report counts no participants of other events.")
    top = rows.iloc[0]
    drew = "Of the other events " if len(rows) > 1 else ""
    when = "" if pd.isna(top["year"]) else f" in {top['year']}"
    title = f"{drew}{top['event']} drew{' most' if drew else ''}: {qualified(top['value'], top['qualifier'])}{when}"
    vague = rows[rows["qualifier"] != "exact"]
    notes = (*_drills(observations, names), *_vague(vague["name"], len(rows)))
    return Caption(title, "participants", source(rows), notes)


def _drills(observations: pd.DataFrame, names: Names) -> list[str]:
    """How many drills there were, with how many countries."""
    held, countries = (query.latest(query.observed(observations, f"cyberdrill{end}")) for end in ("s", "_countries"))
    if held is None or countries is None or "drills" not in names:
        return []
    said = [qualified(row["value"], row["qualifier"]) for row in (held, countries)]
    return [f"{names['drills']} so far: {said[0]}, with {said[1]} countries."]


def digital_world(rows: pd.DataFrame, names: Names, period: Period) -> Caption:
    """Caption of the table of the digital world events."""
    if rows.empty:
        return Caption(f"The report gives no figures on digital world events{of_picked(period)}.")
    return Caption(names["digital_world"]["title"], source=source(rows))


def digital_world_table(rows: pd.DataFrame) -> pd.DataFrame:
    """The digital world events side by side: one row a measure, one column a year; not reported where empty."""
    what = [
        indicator.replace("_", " ") + (f" ({manner})" if manner else "")
        for indicator, manner in zip(rows["indicator"], rows["manner"], strict=True)
    ]
    long = pd.DataFrame({"Measure": what, "year": rows["year"].astype(str), "said": _figures(rows)})
    long = long.drop_duplicates(["Measure", "year"])
    years = sorted(long["year"].unique())
    wide = long.pivot(index="Measure", columns="year", values="said").reindex(long["Measure"].unique())
    return wide[years].fillna("not reported").rename_axis(index="Measure", columns=None).reset_index()


def _figures(rows: pd.DataFrame, value: str = "value") -> list[str]:
    """The figures of a column with the report's own word before each."""
    return [qualified(figure, qualifier) for figure, qualifier in zip(rows[value], rows["qualifier"], strict=True)]


def training(rows: pd.DataFrame) -> Caption:
    """Caption of the table of people trained."""
    return Caption("People trained" if len(rows) else "The report counts no people trained.")


def training_table(rows: pd.DataFrame) -> pd.DataFrame:
    """People trained: one row a course or programme."""
    return pd.DataFrame(
        {
            "Course or programme": rows["breakdown"],
            "Where": rows["geography"],
            "Who": rows["sex"].map(WHO).fillna("all"),
            "Trained": _figures(rows),
            "Year": rows["year"],
            "Source": _places(rows),
        }
    )


def _places(rows: pd.DataFrame) -> list[str]:
    """Section and line of each row."""
    return [f"{section}, line {line}" for section, line in zip(rows["section"], rows["line"], strict=True)]


def seminars(counted: pd.DataFrame, events: pd.DataFrame, period: Period) -> Caption:
    """Caption of the grid of radiocommunication events held; those that are planned or virtual are noted."""
    planned, by_year = events[is_planned(events)], counted.groupby("year")["events"].sum()
    later = f"planned for {listing(sorted(planned['year'].astype(int).unique()))}"
    if by_year.empty and planned.empty:
        return Caption(f"The report lists no radiocommunication events{of_picked(period)}.")
    if by_year.empty:
        return Caption(f"{_were(len(planned))} {later}; the report lists none that was held.")
    if period.picked:
        by_year = by_year.reindex(period.picked, fill_value=0)
        each = ", ".join(f"{number(events)} in {year}" for year, events in by_year.items())
        title = f"Radiocommunication events held: {each}"
    else:
        title = f"{_were(int(by_year.sum()))} held {_span(by_year.index)}"
    if len(planned):
        title += f"; {count(len(planned), 'more was', 'more were')} {later}"
    noted = events.dropna(subset=["note"]).to_dict("records")
    notes = [f"{row['name']} ({row['year']}): {row['note']}." for row in noted]
    return Caption(title, "events", source(events), tuple(notes))


def _were(events: int) -> str:
    return sentence(count(events, "radiocommunication event was", "radiocommunication events were"))


def focus_groups(groups: pd.DataFrame, period: Period, until: date) -> Caption:
    """Caption of the timeline of the focus groups at work in the chosen years."""
    total, still = len(groups), int(groups["end_year"].isna().sum())
    groups_at_work = f"{count(total, 'focus group')} at work in {period.label.replace(' and ', ' or ')}"
    if total == 0:
        return Caption(f"The report lists {groups_at_work.replace('groups', 'group')}.")
    if total == 1:
        subject, verb = f"The {groups_at_work}", "was" if still else "was not"
    elif still == total:
        subject, verb = f"All {groups_at_work}".replace("All two", "Both"), "were"
    else:
        some = count(still, "of", "of").capitalize() if still else "Neither of" if total == 2 else "None of"
        subject, verb = f"{some} the {groups_at_work}", "were" if still > 1 else "was"
    title = f"{subject} {verb} still open when the report closed"
    notes = ["Hatched: still open when the report closed."] if still else []
    if (groups["start_year"] > decimal_day(until)).any():
        notes.append("Groups that began after the line are drawn from their first month.")
    return Caption(title, "", source(groups), tuple(notes))


def fellowships(steps: pd.DataFrame, cost: tuple[float, str] | None) -> Caption:
    """Caption of the fellowship bars."""
    if steps.empty:
        return Caption("The report counts no fellowships.")
    told = steps.set_index("step")
    if {"Requested", "Used"} <= set(told.index):
        each = f", at {cost[1]} {number(cost[0], 0)} each" if cost else ""
        made = f"{number(told['value']['Used'])} of {number(told['value']['Requested'])}"
        title = f"{made} requests ended in a fellowship{each}"
    else:
        said = [f"{number(value)} {step.lower()}" for step, value in zip(steps["step"], steps["value"], strict=True)]
        title = f"Fellowships: {listing(said)}"
    sector, span = _sector_and_span(steps)
    notes = (f"Fellowships of {sector.strip()}{span}.",) if sector else ()
    return Caption(title, "fellowships", source(steps), notes)


def members(kinds: pd.DataFrame, names: Names, edition: Edition) -> Caption:
    """Caption of the bars of members."""
    if kinds.empty:
        return Caption("The report counts no members.")
    main = kinds[kinds["indicator"].isin(["members", "member_states"])]
    main = main if len(main) else kinds.head(1)
    said = [f"{figure} {unit}" for figure, unit in zip(_figures(main), main["unit"], strict=True)]
    end = int(edition.about["to"][:4])
    latest = set(kinds["year"]) == {end}
    when = "belonged to ITU when the report closed" if latest else "belonged to ITU by the latest counts in the report"
    notes = (names["members_note"],) if "members_note" in names and len(kinds) > 1 else ()
    return Caption(sentence(f"{listing(said)} {when}"), "members", source(kinds), notes)


def survey_answers(answers: pd.DataFrame, names: Names) -> pd.DataFrame:
    """Answers of `survey` with a column `answer`: words of each that can stand alone."""
    area = names.get("areas_of_interest")
    pairs = zip(answers["question"], answers["option"], strict=True)
    return answers.assign(answer=[o if q == area else q if o == "yes" else f"{q}: {o}" for q, o in pairs])


def survey_names(table: pd.DataFrame) -> tuple[str, str]:
    """Names of the two surveys that are compared: their years."""
    before, now = ("", "no earlier survey", *map(str, survey_years(table)))[-2:]
    return before, now


def survey(answers: pd.DataFrame, table: pd.DataFrame, observations: pd.DataFrame, names: Names) -> Caption:
    """Caption of the survey pairs; answers without a pair are told."""
    if answers.empty:
        return Caption("The report gives no answers of a membership survey.")
    pairs = answers.dropna(subset=["change"])
    areas = answers["question"].isin([names.get("areas_of_interest", "")])
    rates = query.series(query.observed(observations, "survey_response_rate"))
    notes = ["Respondents could name several areas of interest."] if areas.sum() > 1 else []
    answered = zip(_figures(rates), rates["year"], strict=True)
    notes += [sentence(f"{rate} % of the membership answered in {year}.") for rate, year in answered]
    if alone := len(answers) - len(pairs):
        have = count(alone, "answer has", "answers have").capitalize()
        notes.append(f"{have} a figure of one survey only: a single mark.")
    if (pairs[["before", "now"]] % 1 != 0).any(axis=None):
        notes.append("Drawn in whole percent, as most are printed; the data have the decimals.")
    if older := len(table.drop_duplicates(["question", "option"])) - len(answers):
        notes.append(f"Not drawn: {count(older, 'answer')} that only an earlier survey has.")
    return Caption(_swing(pairs, areas, *survey_names(table)), "percent of respondents", source(answers), tuple(notes))


def _swing(pairs: pd.DataFrame, areas: pd.Series, before: str, now: str) -> str:
    """The answer that fell most, or rose most where none fell."""
    if pairs.empty:
        return f"Survey answers of {now}: none has a figure of an earlier survey"
    change = pairs["change"]
    if (change == 0).all():
        return f"No answer changed between {before} and {now}"
    fell = bool((change < 0).any())
    moved = pairs[change < 0] if fell else pairs[change > 0]
    top = moved.sort_values("change", ascending=fell, kind="stable").head(1)
    row, most = top.iloc[0], " most" if len(moved) > 1 else ""
    what = f"Interest in {row['answer']}" if areas[top.index[0]] else f"‘{row['answer']}’"
    ends = f"from {number(row['before'])} % in {before} to {number(row['now'])} % in {now}"
    return f"{what} {'fell' if fell else 'rose'}{most}, {ends}"


def figures(rows: pd.DataFrame, period: Period) -> Caption:
    """Caption of the table of every figure."""
    none = f"The report gives no figures on participation for {period.label}."
    return Caption(f"Figures on participation, {period.label}" if len(rows) else none)


def topic(rows: pd.DataFrame, name: str) -> Caption:
    """Caption of the table of one topic."""
    return Caption(f"{name}: {amount(len(rows), 'figure')}" if len(rows) else f"The report gives no figures on {name}.")


def figure_table(rows: pd.DataFrame) -> pd.DataFrame:
    """Observations on taking part, as a table for people; values that the text does not print are marked."""
    about, place = rows["breakdown"].fillna(""), rows["geography"].where(rows["geography"] != query.WORLD, "")
    which = (about + ", " + place).str.removeprefix(", ").str.removesuffix(", ")
    ours = rows["qualifier"].map({query.DERIVED: "(not printed)"}).fillna("")
    said = [" ".join(filter(None, parts)) for parts in zip(_figures(rows), rows["unit"], ours, strict=True)]
    return pd.DataFrame(
        {
            "Topic": rows["topic"],
            "What": rows["indicator"].str.replace("_", " "),
            "Which": which,
            "Year": rows["year"],
            "Figure": said,
            "Source": _places(rows),
        }
    )
