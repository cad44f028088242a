"""Taking part: conferences, workshops, forums, prizes, training, membership."""

from __future__ import annotations

from datetime import date

import pandas as pd

from helpers.selection import Period
from helpers.sentences import tiles as figures_
from helpers.sentences.wording import count, direction, listing, number, percent, qualified

TOPICS = [
    "conferences",
    "forums",
    "prizes",
    "skills",
    "fellowships",
    "membership",
    "cybersecurity",
    "partnerships",
    "projects",
]
SERIES = ["WSIS Forum", "GSR"]


def _event(observations: pd.DataFrame) -> pd.DataFrame:
    """Observations with `breakdown` split into event and manner."""
    split = observations["breakdown"].fillna("").str.split(": ", n=1, expand=True).reindex(columns=[0, 1])
    return observations.assign(event=split[0], manner=split[1].fillna(""))


def conferences(observations: pd.DataFrame) -> pd.DataFrame:
    """Participants of conferences, in person and remote where told.

    Columns: event, year, physical, remote, unsplit (where the report gives no
    manner), all, member_states, qualifier, section, line.
    """
    rows = _event(observations[observations["topic"] == "conferences"])
    people = rows[rows["indicator"] == "participants"]
    states = rows[(rows["indicator"] == "member_states") & (rows["manner"] == "")].set_index("event")["value"]
    made = []
    for event, group in people.groupby("event", sort=False):
        total = group[group["manner"] == ""].iloc[0]
        manner = group.set_index("manner")["value"]
        physical, remote = manner.get("physical"), manner.get("remote")
        made.append(
            {
                "event": event, "year": int(total["year"]), "physical": physical, "remote": remote,
                "unsplit": None if physical is not None else total["value"], "all": total["value"],
                "member_states": states.get(event), "qualifier": total["qualifier"], "section": total["section"],
                "line": int(total["line"]),
            }
        )  # fmt: skip
    return pd.DataFrame(made).sort_values("year", kind="stable").reset_index(drop=True)


def forums(observations: pd.DataFrame, years: tuple[int, ...]) -> pd.DataFrame:
    """Participants of yearly events: one row an event and year, missing where not told.

    Columns: event, year, value, qualifier, manner (physical and remote are added
    up where only these are given), section, line.
    """
    rows = _event(observations[(observations["topic"] == "forums") & (observations["indicator"] == "participants")])
    made = []
    for event in [name for name in SERIES if name in set(rows["event"])]:
        for year in [*years, years[-1] + 1]:
            here = rows[(rows["event"] == event) & (rows["year"] == year)]
            made.append({"event": event, "year": year} | _value(here))
    return pd.DataFrame(made)


def _value(here: pd.DataFrame) -> dict[str, object]:
    if here.empty:
        return {"value": None, "qualifier": None, "manner": "", "section": None, "line": None}
    first = here.iloc[0]
    manner = " + ".join(name for name in here["manner"] if name)
    return {
        "value": float(here["value"].sum()), "qualifier": first["qualifier"], "manner": manner, "section": first["section"],
        "line": int(first["line"]),
    }  # fmt: skip


def gatherings(observations: pd.DataFrame) -> pd.DataFrame:
    """Participants of the events that have no yearly series: columns name (with year), value, qualifier, section, line."""
    counted = observations["indicator"].isin(["participants", "cyberdrill_participants"])
    rows = _event(
        observations[counted & observations["topic"].isin(["forums", "cybersecurity"])].dropna(subset=["year"])
    )
    rows = rows[~rows["event"].isin(SERIES)]
    names = rows["breakdown"] + ", " + rows["year"].astype(str)
    rows = rows.assign(name=names).sort_values("value", ascending=False, kind="stable")
    return rows[["name", "value", "qualifier", "section", "line"]].reset_index(drop=True)


def training(observations: pd.DataFrame) -> pd.DataFrame:
    """People trained, as a table for people: one row a course or programme, most first."""
    rows = observations[observations["indicator"] == "people_trained"].drop_duplicates(["breakdown", "value"])
    rows = rows.sort_values("value", ascending=False, kind="stable")
    return pd.DataFrame(
        {
            "Course or programme": rows["breakdown"],
            "Where": rows["geography"],
            "Who": rows["sex"].map({"F": "women and girls", "M": "men"}).fillna("all"),
            "Trained": [qualified(v, q) for v, q in zip(rows["value"], rows["qualifier"], strict=True)],
            "Year": rows["year"],
            "Source": _sources(rows),
        }
    ).reset_index(drop=True)


def digital_world(observations: pd.DataFrame) -> pd.DataFrame:
    """ITU's digital world events side by side: one row a measure, one column a year; not reported where empty."""
    rows = observations[observations["breakdown"].fillna("").str.match("ITU (Digital|Telecom) World")]
    rows = rows[~rows["breakdown"].str.contains("SME")].dropna(subset=["year"])
    kind = rows["breakdown"].str.partition(": ")[2]
    what = rows["indicator"].str.replace("_", " ") + kind.map(lambda text: f" ({text})" if text else "")
    said = [qualified(v, q) for v, q in zip(rows["value"], rows["qualifier"], strict=True)]
    wide = pd.DataFrame({"Measure": what, "year": rows["year"].astype(str), "said": said}).pivot_table(
        index="Measure", columns="year", values="said", aggfunc="first", sort=False
    )
    return wide.fillna("not reported").rename_axis(columns=None).reset_index()


MEMBERS = {
    "members": "Entities, all Sectors", "member_states": "Member States", "academia_members": "Academia",
    "smes_joined": "SMEs that joined since 2020",
}  # fmt: skip


def members(observations: pd.DataFrame) -> pd.DataFrame:
    """Members by kind, the report's latest count of each: columns kind, value, section, line, most first."""
    rows = observations[observations["indicator"].isin(MEMBERS) & observations["breakdown"].isna()]
    rows = rows[(rows["topic"] == "membership") & (rows["qualifier"] == "exact")]
    rows = rows.sort_values("year", kind="stable").drop_duplicates("indicator", keep="last")
    rows = rows.assign(kind=rows["indicator"].map(MEMBERS)).sort_values("value", ascending=False)
    return rows[["kind", "value", "section", "line"]].reset_index(drop=True)


def workshops(table: pd.DataFrame, period: Period) -> pd.DataFrame:
    """ITU-T workshops: columns year, on_site, virtual_only, workshops, virtual_share, partial."""
    frame = table[["year", "workshops", "virtual_only"]].copy()
    frame.insert(1, "on_site", frame["workshops"] - frame["virtual_only"])
    frame["virtual_share"] = frame["virtual_only"].astype("Float64") / frame["workshops"]
    frame["partial"] = [period.partial(int(year)) for year in frame["year"]]
    return frame


def prizes(observations: pd.DataFrame) -> pd.DataFrame:
    """Projects submitted to the WSIS Prizes: columns year, value, section, line."""
    rows = observations[
        (observations["indicator"] == "projects_submitted") & (observations["breakdown"] == "WSIS Prizes")
    ]
    return rows.sort_values("year")[["year", "value", "section", "line"]].reset_index(drop=True)


def seminars(events: pd.DataFrame) -> pd.DataFrame:
    """Radiocommunication events counted by year and kind: columns kind, year, events.

    A printed line that stands for several events (its note says so) counts as many.
    """
    several = pd.to_numeric(events["note"].str.extract(r"^(\d+) events$")[0]).fillna(1).astype(int)
    counted = events.assign(events=several).groupby(["kind", "year"], sort=False)["events"].sum()
    return counted.reset_index().sort_values("year", kind="stable")


def focus_groups(table: pd.DataFrame) -> pd.DataFrame:
    """Focus groups with decimal years: adds start_year, end_year (missing: ongoing)."""
    frame = table.copy()
    frame["start_year"] = frame["start"].map(lambda month: _decimal(month, 0))
    frame["end_year"] = [None if pd.isna(month) else _decimal(month, 1) for month in frame["end"]]
    frame["end_year"] = frame["end_year"].astype("Float64")
    return frame.sort_values(["start_year", "acronym"], kind="stable").reset_index(drop=True)


def _decimal(month: str, plus: int) -> float:
    return int(month[:4]) + (int(month[5:]) - 1 + plus) / 12


def decimal_day(day: date) -> float:
    """A day as decimal year."""
    return day.year + (day.timetuple().tm_yday - 1) / 365


def active(groups: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Focus groups that were open in the chosen years."""
    first, last = period.chosen[0], period.chosen[-1] + 1
    ends = groups["end_year"].astype("Float64").fillna(9999)
    return groups[(groups["start_year"] < last) & (ends > first)].reset_index(drop=True)


def fellowships(observations: pd.DataFrame) -> pd.DataFrame:
    """From request to use: columns step, value, share (of requests), section, line."""
    steps = {"fellowship_requests": "Requested", "fellowships_awarded": "Awarded", "fellowships_used": "Used"}
    rows = observations[observations["indicator"].isin(steps)].drop_duplicates("indicator", keep="last")
    frame = rows.assign(step=rows["indicator"].map(steps)).sort_values("value", ascending=False)
    frame["share"] = frame["value"] / frame["value"].max()
    return frame[["step", "value", "share", "section", "line"]].reset_index(drop=True)


def fellowship_cost(observations: pd.DataFrame) -> float:
    """CHF spent for each fellowship used."""
    value = observations.drop_duplicates("indicator", keep="last").set_index("indicator")["value"]
    return float(value["fellowship_spending"] / value["fellowships_used"])


def survey(table: pd.DataFrame) -> pd.DataFrame:
    """Survey answers of two years beside each other.

    Columns: question, option, answer, before, now, change (percentage points),
    section, line; only answers printed for both 2020 and 2021.
    """
    wide = table.pivot_table(
        index=["question", "option"], columns="year", values="share_percent", aggfunc="first", sort=False
    )
    last, previous = wide.columns.max(), wide.columns.max() - 1
    both = wide.dropna(subset=[previous, last]).reset_index()
    frame = both[["question", "option"]].assign(before=both[previous], now=both[last])
    frame["change"] = frame["now"] - frame["before"]
    frame["answer"] = [_answer(q, o) for q, o in zip(frame["question"], frame["option"], strict=True)]
    where = table.drop_duplicates(["question", "option"]).set_index(["question", "option"])[["section", "line"]]
    return (
        frame.join(where, on=["question", "option"])
        .sort_values("now", ascending=False, kind="stable")
        .reset_index(drop=True)
    )


def _answer(question: str, option: str) -> str:
    """An answer that can stand alone: an area of interest, or the question with its option."""
    if question == "Areas of interest":
        return option
    return question if option == "yes" else f"{question}: {option}"


def figures(observations: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Every figure on taking part for the chosen years, as a table for people.

    The whole period shows the figures without a year, too.
    """
    rows = observations[observations["topic"].isin(TOPICS)]
    rows = rows[rows["year"].isin(period.chosen)] if period.year else rows
    return pd.DataFrame(
        {
            "Topic": rows["topic"],
            "What": rows["indicator"].str.replace("_", " "),
            "Which": [
                ", ".join(filter(None, [_plain(b), "" if g == "World" else g]))
                for b, g in zip(rows["breakdown"], rows["geography"], strict=True)
            ],
            "Year": rows["year"],
            "Figure": [
                f"{qualified(v, q)} {u}" for v, q, u in zip(rows["value"], rows["qualifier"], rows["unit"], strict=True)
            ],
            "Source": _sources(rows),
        }
    ).reset_index(drop=True)


def _sources(rows: pd.DataFrame) -> list[str]:
    """Section and line of each row."""
    return [f"{section}, line {line}" for section, line in zip(rows["section"], rows["line"], strict=True)]


def _plain(value: object) -> str:
    return "" if pd.isna(value) else str(value)


def headline(observations: pd.DataFrame, shops: pd.DataFrame, period: Period) -> list[str]:
    """Two or three sentences that answer the notebook's question."""
    rows = shops[shops["year"].isin(period.chosen)]
    total, virtual = int(rows["workshops"].sum()), int(rows["virtual_only"].sum())
    cut = (
        f" (until {period.closes.day} {period.closes:%B})"
        if period.closes and period.partial(period.chosen[-1])
        else ""
    )
    online = "all of them" if virtual == total else f"{percent(virtual / total)} of them" if virtual else "none of them"
    sentences = [f"ITU-T held **{number(total)} workshops** in {period.label}{cut}, {online} without anybody on site."]
    if period.before and period.year:
        before = shops.loc[shops["year"] == period.before, "workshops"].iloc[0]
        rate = total / period.fraction(period.year)
        sentences[0] += (
            f" That is a rate of {number(rate, 0)} a year, after {number(before)} in {period.before}."
            if period.partial(period.year)
            else f" The number of workshops {direction(total, before)}."
        )
    met = conferences(observations)
    chosen = met[met["year"].isin(period.chosen)] if period.year else met
    if len(chosen):
        said = [f"{row.event} ({qualified(row.all, row.qualifier)})" for row in chosen.itertuples()]
        sentences.append(f"The report counts participants for {listing(said)}.")
    else:
        sentences.append(f"The report counts no participants of a world conference for {period.label}.")
    won = prizes(observations)
    won = won[won["year"].isin(period.chosen)]
    if len(won):
        sentences.append(
            f"The WSIS Prizes drew {listing([f'{number(r.value)} projects in {r.year}' for r in won.itertuples()])}."
        )
    return sentences


def key_figures(table: pd.DataFrame, observations: pd.DataFrame, period: Period) -> pd.DataFrame:
    """Headline figures: workshops, how many virtual only, prizes, fellowships (see `key_figures`)."""
    shops = table[table["year"].isin(period.chosen)]
    total, virtual = int(shops["workshops"].sum()), int(shops["virtual_only"].sum())
    rows = [
        figures_.counted("ITU-T workshops", table, "workshops", period),
        figures_.row("of them virtual only", percent(virtual / total), f"{number(virtual)} of {number(total)}", shops),
    ]
    won = prizes(observations)
    if len(here := won[won["year"].isin(period.chosen)]):
        said = "projects in " + listing([str(year) for year in here["year"]])
        rows.append(figures_.row("submitted to the WSIS Prizes", number(here["value"].sum()), said, here))
    steps = fellowships(observations)
    if len(steps):
        asked, used = steps.iloc[0], steps[steps["step"] == "Used"]
        said = f"of {number(asked['value'])} requested, whole period"
        rows.append(figures_.row("ITU-T fellowships used", number(used["value"].iloc[0]), said, used))
    return figures_.frame(rows)


def conferences_title(met: pd.DataFrame) -> str:
    """Finding of the conference bars."""
    split = met.dropna(subset=["remote"])
    said = [f"{percent(row.remote / row.all)} at {row.event}" for row in split.itertuples()]
    return f"Remote participants made up {listing(said)}; earlier conferences were not split"


def workshops_title(shops: pd.DataFrame) -> str:
    """Finding of the workshop bars."""
    first = shops[shops["virtual_only"] > 0].iloc[0]
    last = shops.iloc[-1]
    return f"Virtual only: none before {int(first['year'])}, {percent(first['virtual_share'])} then, {percent(last['virtual_share'])} in {int(last['year'])}"


def forums_title(grid: pd.DataFrame) -> str:
    """Finding of the forum panels."""
    top = grid.loc[grid["value"].astype(float).idxmax()]
    how = " (in person and remote)" if top["manner"] else ""
    return f"{top['event']} drew most: {qualified(top['value'], top['qualifier'])} in {int(top['year'])}{how}"


def gatherings_title(rows: pd.DataFrame) -> str:
    """Finding of the bars of other events."""
    top = rows.iloc[0]
    return f"Of the other events {top['name'].rpartition(', ')[0]} drew most: {qualified(top['value'], top['qualifier'])} in {top['name'][-4:]}"


def gatherings_notes(rows: pd.DataFrame, observations: pd.DataFrame) -> list[str]:
    """Which bars are not exact, and how many CyberDrills there were."""
    vague = [row.name_ for row in rows.rename(columns={"name": "name_"}).itertuples() if row.qualifier != "exact"]
    first = observations.drop_duplicates("indicator").set_index("indicator")["value"]
    drills = [
        f"CyberDrills so far: {number(first['cyberdrills'])}, with {number(first['cyberdrill_countries'])} countries."
    ]
    said = [f"The report says ‘over’ or ‘about’ for {listing(vague)}."] if vague else []
    return [*(drills if {"cyberdrills", "cyberdrill_countries"} <= set(first.index) else []), *said]


def members_title(rows: pd.DataFrame) -> str:
    """Finding of the bars of members."""
    value = rows.set_index("kind")["value"]
    return f"{number(value[MEMBERS['members']])} entities and {number(value[MEMBERS['member_states']])} Member States: membership at the report’s close"


def prizes_title(rows: pd.DataFrame) -> str:
    """Finding of the prize bars."""
    last, before = rows.iloc[-1], rows.iloc[-2]
    return f"Projects submitted {direction(last['value'], before['value'])} between {int(before['year'])} and {int(last['year'])}"


def focus_title(groups: pd.DataFrame) -> str:
    """Finding of the timeline."""
    open_now = int(groups["end_year"].isna().sum())
    return f"{count(open_now, 'focus group').capitalize()} of {len(groups)} were still open when the report closed"


def seminars_title(rows: pd.DataFrame) -> str:
    """Finding of the seminar grid."""
    return f"{number(rows['events'].sum())} radiocommunication events from {rows['year'].min()} to {rows['year'].max()}"


def fellowships_title(steps: pd.DataFrame, cost: float) -> str:
    """Finding of the fellowship bars."""
    used = steps[steps["step"] == "Used"].iloc[0]
    return f"{percent(used['share'])} of the requests ended in a fellowship used, at CHF {number(cost, 0)} each"


def survey_title(answers: pd.DataFrame) -> str:
    """Finding of the survey pairs."""
    fall = answers.loc[answers["change"].idxmin()]
    return f"Interest in {fall['answer']} fell most, by {number(-fall['change'])} percentage points"


def survey_years(table: pd.DataFrame) -> tuple[str, str]:
    """The two years that `survey` compares, as names."""
    last = int(table["year"].max())
    return (str(last - 1), str(last))


def conferences_notes(met: pd.DataFrame) -> list[str]:
    """Which counts are not exact, and which are not split."""
    vague = met[met["qualifier"] != "exact"]
    said = [f"{row.event}: the report says ‘{qualified(row.all, row.qualifier)}’." for row in vague.itertuples()]
    unsplit = list(met.loc[met["unsplit"].notna(), "event"])
    return [*said, f"Reported without the manner of attending: {listing(unsplit)}."] if unsplit else said


def forums_notes(grid: pd.DataFrame) -> list[str]:
    """Which bars are sums or not exact."""
    added = grid[grid["manner"].str.contains("+", regex=False)]
    said = [f"{row.event} {row.year}: {row.manner} added up." for row in added.itertuples()]
    vague = [
        f"{row.event} {row.year}" for row in grid.dropna(subset=["value"]).itertuples() if row.qualifier != "exact"
    ]
    return [*said, f"The report says ‘over’ or ‘about’ for {listing(vague)}."] if vague else said


def seminars_notes(events: pd.DataFrame) -> list[str]:
    """Events that were planned or virtual."""
    noted = events.dropna(subset=["note"])
    return [f"{row.name_} ({row.year}): {row.note}." for row in noted.rename(columns={"name": "name_"}).itertuples()]


def fellowships_notes(observations: pd.DataFrame) -> list[str]:
    """Period that the fellowships are counted over."""
    spans = observations.loc[observations["indicator"] == "fellowship_requests", "breakdown"].dropna()
    return [f"Fellowships of {spans.iloc[0].replace(': ', ', ')}."] if len(spans) else []


def survey_notes(observations: pd.DataFrame) -> list[str]:
    """Response rate and what an answer is."""
    rate = observations[observations["indicator"] == "survey_response_rate"]
    said = [f"{number(row.value)} % of the membership answered in {row.year}." for row in rate.itertuples()]
    return ["Respondents could name several areas of interest.", *said]
