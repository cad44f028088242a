"""Words of the page on Resolutions and the results framework; its figures come from `analyses.results`."""

from __future__ import annotations

import pandas as pd

from helpers.analyses import results
from helpers.selection import Selection
from helpers.sentences import tiles
from helpers.sentences.caption import Caption
from helpers.sentences.wording import amount, count, few, listing, number, percent, section, sentence, source, spelled

NO_TEXTS, NO_OUTCOMES = "The report lists no Resolutions or Decisions", "The report names no outcomes"
MARKS = {1: "met", 0: "not met"}
LOST = {"caption": "What stood there", "section": "Section", "line": "Line"}


def answer(resolutions: pd.DataFrame, outcomes: pd.DataFrame, lost: pd.DataFrame, chosen: Selection) -> list[str]:
    """Three sentences that answer the notebook's question; two where no Resolutions are listed."""
    sentences = [_texts(resolutions), _framework(outcomes, lost)]
    return [*sentences, _references(resolutions, chosen)] if len(resolutions) else sentences


def _where(rows: pd.DataFrame) -> str:
    """Sections that rows stand in (`Annex 1`, `section 3 and Annex 1`)."""
    return listing(section(str(name)) for name in rows["section"].unique())


def _opening(rows: pd.DataFrame, verb: str) -> str:
    """`Annex 1 lists`, `Section 3 and Annex 1 list`."""
    return f"{sentence(_where(rows))} {verb}{'s' if rows['section'].nunique() == 1 else ''}"


def _texts(resolutions: pd.DataFrame) -> str:
    """How many texts are listed, and what kind of status text each has."""
    if resolutions.empty:
        return f"{NO_TEXTS}."
    of = resolutions["status"].value_counts()
    told, elsewhere, inactive = (int(of.get(status, 0)) for status in results.STATUSES)
    parts = [f"{number(told)} with a report"] if told else []
    parts += [count(elsewhere, "that only refers elsewhere", "that only refer elsewhere")] if elsewhere else []
    parts += [count(inactive, "without activity", "without activity")] if inactive else []
    said = listing(parts).replace(" and ", ", and ") if len(parts) > 2 else listing(parts)
    kinds = list(dict.fromkeys(resolutions["instrument"]))
    texts = amount(len(resolutions), kinds[0], listing(f"{kind}s" for kind in kinds))
    return f"{_opening(resolutions, 'list')} **{texts}**: {said}."


def _framework(outcomes: pd.DataFrame, lost: pd.DataFrame) -> str:
    """How many outcomes are named, and what is lost there and in the whole report."""
    gone = f"in the whole report {few(len(lost))} {'is' if len(lost) < 2 else 'are'} gone"
    if outcomes.empty:
        return f"{NO_OUTCOMES}; of charts and symbols {gone}."
    named = f"{_opening(outcomes, 'name')} {amount(len(outcomes), 'outcome')}"
    here = _lost_beside(outcomes, lost)
    if not here:
        return f"{named}, and no chart is lost there; {gone}."
    charts = "was a chart" if here == 1 else "were charts"
    return f"{named}, but {number(here)} of their results {charts} that the text does not carry; {gone}."


def _lost_beside(outcomes: pd.DataFrame, lost: pd.DataFrame) -> int:
    """Charts and symbols lost in the sections that name the outcomes."""
    return int(lost["section"].isin(outcomes["section"]).sum())


def _references(resolutions: pd.DataFrame, chosen: Selection) -> str:
    """What the status texts refer to: documents of the chosen years' Councils, or everything."""
    period, refs = chosen.period, results.references(resolutions, chosen.period)
    if not period.whole:
        return f"The status texts make {listing(_council(refs, year) for year in period.chosen)}."
    sections, council = int(refs["target"].eq(refs["towards"]).sum()), int(refs["year"].notna().sum())
    others = number(len(refs) - sections - council)
    return (
        f"The status texts make {amount(council, 'reference')} to Council documents, {others} to those of other bodies "
        f"and {number(sections)} to sections of the report."
    )


def _council(refs: pd.DataFrame, year: int) -> str:
    """How often the documents of a year's Council are named."""
    named = refs.loc[refs["year"].eq(year).fillna(False), "target"]
    said = f" ({listing(named.unique())})" if len(named) else ""
    often = count(len(named), "reference") if len(named) else "no reference"
    return f"{often} to documents of the Council of {year}{said}"


def key_figures(resolutions: pd.DataFrame, outcomes: pd.DataFrame, lost: pd.DataFrame) -> pd.DataFrame:
    """Headline figures: texts listed and reported on, outcomes, what is lost (columns: see `tiles`)."""
    rows = []
    if len(resolutions):
        listed = f"listed in {_where(resolutions)}"
        rows.append(tiles.row("Resolutions and Decisions", number(len(resolutions)), listed, resolutions))
    if len(resolutions) > 1:
        told = resolutions[resolutions["status"] == results.REPORTED]
        said = f"{len(told)} of {len(resolutions)} texts"
        rows.append(tiles.row("reported on", percent(len(told) / len(resolutions)), said, told))
    if len(outcomes):
        under = f"under {amount(outcomes['objective_id'].nunique(), 'objective')}"
        rows.append(tiles.row("outcomes", number(len(outcomes)), under, outcomes))
    if len(lost):
        here = _lost_beside(outcomes, lost)
        said = f"{here} of them in {_where(outcomes)}" if here else f"in {_where(lost)}"
        rows.append(tiles.row("charts and symbols gone", number(len(lost)), said, lost))
    return tiles.frame(rows)


def status_caption(resolutions: pd.DataFrame) -> Caption:
    """Finding of the status bars."""
    if resolutions.empty:
        return Caption(f"{NO_TEXTS}.")
    told = resolutions[resolutions["status"] == results.REPORTED]
    if told.empty:
        return Caption("None of the texts is reported on", "Resolutions and Decisions", source(resolutions))
    names = list(told["instrument"] + " " + told["number"].astype(str))
    texts = listing(f"{kind}s" for kind in dict.fromkeys(resolutions["instrument"]))
    some = f"{len(told)} of {len(resolutions)} {texts} {'is' if len(told) == 1 else 'are'}"
    who = some if len(told) < len(resolutions) else "Every text is"
    title = f"{who} reported on; {_longest(told['words'], names)}"
    return Caption(title, "Resolutions and Decisions", source(resolutions))


def _longest(words: pd.Series, names: list[str]) -> str:
    """`Resolution 204 gets twice the words of any other (1,233)`."""
    most, rest = words.max(), words[words < words.max()]
    top = [name for name, length in zip(names, words, strict=True) if length == most]
    if len(top) > 1:
        return f"{listing(top)} get most words ({number(most)} each)"
    if rest.empty:
        return f"{top[0]} gets {amount(most, 'word')}"
    times = most // rest.max() if rest.max() else 1
    often = "twice" if times == 2 else f"{spelled(times)} times"
    return f"{top[0]} gets {'most words' if times == 1 else f'{often} the words of any other'} ({number(most)})"


def resolutions_table(resolutions: pd.DataFrame) -> pd.DataFrame:
    """Resolutions and Decisions as a table for people."""
    return pd.DataFrame(
        {
            "Text": results.names(resolutions),
            "Title": resolutions["title"].fillna("no title in the text"),
            "Adopted": resolutions["adopted"] + resolutions["revised"].map({True: " (revised)", False: ""}),
            "Status": resolutions["status"],
            "Words": resolutions["words"],
            "Refers to": resolutions["refers_to"].fillna("–").str.replace(";", ", "),
            "Line": resolutions["line"],
        }
    )


def resolutions_caption(resolutions: pd.DataFrame) -> Caption:
    """Words around `resolutions_table`, with how many titles the text lacks."""
    if resolutions.empty:
        return Caption("The table of Resolutions and Decisions has no rows.")
    untitled = int(resolutions["title"].isna().sum())
    notes = (f"{sentence(count(untitled, 'title is', 'titles are'))} missing in the text.",) if untitled else ()
    title = f"{sentence(_where(resolutions))}: Resolutions and Decisions"
    return Caption(title, source=source(resolutions), notes=notes)


def leant(leaning: pd.DataFrame) -> pd.DataFrame:
    """What the texts lean on, most first: columns towards, resolutions (how many), texts (their names)."""
    names = {towards: listing(rows["name"].unique()) for towards, rows in leaning.groupby("towards")}
    return results.leant_on(leaning).assign(texts=lambda counts: counts["towards"].map(names))


def lean_caption(resolutions: pd.DataFrame, leaning: pd.DataFrame) -> Caption:
    """Finding of the bars of `leant` (rows of `results.lean`)."""
    if resolutions.empty:
        return Caption("There are no status texts that could refer to anything.")
    if leaning.empty:
        return Caption("No status text refers to a section or a document.")
    counts = results.leant_on(leaning)
    most = counts[counts["resolutions"] == counts["resolutions"].max()]
    texts, alone = int(most["resolutions"].iloc[0]), int(resolutions["refers_to"].isna().sum())
    each = " each" if len(most) > 1 else ", more than to anything else" if len(counts) > 1 else ""
    who = f"{sentence(count(texts, 'text refers', 'texts refer'))} to {listing(most['towards'])}{each}"
    nothing = f"{amount(alone, 'refers', 'refer')} to nothing" if alone else "every text refers to something"
    return Caption(f"{who}; {nothing}", "texts that refer to it", source(resolutions))


def objectives_caption(objectives: pd.DataFrame) -> Caption:
    """Finding of the outcome bars (rows of `results.objectives`)."""
    if objectives.empty:
        return Caption("The report lists no objectives.")
    per = objectives.groupby("sector", sort=False)["outcomes"].sum().sort_values(ascending=False, kind="stable")
    if not per.sum():
        return Caption(f"{NO_OUTCOMES} under its objectives", "outcomes", source(objectives))
    (most, outcomes), *others = per.items()
    before = f", before {listing(f'{sector} ({number(value)})' for sector, value in others)}" if others else ""
    title = f"{most} objectives promise {'most' if others else 'all'} outcomes ({number(outcomes)}){before}"
    return Caption(title, "outcomes", source(objectives))


def outcomes_table(outcomes: pd.DataFrame, objectives: pd.DataFrame) -> pd.DataFrame:
    """The outcomes as a table for people."""
    labels = outcomes["objective_id"].map(objectives.set_index("objective_id")["label"]).astype("string").fillna("")
    return pd.DataFrame(
        {
            "Outcome": outcomes["outcome_id"],
            "What (our label)": outcomes["label"],
            "Objective": (outcomes["objective_id"] + " " + labels).str.strip(),
            "Line": outcomes["line"],
        }
    )


def outcomes_caption(outcomes: pd.DataFrame) -> Caption:
    """Words around `outcomes_table`."""
    title = f"{sentence(_where(outcomes))}: the outcomes" if len(outcomes) else f"{NO_OUTCOMES}."
    return Caption(title, source=source(outcomes))


def enablers_table(enablers: pd.DataFrame, chosen: Selection) -> pd.DataFrame:
    """`results.enablers` as a table for people; the edition's own names stand in `results.yaml`."""
    names = chosen.edition.rules("results").get("enablers", {})
    said = [names.get(name, name.replace("_", " ")) for name in enablers["indicator"]]
    marks = enablers.drop(columns="indicator").map(lambda value: MARKS.get(value, "not reported"))
    marks.insert(0, "Indicator", said)
    return marks.rename(columns=str)


def enablers_caption(enablers: pd.DataFrame) -> Caption:
    """Words around `enablers_table`."""
    return Caption("Enablers, by year" if len(enablers) else "The report marks no enablers as met or not met.")


def lost_caption(gone: pd.DataFrame, lost: pd.DataFrame) -> Caption:
    """Finding of the bars of lost charts (rows of `results.lost_by_section`)."""
    if gone.empty:
        return Caption("No chart or symbol is known to be lost in the text.")
    most = gone[gone["lost"] == gone["lost"].max()]
    where = listing(map(section, most["section"]))
    charts = amount(most["lost"].iloc[0], "chart or symbol", "charts or symbols")
    total, each = gone["lost"].sum(), f"{number(most['lost'].iloc[0])} of {number(gone['lost'].sum())}"
    if len(gone) == 1:
        title = f"All that is gone was in {where}: {charts}"
    elif len(most) > 1:
        title = f"{where} lost most: {charts} each"
    else:
        much = "Most" if 2 * most["lost"].iloc[0] > total else "The largest part"
        title = f"{much} of the lost charts and symbols, {each}, stood in {where}"
    return Caption(sentence(title), "charts and symbols lost", source(lost))


def lost_table_caption(lost: pd.DataFrame) -> Caption:
    """Words around the list of what is lost."""
    none = "The list of lost charts and symbols is empty."
    return Caption("Charts and symbols that the text lacks" if len(lost) else none)


def longest_caption(rows: pd.DataFrame, of: int) -> Caption:
    """Finding of the bars of the longest of `of` status texts, longest first."""
    if rows.empty:
        return Caption(f"{NO_TEXTS}.")
    notes = (f"The {len(rows)} longest of {of} texts are shown.",) if of > len(rows) else ()
    return Caption(_longest(rows["words"], list(rows["name"])), "words of status text", source(rows), notes)
