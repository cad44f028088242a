"""Words of the page on gender and youth gaps; its figures come from `analyses.gaps`."""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers.analyses import gaps
from helpers.selection import Selection
from helpers.sentences import tiles
from helpers.sentences.caption import Caption
from helpers.sentences.wording import (
    amount,
    count,
    direction,
    every,
    listing,
    number,
    percent,
    sentence,
    several,
    source,
    spelled,
    the_place,
)
from helpers.tables import query

ONLINE, NO_FIGURE = "percent using the Internet", "not reported"
BASIS = {
    gaps.SHARES: "shares of women and men",
    gaps.DERIVED: "women’s share and the gap",
    gaps.PRINTED: "parity score only",
    gaps.WORDS: "class in words only",
    gaps.INCOMPLETE: "too little for a score",
}
STANDS = {
    "parity": "at parity",
    "near parity": "near parity",
    "women behind": "short of parity",
    "men behind": "beyond parity",
}
AGES = {gaps.SHARES: "shares of both", gaps.PRINTED: "ratio only", gaps.INCOMPLETE: "one share only"}


def answer(women: pd.DataFrame, young: pd.DataFrame, chosen: Selection) -> list[str]:
    """Two or three sentences that answer the notebook's question, from the rows that the page shows."""
    years = sorted({*women["year"], *young["year"]})
    if not set(years) & set(chosen.period.chosen):
        none = f"The report gives no figures by sex or age for {_chosen(chosen)}"
        return [f"{none}; the charts below show those for {listing(years)}." if years else f"{none}."]
    shares = gaps.last_year(gaps.with_shares(women).dropna(subset=["score"]))
    bare = women[women["basis"] == gaps.PRINTED]
    sentences = []
    if len(shares):
        sentences.append(_compared(shares, chosen) if len(shares) > 1 else _alone(shares))
    elif len(bare):
        rows = bare.to_dict("records")
        said = listing(f"{row['score']:.2f} in {the_place(row['geography'])} in {row['year']}" for row in rows)
        sentences.append(f"The gender parity score was {said}; the shares behind it are not reported.")
    in_words = gaps.last_year(women[women["basis"] == gaps.WORDS])
    if len(in_words):
        sentences.append(_in_words(in_words))
    ratios = gaps.last_year(young.dropna(subset=["ratio"]))
    if len(ratios):
        sentences.append(_youth(ratios))
    sentences += _from_to(women, young, chosen)
    return sentences or [f"The report gives too few figures for {_chosen(chosen)} for a score or a ratio."]


def _from_to(women: pd.DataFrame, young: pd.DataFrame, chosen: Selection) -> list[str]:
    """What moved between the first and the last of several picked years, and which of them have no figures."""
    said, period, places = [], chosen.period, chosen.picked.get("geography")
    later, earlier = period.compared
    for frame, name, what in (women, "score", "gender parity score"), (young, "ratio", "youth ratio"):
        before, now = (frame[frame["year"] == year].set_index("geography")[name].dropna() for year in (earlier, later))
        both = [place for place in now.index if place in before.index]
        moved = [f"of {the_place(p)} {direction(round(now[p], 2), round(before[p], 2))}" for p in both]
        if moved and period.picked:
            told = listing([moved[0], *(f"that {move}" for move in moved[1:])])
            said.append(f"From {earlier} to {later} the {what} {told}.")
    without = [year for year in period.picked if year not in {*women["year"], *young["year"]}]
    where = f"{_places(places)} in {listing(without)}" if places else listing(without)
    return [*said, *([f"For {where} the report gives no figures by sex or age."] if without else [])]


def _chosen(chosen: Selection) -> str:
    """Period and geographies inside a sentence (`2018`, `Africa and the LDCs in 2018`)."""
    places = chosen.picked.get("geography")
    return f"{_places(places)} in {chosen.period.label}" if places else chosen.period.label


def _places(names: Any) -> str:
    return listing([the_place(name) for name in names])


def _whole(name: str) -> str:
    return "the world as a whole" if name == query.WORLD else the_place(name)


def _compared(shares: pd.DataFrame, chosen: Selection) -> str:
    """Which geography is farthest behind, which nearest, said of those that have figures for both."""
    lowest, highest = (shares[shares["score"] == end] for end in (shares["score"].min(), shares["score"].max()))
    year, low, high = shares["year"].iloc[0], lowest.iloc[0], highest.iloc[0]
    score = f"**{low['score']:.2f}**"
    if len(lowest) == len(shares):
        return f"The gender parity score of {_places(shares['geography'])} was the same in {year}: {score}."
    first, last = (listing(map(_whole, rows["geography"])) for rows in (lowest, highest))
    if len(lowest) > 1:
        said = f"In {year} {first} had a gender parity score of {score} each"
    else:
        said = f"In {first} {_online(low)} were online in {year}, a gender parity score of {score}"
        said += f" ({origin(low, 'score')})"
    if len(shares) == 2:
        return f"{said}, below that of {last} ({high['score']:.2f})."
    which = "chosen geographies" if "geography" in chosen.picked else "geographies"
    of = f"{spelled(len(shares))} {which} with both figures"
    return f"{said}, the lowest of {of}; {last} had the highest, {high['score']:.2f}."


def _alone(shares: pd.DataFrame) -> str:
    row = shares.iloc[0]
    return (
        f"In {the_place(row['geography'])} {_online(row)} used the Internet in {row['year']}, a gender parity score of "
        f"**{row['score']:.2f}** ({origin(row, 'score')})."
    )


def _online(row: pd.Series) -> str:
    ours = " (ours)" if row["derived"] == "male" else ""
    return f"{number(row['female'])} % of women and {number(row['male'])} % of men{ours}"


def origin(row: pd.Series | dict[Any, Any], name: str, decimals: int = 2) -> str:
    """What of a score or ratio is printed and what is ours, with the room that rounding leaves.

    `printed; ours 1.25 from the shares, 1.23–1.27 with rounding`; `name` is `score` or `ratio`.
    """
    ours = row[f"our_{name}"]
    if pd.isna(ours):
        return f"printed; {row['low']:.6g}–{row['high']:.6g} with rounding"
    between = f"{row['low']:.{decimals}f}–{row['high']:.{decimals}f} with rounding"
    where = "women’s share and the gap" if row["basis"] == gaps.DERIVED else "the shares"
    if pd.isna(row[f"printed_{name}"]):
        return f"ours from {where}, {between}"
    return f"printed; ours {ours:.2f} from {where}, {between}"


def _in_words(rows: pd.DataFrame) -> str:
    """Geographies for which the report gives a class without a score."""
    classes = list(dict.fromkeys(rows["class"]))[::-1]  # parity first
    said = [f"{_places(rows.loc[rows['class'] == name, 'geography'])} {_stand(rows, name)}" for name in classes]
    return f"{sentence('; '.join(said))} ({rows['year'].iloc[0]}, by the report’s words alone)."


def _stand(rows: pd.DataFrame, name: str) -> str:
    """`is at parity`, `are near parity`, …"""
    be = "are" if several(rows.loc[rows["class"] == name, "geography"]) else "is"
    return f"{be} {STANDS.get(name, name)}"


def _youth(young: pd.DataFrame) -> str:
    """Where the young lead, and where most."""
    top = young[young["ratio"] == young["ratio"].max()]
    row, places, ahead = top.iloc[0], _places(top["geography"]), int((young["ratio"] > 1).sum())
    times, year = f"**{row['ratio']:.2f} times**", row["year"]
    if len(young) == 1:
        said = f"{times} as often as the rest in {places} in {year}"
        return f"People aged 15–24 were online {said} ({origin(row, 'ratio')})."
    of = spelled(len(young))
    where = f"{spelled(ahead) if ahead else 'none'} of {of} geographies"
    if ahead == len(young):
        where = every(ahead, "geographies")
    how = ", most of all in" if ahead else "; the highest ratio is that of"
    most = f"{places} ({times}, {origin(row, 'ratio')})" if len(top) == 1 else f"{places} ({times} each)"
    return f"In {year} people aged 15–24 were online more often than the rest in {where}{how} {most}."


def key_figures(women: pd.DataFrame, young: pd.DataFrame) -> pd.DataFrame:
    """Headline figures: score and ratio of the world, or of the one geography shown, and the widest gap.

    Columns as in `tiles`.
    """
    rows = [
        tiles.row(f"{what}, {_bare(row['geography'])}, {row['year']}", f"{row[name]:.2f}", origin(row, name, 3), place)
        for frame, name, what in ((women, "score", "gender parity score"), (young, "ratio", "youth ratio"))
        for _, place in _leading(frame.dropna(subset=[name])).groupby("year")
        for row in place.to_dict("records")
    ]
    shares = gaps.last_year(gaps.with_shares(women))
    if len(shares) and shares["gap"].iloc[0] > 0:
        rows.append(_widest(shares))
    return tiles.frame(rows)


def _leading(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows of the world, or of the one geography that is shown; none where several are, without the world."""
    return frame if frame["geography"].nunique() == 1 else frame[frame["geography"] == query.WORLD]


def _bare(name: str) -> str:
    return the_place(name).removeprefix("the ")


def _widest(shares: pd.DataFrame) -> tiles.Tile:
    """The widest gap in points, with the geographies that share it and how many could have it."""
    row, alike = shares.iloc[0], list(shares.loc[shares["gap"] == shares["gap"].max(), "geography"])[1:]
    said = f"{row['geography']}: {_online(row)}"
    said += f"; as wide in {_places(alike)}" if alike else ""
    if len(shares) == 1:
        return tiles.row(f"gap, percentage points, {row['year']}", number(row["gap"]), said, shares)
    said += f"; {count(len(shares), '', 'geographies')} have both figures"
    return tiles.row("widest gap, percentage points", number(row["gap"]), said, shares.head(1))


def _nothing(what: str, shown: Selection, years: list[int]) -> Caption:
    """The sentence in place of a chart without rows; `years` are those with figures on these gaps."""
    others = [year for year in years if year not in shown.period.chosen]
    given = f"; it has figures on these gaps for {listing(others)}" if others else ""
    return Caption(f"The report gives no {what} for {_chosen(shown)}{given}.")


def shares_caption(shares: pd.DataFrame, shown: Selection, years: list[int]) -> Caption:
    """Finding of the pairs of shares of women and men (rows of `gaps.with_shares`)."""
    if shares.empty:
        return _nothing("shares of women and men", shown, years)
    gap, behind = shares["gap"].max(), int((shares["gap"] > 0).sum())
    widest = _labels(shares[shares["gap"] == gap])
    points = amount(gap, "percentage point")
    if behind and len(shares) == 1:
        title = f"Women trail men in {widest} by {points}"
    elif behind:
        title = f"Women trail men {_where(behind, len(shares))}, most in {widest}: by {points}"
    else:
        title = f"Women do not trail men in {_labels(shares)}"
    notes = ["Percentages are rounded to the last digit printed; so is a gap of two of them, twice as much."]
    if (shares[["female", "gap"]] % 1 == 0).all(axis=None):
        notes = ["Percentages are rounded to whole numbers; a gap of two of them can be off by one point."]
    ours = list(shares.loc[shares["derived"] == "male", "label"])
    if ours:
        notes.append(f"Hollow: men’s share in {listing(ours)} is women’s share plus the printed gap.")
    return Caption(title, ONLINE, source(shares), tuple(notes))


def _where(places: int, total: int) -> str:
    return "everywhere shown" if places == total else f"in {spelled(places)} of {spelled(total)} places"


def _labels(rows: pd.DataFrame) -> str:
    """Geographies in a sentence, with the year of those that stand in several (`the LDCs and World 2020`)."""
    return _places(rows["label"])


def parity_caption(women: pd.DataFrame, shown: Selection, years: list[int]) -> Caption:
    """Finding of the parity scores (rows of `gaps.with_interval`)."""
    if women.empty:
        return _nothing("gender parity scores", shown, years)
    last = women.sort_values("year", kind="stable").drop_duplicates("geography", keep="last")
    unsure, notes = women[~women["holds"].astype(bool)], [agreement(women, "score")]
    if len(unsure):
        notes.append(f"Rounding could change the class of {_labels(unsure)}.")
    elif women["score"].notna().any():
        notes.append("Rounding alone changes no class.")
    in_words = women[women["basis"] == gaps.WORDS]
    if len(in_words):
        notes.append(f"Range of a class, not a score: the report gives {_labels(in_words)} a class in words only.")
    return Caption(_reached(last), "gender parity score", source(women), tuple(notes))


def _reached(last: pd.DataFrame) -> str:
    """Which geographies reached parity, of the last row of each."""
    reached = last[last["class"] == "parity"]
    if len(last) == 1:
        row = last.iloc[0]
        score = "" if pd.isna(row["score"]) else f", at {row['score']:.2f}"
        be = "were" if several([row["geography"]]) else "was"
        stood = f"{the_place(row['geography'])} {be} {STANDS.get(row['class'], row['class'])}"
        return sentence(f"{stood} in {row['year']}{score}")
    if reached.empty:
        return f"{'Neither' if len(last) == 2 else 'None'} of the {spelled(len(last))} geographies is at parity"
    if len(reached) == len(last):
        return f"{sentence(every(len(last), 'geographies'))} are at parity"
    return f"Only {_places(reached['geography'])} {'are' if several(reached['geography']) else 'is'} at parity"


def agreement(frame: pd.DataFrame, name: str) -> str:
    """Sentence: do printed scores or ratios (`name`) fit the printed shares?"""
    held = frame[frame["agrees"].notna()]
    if held.empty:
        return "No printed ratio can be held against printed shares here."
    fits, columns = int(held["agrees"].astype(bool).sum()), ["label", f"printed_{name}", "low", "high"]
    rows = held[columns].itertuples(index=False)
    said = listing(f"{label}: {printed:.2f} against {low:.2f}–{high:.2f}" for label, printed, low, high in rows)
    if fits == len(held):
        return f"Each printed ratio that has its shares beside it fits them ({said})."
    if not fits:
        return f"No printed ratio fits the shares beside it ({said})."
    return f"{fits} of {len(held)} printed ratios fit the shares beside them ({said})."


def gender_table(women: pd.DataFrame) -> pd.DataFrame:
    """`gaps.gender` as a table for people, intervals in brackets."""
    rows = women.to_dict("records")
    columns = {
        "Geography": women["geography"],
        "Year": women["year"],
        "Women, %": women["female"].map(number),
        "Men, %": [number(row["male"]) + (" (ours)" if row["derived"] == "male" else "") for row in rows],
        "Gap, points": [_gap(row) for row in rows],
        "Relative gap": [_relative(row) for row in rows],
        "Parity score, ours": [_ours(row, "score") for row in rows],
        "Parity score, printed": women["printed_score"].map(_printed),
        "Class": [_class(row) for row in rows],
        "Basis": women["basis"].map(BASIS),
    }
    return pd.DataFrame(columns)


def table_caption(what: str, rows: pd.DataFrame, shown: Selection) -> Caption:
    """Words around `gender_table` and `youth_table`."""
    if rows.empty:
        return Caption(f"{what}: the table has no rows for {_chosen(shown)}.")
    return Caption(f"{what}, {shown.label}", ONLINE, source(rows))


def _gap(row: dict[Any, Any]) -> str:
    said = number(row["gap"])
    return said if pd.isna(row["gap_low"]) else f"{said} ({row['gap_low']:.1f}–{row['gap_high']:.1f})"


def _relative(row: dict[Any, Any]) -> str:
    if pd.isna(row["relative_gap"]):
        return NO_FIGURE
    low = percent(row["relative_low"]).removesuffix(" %")
    return f"{percent(row['relative_gap'])} ({low}–{percent(row['relative_high'])})"


def _ours(row: dict[Any, Any], name: str) -> str:
    """Our score or ratio with its interval."""
    ours = row[f"our_{name}"]
    return "no shares" if pd.isna(ours) else f"{ours:.2f} ({row['low']:.3f}–{row['high']:.3f})"


def _printed(value: float) -> str:
    return "not printed" if pd.isna(value) else number(value)


def _class(row: dict[Any, Any]) -> str:
    """The class, with its range where it is given in words only, or that rounding could change it."""
    if row["basis"] == gaps.WORDS:
        return f"{row['class']} ({row['low']:g}–{row['high']:g})"
    return (row["class"] or NO_FIGURE) + ("" if row["holds"] else " (rounding could change it)")


def youth_caption(young: pd.DataFrame, shown: Selection, years: list[int]) -> Caption:
    """Finding of the youth ratios (rows of `gaps.with_interval`)."""
    if young.empty:
        return _nothing("figures by age", shown, years)
    top, low, ahead = young.iloc[0], young.iloc[-1], int((young["low"] > 1).sum())
    if len(young) == 1:
        title = f"The young are online {top['ratio']:.2f} times as often as the rest in {the_place(top['label'])}"
    else:
        most, least = (f"in {the_place(row['label'])}" for row in (top, low))
        title = f"The young lead {_where(ahead, len(young))}: {top['ratio']:.2f} times as often online {most}, "
        title += f"{low['ratio']:.2f} {least}"
    notes = (agreement(young, "ratio"), "Diamond: the ratio as printed.")
    return Caption(title, "youth share ÷ share of the rest", source(young), notes)


def ages_caption(both: pd.DataFrame, shown: Selection) -> Caption:
    """Finding of the pairs of shares by age (rows of `gaps.with_ages`)."""
    if both.empty:
        return Caption(f"No pair of shares by age is printed for {_chosen(shown)}.")
    pairs = both.to_dict("records")
    said = [f"{number(r['young'])} % against {number(r['other'])} % in {the_place(r['label'])}" for r in pairs]
    lead = "The young are ahead where" if (both["young"] > both["other"]).all() else "The young and the rest where"
    return Caption(f"{lead} both shares are printed: {listing(said)}", ONLINE, source(both))


def youth_table(young: pd.DataFrame) -> pd.DataFrame:
    """`gaps.youth` as a table for people, intervals in brackets."""
    columns = {
        "Geography": young["geography"],
        "Year": young["year"],
        "Aged 15–24, %": young["young"].map(number),
        "Everybody else, %": young["other"].map(number),
        "Ratio, ours": [_ours(row, "ratio") for row in young.to_dict("records")],
        "Ratio, printed": young["printed_ratio"].map(_printed),
        "Basis": young["basis"].map(AGES),
    }
    return pd.DataFrame(columns)


def phones_caption(table: pd.DataFrame, chosen: Selection) -> Caption:
    """Finding of the bars on mobile phones (rows of `gaps.phones`), and how the counts add up."""
    if table.empty:
        return Caption("The report counts no countries by the gender balance of phone ownership.")
    most = table[table["countries"] == table["countries"].max()]
    ours, total = table.dropna(subset=["share"]), table["with_data"].iloc[0]
    title = _phones(most, total)
    if len(table) == 1:
        only = f"the countries with {most['balance'].iloc[0]}"
        title = f"Of phone ownership the report counts only {only}: {_each(most)}"
    shares = ours["share"].map(percent).mask(ours["share"] == 0.5, "one-half")
    notes = list("Ours, from a share: " + ours["balance"] + " (" + shares + " of the countries with data).")
    added = table["countries"].sum()
    if pd.notna(total) and added != total:
        notes.append(f"The groups add up to {number(added)}, the report counts {number(total)} countries with data.")
    notes += chosen.edition.rules("gaps").get("phones_notes", [])
    if query.WORLD not in chosen.picked.get("geography", [query.WORLD]):
        notes.append(f"The counts are of the whole world, not of {_places(chosen.picked['geography'])}.")
    return Caption(title, "countries", source(table), tuple(notes))


def _phones(most: pd.DataFrame, total: float) -> str:
    """`Half of 60 countries report gender parity in phone ownership`."""
    if len(most) > 1:
        balances = sentence(listing(most["balance"]))
        return f"{balances} in phone ownership are reported most often ({_each(most)} countries each)"
    of = f"{_each(most)} countries" if pd.isna(total) else f"{_each(most)} of {number(total)} countries"
    of = f"Half of {number(total)} countries" if 2 * most["countries"].iloc[0] == total else of
    return f"{of} report {most['balance'].iloc[0]} in phone ownership"


def _each(rows: pd.DataFrame) -> str:
    return number(rows["countries"].iloc[0])
