"""Resolutions and the results framework, and what the text cannot show."""

from __future__ import annotations

import re

import pandas as pd

from helpers.selection import Period
from helpers.sentences import tiles as figures
from helpers.sentences.wording import count, listing, number, percent

SECTORS = {"R": "ITU-R", "T": "ITU-T", "D": "ITU-D", "I": "Inter-sectoral"}
STATUSES = ["reported", "cross-reference only", "no activity"]


def references(resolutions: pd.DataFrame) -> pd.DataFrame:
    """One row a resolution and thing it refers to.

    Columns: name, number, target (`Section 1.7` or `C20/16`), kind (section or
    document), year (of a Council document, else missing).
    """
    rows = (
        resolutions.dropna(subset=["refers_to"])
        .assign(target=lambda t: t["refers_to"].str.split(";"))
        .explode("target")
    )
    rows["name"] = _names(rows)
    rows["kind"] = rows["target"].map(lambda t: "section" if t.startswith("Section") else "document")
    years = rows["target"].str.extract(r"^C(\d\d)/")[0]
    rows["year"] = pd.to_numeric("20" + years).astype("Int64")  # missing for documents of other bodies
    return rows[["name", "number", "target", "kind", "year"]].reset_index(drop=True)


def _names(rows: pd.DataFrame) -> pd.Series:
    short = rows["instrument"].map({"Resolution": "Res.", "Decision": "Dec."})
    return short + " " + rows["number"].astype(str)


def lean(resolutions: pd.DataFrame) -> pd.DataFrame:
    """References grouped for the grid: columns name, towards, references.

    `towards` is a section, the Council whose documents are named, or other bodies.
    """
    rows = references(resolutions)
    council = ("Council " + rows["year"].astype("string")).fillna("Other bodies")
    rows["towards"] = [
        t if k == "section" else c for t, k, c in zip(rows["target"], rows["kind"], council, strict=True)
    ]
    grouped = rows.groupby(["name", "towards"], sort=False).size().rename("references").reset_index()
    order = {name: i for i, name in enumerate(sorted(grouped["towards"].unique(), key=_section_key))}
    return grouped.sort_values("towards", key=lambda column: column.map(order), kind="stable").reset_index(drop=True)


def leant_on(resolutions: pd.DataFrame) -> pd.DataFrame:
    """How many resolutions refer to each section or Council: columns towards, resolutions."""
    rows = lean(resolutions)
    counts = rows.groupby("towards", sort=False)["name"].nunique().rename("resolutions").reset_index()
    return counts.sort_values("resolutions", ascending=False, kind="stable").reset_index(drop=True)


def _section_key(name: str) -> tuple[int, list[int]]:
    group = 0 if name.startswith("Section") else 1 if name.startswith("Council") else 2
    return (group, [int(part) for part in re.findall(r"\d+", name)])


def resolution_table(resolutions: pd.DataFrame) -> pd.DataFrame:
    """Annex 1 as a table for people."""
    return pd.DataFrame(
        {
            "Text": _names(resolutions),
            "Title": resolutions["title"].fillna("no title in the text"),
            "Adopted": resolutions["adopted"] + resolutions["revised"].map({True: " (revised)", False: ""}),
            "Status": resolutions["status"],
            "Words": resolutions["words"],
            "Refers to": resolutions["refers_to"].fillna("–").str.replace(";", ", "),
            "Line": resolutions["line"],
        }
    )


def statuses(resolutions: pd.DataFrame) -> pd.DataFrame:
    """How many texts have each status: columns status, texts, words."""
    grouped = resolutions.groupby("status").agg(texts=("number", "size"), words=("words", "sum"))
    return grouped.reindex([s for s in STATUSES if s in grouped.index]).reset_index()


def objectives(table: pd.DataFrame, outcomes: pd.DataFrame, lost: pd.DataFrame) -> pd.DataFrame:
    """Objectives with outcomes and lost results.

    Columns: name, sector, objective_id, label, outcomes, lost (charts gone).
    """
    frame = table.copy()
    frame["sector"] = frame["sector"].map(SECTORS)
    frame["outcomes"] = frame["objective_id"].map(outcomes["objective_id"].value_counts()).fillna(0).astype(int)
    of = lost["caption"].str.extract(r"^Objective ([RTDI]\.\d+)")[0].value_counts()
    frame["lost"] = frame["objective_id"].map(of).fillna(0).astype(int)
    frame["name"] = frame["objective_id"] + " " + frame["label"]
    return frame[["name", "sector", "objective_id", "label", "outcomes", "lost", "section", "line"]]


def outcome_table(outcomes: pd.DataFrame, objectives_: pd.DataFrame) -> pd.DataFrame:
    """The outcomes as a table for people."""
    labels = objectives_.set_index("objective_id")["label"]
    return pd.DataFrame(
        {
            "Outcome": outcomes["outcome_id"],
            "What (our label)": outcomes["label"],
            "Objective": outcomes["objective_id"] + " " + outcomes["objective_id"].map(labels),
            "Line": outcomes["line"],
        }
    )


def enablers(observations: pd.DataFrame) -> pd.DataFrame:
    """Enabler dashboard: one row an indicator, one column a year, `met` or `not met`."""
    rows = observations[observations["topic"] == "enablers"]
    wide = rows.pivot_table(index="indicator", columns="year", values="value", aggfunc="first", sort=False)
    words = wide.map(lambda value: "not reported" if pd.isna(value) else "met" if value else "not met")
    words.columns = [str(year) for year in words.columns]
    words.index = [name.replace("_", " ").replace("ipsas", "IPSAS") for name in words.index]
    return words.rename_axis("Indicator").reset_index()


def lost_by_section(lost: pd.DataFrame) -> pd.DataFrame:
    """Charts and symbols gone, by section: columns section, lost."""
    return lost.groupby("section", sort=False).size().rename("lost").reset_index()


def headline(resolutions: pd.DataFrame, outcomes: pd.DataFrame, lost: pd.DataFrame, period: Period) -> list[str]:
    """Three sentences that answer the notebook's question."""
    sizes = resolutions["status"].value_counts()
    sentences = [
        f"Annex 1 lists **{len(resolutions)} Resolutions and Decisions**: {number(sizes.get('reported', 0))} with a report, "
        f"{count(int(sizes.get('cross-reference only', 0)), 'that only refers', 'that only refer')} elsewhere, and "
        f"{count(int(sizes.get('no activity', 0)), 'without activity', 'without activity')}.",
        f"Annex 2 names {len(outcomes)} outcomes, but {number((lost['section'] == 'Annex 2').sum())} of its results were charts "
        f"that the text does not carry; in the whole report {len(lost)} are gone.",
    ]
    refs = references(resolutions)
    if period.year:
        named = refs[refs["year"] == period.year]
        said = f"{count(len(named), 'reference')} to documents of the Council of {period.year} ({listing(list(dict.fromkeys(named['target'])))})"
        sentences.append(
            f"The status texts make {said if len(named) else f'no reference to documents of the Council of {period.year}'}."
        )
    else:
        sections, council = int((refs["kind"] == "section").sum()), int(refs["year"].notna().sum())
        sentences.append(
            f"The status texts make {number(council)} references to Council documents, {number(len(refs) - sections - council)} to those "
            f"of other bodies and {number(sections)} to sections of the report."
        )
    return sentences


def key_figures(resolutions: pd.DataFrame, outcomes: pd.DataFrame, lost: pd.DataFrame) -> pd.DataFrame:
    """Headline figures: texts of Annex 1, those reported on, outcomes, what is lost (see `key_figures`)."""
    told = resolutions[resolutions["status"] == "reported"]
    gone = lost[lost["section"] == "Annex 2"]
    return figures.frame(
        [
            figures.row("Resolutions and Decisions", number(len(resolutions)), "listed in Annex 1", resolutions),
            figures.row(
                "reported on", percent(len(told) / len(resolutions)), f"{len(told)} of {len(resolutions)} texts", told
            ),
            figures.row(
                "outcomes", number(len(outcomes)), f"under {outcomes['objective_id'].nunique()} objectives", outcomes
            ),
            figures.row("charts and symbols gone", number(len(lost)), f"{len(gone)} of them in Annex 2", lost),
        ]
    )


def status_title(resolutions: pd.DataFrame) -> str:
    """Finding of the status bars."""
    share = (resolutions["status"] == "reported").mean()
    longest = resolutions.loc[resolutions["words"].idxmax()]
    return f"{percent(share)} of the texts are reported on; the longest report, on {longest['instrument']} {longest['number']}, has {number(longest['words'])} words"


def lean_title(resolutions: pd.DataFrame) -> str:
    """Finding of the reference grid."""
    top = leant_on(resolutions).iloc[0]
    alone = resolutions["refers_to"].isna().sum()
    return f"{top['towards']} is leant on most ({count(int(top['resolutions']), 'text')}); {number(alone)} texts refer to nothing"


def objectives_title(rows: pd.DataFrame) -> str:
    """Finding of the outcome bars."""
    per = rows.groupby("sector", sort=False)["outcomes"].sum()
    return f"Outcomes by Sector: {listing([f'{sector} {value}' for sector, value in per.items()])}"


def lost_title(rows: pd.DataFrame) -> str:
    """Finding of the bars of lost charts."""
    top = rows.loc[rows["lost"].idxmax()]
    return f"Most of what is gone was in {top['section']}: {number(top['lost'])} charts or symbols"
