"""Gender and youth gaps in Internet use, with rounding carried through.

Gender parity score: female share ÷ male share; parity between 0.98 and 1.02,
near parity from 0.95 (ITU, Facts and Figures 2021). Relative gap: (male −
female) ÷ male (GSMA, The Mobile Gender Gap Report). Youth ratio: share of those
aged 15–24 ÷ share of the rest (ITU).
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from helpers import rounding
from helpers.rounding import Interval
from helpers.selection import Period
from helpers.sentences import tiles as figures
from helpers.sentences.wording import count, listing, number, the_place

INTERNET = "individuals_using_internet"
PARITY, NEAR = (0.98, 1.02), 0.95
SCORES = ["gender_parity_score", "gender_parity_score_from"]
CLASSES = ["parity", "near parity", "women behind", "men behind"]


def geographies(observations: pd.DataFrame) -> list[str]:
    """Geographies with any figure on gender or youth, in the report's order."""
    about = observations[observations["topic"].isin(["gender", "youth"])]
    about = about[about["indicator"].isin([INTERNET, "gender_parity_score", "gender_parity_score_from", "youth_ratio"])]
    return list(dict.fromkeys(about["geography"]))


def years_with_figures(observations: pd.DataFrame) -> list[int]:
    """Years for which the report gives a gender or youth figure."""
    by_group = (observations["indicator"] == INTERNET) & ((observations["sex"] != "_T") | (observations["age"] != "_T"))
    ratios = observations["indicator"].isin([*SCORES, "youth_ratio"])
    return sorted(int(year) for year in observations.loc[by_group | ratios, "year"].dropna().unique())


def classify(score: float) -> str:
    """ITU's class of a gender parity score."""
    if score > PARITY[1]:
        return "men behind"
    if score >= PARITY[0]:
        return "parity"
    return "near parity" if score >= NEAR else "women behind"


def gender(observations: pd.DataFrame) -> pd.DataFrame:
    """Internet use of women and men: one row a geography and year.

    Columns: geography, year, female, male (percent), derived (`male` where the
    report prints women’s share and the gap only, else empty), score, low, high
    (parity score and its rounding interval), printed_score, gap (percentage
    points), gap_low, gap_high, relative_gap, relative_low, relative_high, class,
    certain (the whole interval lies in the class), agrees (the printed score can
    come from the printed shares; missing where one of them is), basis (what the
    report gives), section, line.
    """
    rows = []
    for (place, year), here in _by_place(observations).items():
        own = [row for row in here if _of_gender(row)]
        if own:
            source = {"section": own[0].section, "line": int(own[0].line)}
            rows.append({"geography": place, "year": year} | _gender_row(here) | source)
    return pd.DataFrame(rows)


def _by_place(observations: pd.DataFrame) -> dict[tuple[str, int], list[Any]]:
    """Rows of each geography and year, in the report's order."""
    groups: dict[tuple[str, int], list[Any]] = {}
    for row in observations.dropna(subset=["year"]).itertuples(index=False):
        groups.setdefault((row.geography, int(row.year)), []).append(row)
    return groups


def _of_gender(row: Any) -> bool:
    """Whether an observation is a share of women or men, or a score."""
    return row.indicator in SCORES or (row.indicator == INTERNET and row.sex != "_T")


def _gender_row(here: list[Any]) -> dict[str, object]:
    """Score, gap and class of one geography and year, with their intervals."""
    female, male = _only(here, INTERNET, "F"), _only(here, INTERNET, "M")
    gap, score = _only(here, "gender_gap"), _only(here, "gender_parity_score")
    derived = "male" if male is None and female is not None and gap is not None else ""
    row: dict[str, object] = {"female": female, "male": male, "derived": derived, "printed_score": score}
    if female is not None and (male is not None or derived):
        row |= _from_shares(female, male, gap)
        row["agrees"] = rounding.overlap(Interval(row["low"], row["high"]), rounding.interval(score)) if score else None
    elif score is not None:
        low, high = rounding.interval(score)
        row |= {"score": score, "low": low, "high": high, "basis": "parity score only", "agrees": None}
    else:
        low, high = _only(here, "gender_parity_score_from"), _only(here, "gender_parity_score_to")
        row |= {"score": None, "low": low, "high": high, "basis": "class in words only", "agrees": None}
    bounds = (float(row["low"]), float(row["high"]))
    row["class"] = classify(float(row["score"])) if row["score"] is not None else classify(sum(bounds) / 2)
    row["certain"] = row["score"] is None or classify(bounds[0]) == classify(bounds[1])
    return row


def _from_shares(female: float, male: float | None, gap: float | None) -> dict[str, object]:
    """Score and gaps from both shares; men's share is women's plus the gap where only these are printed."""
    women = rounding.interval(female)
    if male is None:
        male, points = female + gap, rounding.interval(gap)
        men = Interval(women.low + points.low, women.high + points.high)
        # both ends of the gap move with women's share
        ends, basis = _derived_ratio(female, gap), "women’s share and the gap"
    else:
        men, points = rounding.interval(male), rounding.difference(male, female)
        ends, basis = rounding.ratio(female, male), "shares of women and men"
    return {
        "male": male, "score": female / male, "low": ends.low, "high": ends.high,
        "gap": male - female, "gap_low": points.low, "gap_high": points.high,
        "relative_gap": 1 - female / male, "relative_low": 1 - ends.high, "relative_high": 1 - ends.low,
        "female_low": women.low, "female_high": women.high, "male_low": men.low, "male_high": men.high, "basis": basis,
    }  # fmt: skip


def _derived_ratio(female: float, gap: float | None) -> rounding.Interval:
    """Score where men's share is women's plus the gap: f ÷ (f + g)."""
    women, points = rounding.interval(female), rounding.interval(gap or 0)
    return rounding.Interval(women.low / (women.low + points.high), women.high / (women.high + points.low))


def youth(observations: pd.DataFrame) -> pd.DataFrame:
    """Internet use of people aged 15–24 and of the rest.

    Columns: geography, year, young, other (percent), ratio, low, high (rounding
    interval), printed_ratio, agrees (as in `gender`), basis, section, line.
    """
    rows = []
    for (place, year), here in _by_place(observations).items():
        own = [row for row in here if row.indicator == "youth_ratio" or (row.indicator == INTERNET and row.age != "_T")]
        if own:
            source = {"section": own[0].section, "line": int(own[0].line)}
            rows.append({"geography": place, "year": year} | _youth_row(here) | source)
    return pd.DataFrame(rows)


def _youth_row(here: list[Any]) -> dict[str, object]:
    """Ratio of one geography and year, with its interval."""
    young, other = _only(here, INTERNET, age="Y15T24"), _only(here, INTERNET, age="other")
    printed = _only(here, "youth_ratio")
    row: dict[str, object] = {"young": young, "other": other, "printed_ratio": printed}
    if young is not None and other is not None:
        ends = rounding.ratio(young, other)
        agrees = rounding.overlap(ends, rounding.interval(printed)) if printed is not None else None
        return row | {
            "ratio": young / other, "low": ends.low, "high": ends.high, "agrees": agrees, "basis": "shares of both"
        }  # fmt: skip
    low, high = rounding.interval(printed) if printed is not None else (None, None)
    return row | {"ratio": printed, "low": low, "high": high, "agrees": None, "basis": "ratio only"}


def _only(here: list[Any], indicator: str, sex: str = "_T", age: str = "_T") -> float | None:
    """The one value of an indicator; None where the report gives none."""
    found = (row.value for row in here if (row.indicator, row.sex, row.age) == (indicator, sex, age))
    return next((float(value) for value in found), None)


def phones(observations: pd.DataFrame) -> pd.DataFrame:
    """Countries by gender balance of mobile phone ownership.

    Columns: balance, countries, basis (printed, or our count from a share),
    year, section, line. Empty where the report has no such figures.
    """
    share = observations[observations["indicator"] == "share_of_countries_with_phone_parity"]
    total = observations[observations["indicator"] == "countries_with_phone_data"]
    printed = observations[observations["indicator"] == "countries_by_phone_gender"]
    rows = [
        {
            "balance": "gender parity",
            "countries": s.value * t.value,
            "basis": f"our count: {s.value:g} of {t.value:g}",
            "place": s,
        }
        for s, t in zip(share.itertuples(), total.itertuples(), strict=False)
    ]
    rows += [
        {"balance": row.breakdown, "countries": row.value, "basis": "printed", "place": row}
        for row in printed.itertuples()
    ]
    frame = pd.DataFrame(rows, columns=["balance", "countries", "basis", "place"])
    for column in ("year", "section", "line"):
        frame[column] = [getattr(place, column) for place in frame["place"]]
    return frame.drop(columns="place")


def of_period(frame: pd.DataFrame, period: Period, places: list[str]) -> pd.DataFrame:
    """Rows of the chosen years and geographies."""
    return frame[frame["year"].isin(period.chosen) & frame["geography"].isin(places)].reset_index(drop=True)


def headline(observations: pd.DataFrame, period: Period, places: list[str]) -> list[str]:
    """Two or three sentences that answer the notebook's question."""
    women, young = (of_period(frame(observations), period, places) for frame in (gender, youth))
    sentences = []
    shares = women.dropna(subset=["female", "male"]) if len(women) else women
    if len(shares):
        widest = shares.loc[shares["score"].idxmin()]
        narrow = shares.loc[shares["score"].idxmax()]
        sentences.append(
            f"In {int(widest['year'])} the gap was widest in {the_place(widest['geography'])}: {number(widest['female'])} % of women and "
            f"{number(widest['male'])} % of men used the Internet, a gender parity score of **{widest['score']:.2f}** "
            f"({widest['low']:.2f}–{widest['high']:.2f} with rounding)"
            + (
                f"; it was narrowest for {the_place(narrow['geography']).replace('the world', 'the world as a whole')} ({narrow['score']:.2f})."
                if len(shares) > 1
                else "."
            )
        )
    elif len(women):
        said = [
            f"{row.geography} in {row.year}: {row.score:.2f}" for row in women.dropna(subset=["score"]).itertuples()
        ]
        sentences.append(f"The report gives a gender parity score without the shares behind it ({listing(said)}).")
    reached = list(women.loc[women["class"] == "parity", "geography"]) if len(women) else []
    if reached:
        near = list(women.loc[women["class"] == "near parity", "geography"])
        sentences.append(
            f"Parity is reported for {listing([the_place(name) for name in reached])}, near parity for {listing([the_place(name) for name in near])}."
        )
    if len(young):
        top = young.loc[young["ratio"].idxmax()]
        sentences.append(
            f"People aged 15–24 were online more often than the rest in {count(len(young), 'geography', 'geographies')}: "
            f"most of all in {the_place(top['geography'])} (**{top['ratio']:.2f} times**, {top['low']:.2f}–{top['high']:.2f} with rounding)."
        )
    if not sentences:
        years = [str(year) for year in years_with_figures(observations)]
        sentences.append(
            f"The report gives no figures by sex or age for {period.label}; it has some for {listing(years)}."
        )
        sentences.append("The charts below show those.")
    return sentences


def key_figures(women: pd.DataFrame, young: pd.DataFrame) -> pd.DataFrame:
    """Headline figures of `gender_of` and `youth_of`: scores of the world, widest gap, lead of the young."""
    rows = []
    for frame_, value, printed, what in (
        (women, "score", "printed_score", "gender parity score"),
        (young, "ratio", "printed_ratio", "youth ratio"),
    ):
        for row in frame_[frame_["geography"].str.startswith("World")].itertuples() if len(frame_) else ():
            place = frame_[frame_["geography"] == row.geography]
            said = f"report: {getattr(row, printed):.2f}; rounding allows {row.low:.3f}–{row.high:.3f}"
            rows.append(figures.row(f"{what}, world, {row.year}", f"{getattr(row, value):.2f}", said, place))
    shares = with_shares(women)
    if len(shares):
        widest = shares.iloc[0]
        alike = list(shares.loc[shares["gap"] == widest["gap"], "geography"])[1:]
        said = f"{widest['geography']}: {number(widest['female'])} % of women, {number(widest['male'])} % of men"
        said += f"; as wide in {listing([the_place(name) for name in alike])}" if alike else ""
        rows.append(figures.row("widest gap, percentage points", number(widest["gap"]), said, shares.head(1)))
    return figures.frame(rows)


def gender_title(women: pd.DataFrame) -> str:
    """Finding of the pairs of shares."""
    widest = women.loc[women["gap"].idxmax()]
    where = "everywhere shown" if (women["gap"] > 0).all() else "in most places shown"
    return f"Women trail men {where}, by up to {number(widest['gap'])} percentage points ({_tied(women)})"


def _tied(women: pd.DataFrame) -> str:
    return listing([the_place(name) for name in women.loc[women["gap"] == women["gap"].max(), "geography"]])


def parity_title(women: pd.DataFrame) -> str:
    """Finding of the parity scores."""
    if len(women) == 1:
        only = women.iloc[0]
        return f"Of one geography only, {the_place(only['geography'])}, the report gives a class: {only['class']}"
    bare = women["geography"].str.replace(r" \d{4}$", "", regex=True)  # one geography may have several years
    reached = bare[women["class"] == "parity"].nunique()
    certain = "for certain" if bool(women["certain"].all()) else "within rounding"
    return f"{count(reached, 'geography', 'geographies').capitalize()} of {bare.nunique()} reached parity; classes hold {certain}"


def youth_title(young: pd.DataFrame) -> str:
    """Finding of the youth ratios."""
    top, low = young.loc[young["ratio"].idxmax()], young.loc[young["ratio"].idxmin()]
    where = "everywhere shown" if low["low"] > 1 else "in most places shown"
    return f"Young people lead {where}: {top['ratio']:.2f} times in {the_place(top['geography'])}, {low['ratio']:.2f} in {the_place(low['geography'])}"


def phones_title(table: pd.DataFrame) -> str:
    """Finding of the bars on mobile phones."""
    most = table.loc[table["countries"].idxmax()]
    return f"Most often the countries report {most['balance']} in phone ownership ({number(most['countries'])})"


def agreement(frame: pd.DataFrame, printed: str) -> str:
    """Sentence: do printed ratios fit the printed shares?"""
    held = frame[frame["agrees"].notna()] if "agrees" in frame else frame.iloc[:0]
    if held.empty:
        return "No printed ratio can be held against printed shares here."
    fits = int(held["agrees"].astype(bool).sum())
    said = [
        f"{row.geography}: {getattr(row, printed):.2f} against {row.low:.2f}–{row.high:.2f}"
        for row in held.itertuples()
    ]
    which = (
        "Each printed ratio that has its shares beside it fits"
        if fits == len(held)
        else f"{fits} of {len(held)} printed ratios fit"
    )
    return f"{which} them ({listing(said)})."


def shown_period(observations: pd.DataFrame, period: Period) -> Period:
    """The period itself, or the whole period where its year has no figures."""
    return (
        period
        if set(period.chosen) & set(years_with_figures(observations))
        else Period(period.years, None, period.closes)
    )


def gender_of(observations: pd.DataFrame, period: Period, places: list[str]) -> pd.DataFrame:
    """`gender`, for a period and geographies, lowest score first; years in the label where several."""
    return _labelled(of_period(gender(observations), period, places), "score")


def youth_of(observations: pd.DataFrame, period: Period, places: list[str]) -> pd.DataFrame:
    """`youth`, for a period and geographies, highest ratio first."""
    return _labelled(of_period(youth(observations), period, places), "ratio").iloc[::-1].reset_index(drop=True)


def _labelled(frame: pd.DataFrame, order: str) -> pd.DataFrame:
    if frame.empty:
        return frame
    frame = frame.sort_values([order, "low"], kind="stable").reset_index(drop=True)
    repeated = frame["geography"].duplicated(keep=False)
    frame.loc[repeated, "geography"] += frame.loc[repeated, "year"].map(lambda year: f" {year}")
    return frame


def with_shares(women: pd.DataFrame) -> pd.DataFrame:
    """Rows that have both shares, widest gap first."""
    return (
        women.dropna(subset=["female", "male"]).sort_values("gap", ascending=False, kind="stable")
        if len(women)
        else women
    )


def with_ages(young: pd.DataFrame) -> pd.DataFrame:
    """Rows that have both shares by age."""
    return young.dropna(subset=["young", "other"]) if len(young) else young


def ages_title(both: pd.DataFrame) -> str:
    """Finding of the pairs of shares by age."""
    said = [f"{number(row.young)} % against {number(row.other)} % in {row.geography}" for row in both.itertuples()]
    return f"The young are ahead where both shares are printed: {listing(said)}"


def notes(shares: pd.DataFrame) -> list[str]:
    """Caveats of the shares: which side is ours, and rounding."""
    ours = list(shares.loc[shares["derived"] == "male", "geography"])
    said = ["Percentages are rounded to whole numbers; a gap of two of them can be off by one point."]
    if ours:
        said.append(f"Hollow: men’s share in {listing(ours)} is women’s share plus the printed gap.")
    return said


def nothing(what: str, period: Period, observations: pd.DataFrame) -> str:
    """Sentence for a chart that has no data."""
    years = listing([str(year) for year in years_with_figures(observations)])
    return f"The report gives no {what} for {period.label} and the chosen geographies; figures on these gaps are for {years}."


def gender_table(women: pd.DataFrame) -> pd.DataFrame:
    """`gender` as a table for people, intervals in brackets."""
    return pd.DataFrame(
        {
            "Geography": women["geography"],
            "Year": women["year"],
            "Women, %": [_share(row.female, False) for row in women.itertuples()],
            "Men, %": [_share(row.male, row.derived == "male") for row in women.itertuples()],
            "Gap, points": [_range(row, "gap", 0) for row in women.itertuples()],
            "Relative gap": [_relative(row) for row in women.itertuples()],
            "Parity score": [_range(row, "score", 2, "low", "high") for row in women.itertuples()],
            "Class": women["class"] + women["certain"].map({True: "", False: " (not certain)"}),
            "Basis": women["basis"],
        }
    )


def youth_table(young: pd.DataFrame) -> pd.DataFrame:
    """`youth` as a table for people, intervals in brackets."""
    return pd.DataFrame(
        {
            "Geography": young["geography"],
            "Year": young["year"],
            "Aged 15–24, %": [_share(row.young, False) for row in young.itertuples()],
            "Everybody else, %": [_share(row.other, False) for row in young.itertuples()],
            "Ratio": [_range(row, "ratio", 2, "low", "high") for row in young.itertuples()],
            "Printed": [_share(row.printed_ratio, False) for row in young.itertuples()],
            "Basis": young["basis"],
        }
    )


def _share(value: float | None, ours: bool) -> str:
    return "not reported" if pd.isna(value) else number(value) + (" (ours)" if ours else "")


def _range(row: object, name: str, decimals: int, low: str = "", high: str = "") -> str:
    bounds = getattr(row, low or f"{name}_low"), getattr(row, high or f"{name}_high")
    if pd.isna(bounds[0]):
        return "not reported"
    value = getattr(row, name)
    between = f"{bounds[0]:.{decimals + 1}f}–{bounds[1]:.{decimals + 1}f}"
    return between if pd.isna(value) else f"{value:.{decimals}f} ({between})"


def _relative(row: object) -> str:
    if pd.isna(row.relative_gap):
        return "not reported"
    return f"{100 * row.relative_gap:.0f} % ({100 * row.relative_low:.0f}–{100 * row.relative_high:.0f} %)"


def phones_notes(table: pd.DataFrame, observations: pd.DataFrame) -> list[str]:
    """How the counts of countries add up against the countries with data."""
    total = observations.loc[observations["indicator"] == "countries_with_phone_data", "value"]
    ours = list(table.loc[table["basis"] != "printed", "balance"])
    said = [f"Ours, from a share: {listing(ours)} (one-half of the countries with data)."] if ours else []
    if len(total) and len(table) and table["countries"].sum() != total.iloc[0]:
        said.append(
            f"The groups add up to {number(table['countries'].sum())}, the report counts {number(total.iloc[0])} countries with data."
        )
    return said
