"""The report's entries matched to the texts of a public catalogue, by the rules of the edition's `matching.yaml`.

An entry without a text has a reason; a candidate for it is a guess and counts nowhere.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd

from helpers.period import Period
from helpers.selection import Selection

KINDS = ["recommendation", "amendment", "corrigendum"]
# Reasons of an entry without a text
TAKEN, OTHER_YEAR, OTHER_KIND, UNKNOWN = "listed more often", "another year", "another kind", "no such number"
FOUND, NEIGHBOURS = "found", "other revisions"
NOT_KNOWN = "not known"
OF_TEXT = ["docid", "approved", "title", "status", "study_group_today"]
ENTRIES = ["match", "reason", "others", "candidates", *OF_TEXT]
UNLISTED = [*OF_TEXT, "document_type", "designation", "year", "study_group", "namesakes", "informative"]
RADIO = ["designation", "printed", "repaired", "section", "line", "state", "refuted", "others", *OF_TEXT[:3]]
RADIO += ["approved_basis"]
Rules = Mapping[str, Any]


def telecom(catalogue: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """ITU-T texts of the catalogue, oldest first, with `year` and `bare` (the designation without what is ignored)."""
    texts = catalogue[catalogue["docid"].str.startswith("ITU-T")].sort_values(["approved", "docid"])
    texts = texts.reset_index(drop=True)
    years = texts["approved"].str[:4].astype("Int64")
    return texts.assign(year=years, bare=_bare(texts["designation"], rules))


def _bare(designations: pd.Series, rules: Rules) -> pd.Series:
    for rule in rules.get("ignored", []):
        designations = designations.str.replace(rule["pattern"], "", regex=True)
    return designations


def _numbers(rows: pd.DataFrame, rules: Rules, *columns: str) -> pd.DataFrame:
    """One row for each number that a row is known by: `row` (its index), number, bare, and the given columns."""
    named = rows[["bare", *columns]].assign(number=rows["bare"].str.split(rules.get("between", "/")))
    return named.rename_axis("row").reset_index().explode("number").drop_duplicates(["row", "number"])


def entries(itut: pd.DataFrame, texts: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """The rows of the report's table, each with its text of the catalogue (`telecom`) or the reason why it has none.

    Columns beside the table's: match (`number`, `one of two numbers`, or `annex` under the bare number), reason,
    others (texts of the same number in other years, or of another kind), candidates (see `_candidates`), and the
    text's own docid, approved, title, status, study_group_today. All are missing where they do not apply.
    """
    kinds = rules.get("kinds") or {kind: [kind] for kind in KINDS}
    allowed = [(kind, other, place) for kind, others in kinds.items() for place, other in enumerate(others)]
    kind_of = pd.DataFrame(allowed, columns=["document_type", "text_type", "preference"]).astype(
        {"document_type": "string", "text_type": "string"}
    )
    ours = itut.assign(bare=_bare(itut["designation"], rules), part=itut["number"].astype("string").fillna(""))
    theirs = texts.assign(part=texts["number"].fillna("").mask(texts["document_type"] == "annex", ""))
    ours = _numbers(ours, rules, "document_type", "part", "year").merge(kind_of, on="document_type")
    theirs = _numbers(theirs.rename(columns={"document_type": "text_type"}), rules, "text_type", "part", "year")
    same = ours.merge(theirs, on=["number", "text_type", "part"], suffixes=("", "_text"))
    pairs = same[same["year"] == same["year_text"]].assign(half=same["bare"] != same["bare_text"])
    pairs = pairs.drop_duplicates(["row", "row_text"]).sort_values(["half", "preference", "row_text", "row"])
    found = _one_to_one(pairs)

    made = itut.join(pd.DataFrame(index=itut.index, columns=ENTRIES, dtype="string"))
    rows, chosen = list(found), texts.loc[list(found.values())]
    for column in OF_TEXT:
        made.loc[rows, column] = chosen[column].to_numpy()
    how = pairs.set_index(["row", "row_text"])[["half", "preference"]].reindex(list(found.items()))
    how_said = how["preference"].map(lambda place: "annex" if place else "number")
    made.loc[rows, "match"] = how_said.mask(how["half"].astype(bool), "one of two numbers").to_numpy()
    known = ours.merge(theirs, on="number", suffixes=("", "_text"))
    for row in made.index[made["docid"].isna()]:
        made.loc[row, ["reason", "others"]] = _reason(int(row), pairs, same, known, texts)
    return _with_candidates(made, _left(made, texts, rules))


def _one_to_one(pairs: pd.DataFrame) -> dict[int, int]:
    """Entry → text, each at most once, the likelier pairs first."""
    found: dict[int, int] = {}
    taken: set[int] = set()
    for row, text in zip(pairs["row"].astype(int), pairs["row_text"].astype(int), strict=True):
        if row not in found and text not in taken:
            found[row] = text
            taken.add(text)
    return dict(sorted(found.items()))


def _reason(row: int, pairs: pd.DataFrame, same: pd.DataFrame, known: pd.DataFrame, texts: pd.DataFrame) -> list[Any]:
    """Why an entry has no text, and what the catalogue has instead."""
    for reason, rows in ((TAKEN, pairs), (OTHER_YEAR, same), (OTHER_KIND, known)):
        instead = rows.loc[rows["row"] == row, "row_text"]
        if len(instead):
            return [reason, "; ".join(dict.fromkeys(texts.loc[sorted(instead), "docid"]))]
    return [UNKNOWN, pd.NA]


def record(texts: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Recommendations, Amendments and Corrigenda of the catalogue (`telecom`): what the report lists, too."""
    pattern = rules.get("recommendation", "")
    return texts[texts["document_type"].isin(KINDS) & texts["bare"].str.contains(pattern, regex=True)]


def _left(made: pd.DataFrame, texts: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Texts of the entries' kinds that no entry has."""
    return record(texts, rules).loc[lambda rows: ~rows["docid"].isin(made["docid"])]


def _with_candidates(made: pd.DataFrame, left: pd.DataFrame) -> pd.DataFrame:
    """Candidates of the entries without a text: texts that no entry has, of the same group, kind and month.

    The report gives no month, so it is any month of the year in which the group's other entries
    were approved; the group is the one that does its work today.
    """
    found = made[made["docid"].notna()]
    today = found.groupby("study_group")["study_group_today"].agg(_commonest)
    months = found["study_group"] + " " + found["approved"].str[:7]
    for place, entry in made[made["docid"].isna()].to_dict("index").items():
        near = left[
            (left["document_type"] == entry["document_type"])
            & (left["study_group_today"] == today.get(entry["study_group"]))
            & (left["year"] == entry["year"])
            & (entry["study_group"] + " " + left["approved"].str[:7]).isin(months)
        ]
        if len(near):
            made.loc[place, "candidates"] = "; ".join(near["docid"])
    return made


def _commonest(values: pd.Series) -> Any:
    counts = values.value_counts()
    return counts.index[0] if len(counts) else pd.NA


def until(made: pd.DataFrame, period: Period) -> str:
    """Last day that the report's table counts: its closing day, or where that is not known the last one listed."""
    if period.closes:
        return f"{period.closes}"
    return str(made["approved"].max()) if made["approved"].notna().any() else f"{period.years[-1]}-12-31"


def unlisted(made: pd.DataFrame, texts: pd.DataFrame, rules: Rules, period: Period) -> pd.DataFrame:
    """Texts of the chosen years, up to the report's closing day, that no entry has: columns `UNLISTED`.

    `study_group` is that of the listed texts of the same series which the same group looks after today
    (the commonest; of any series where there is none, missing where nothing tells); `namesakes` counts the
    entries of the same number, kind and year (a second text in one year); `informative` is True where the
    title says so.
    """
    left = _left(made, texts, rules)
    left = left[left["year"].isin(period.chosen) & (left["approved"] <= until(made, period))]
    found = made[made["docid"].notna()]
    exact = found.groupby(["study_group_today", "series"])["study_group"].agg(_commonest)
    loose = found.groupby("study_group_today")["study_group"].agg(_commonest)
    series = left["bare"].str.extract(r"^([A-Z]+)\.", expand=False)
    groups = [
        exact.get((today, letter), loose.get(today, pd.NA)) if pd.notna(today) else pd.NA
        for today, letter in zip(left["study_group_today"], series, strict=True)
    ]
    bare = _bare(made["designation"], rules) + made["document_type"] + made["year"].astype("string")
    bare += made["number"].astype("string").fillna("")
    own = left["bare"] + left["document_type"] + left["year"].astype("string") + left["number"].fillna("")
    pattern = rules.get("informative", "(?!)")
    hits = left["title"].str.contains(re.compile(pattern, re.IGNORECASE)).fillna(False)
    made_up = left.assign(
        study_group=pd.array(groups, dtype="string"),
        namesakes=own.map(bare.value_counts()).fillna(0).astype(int),
        informative=hits.astype(bool),
    )
    return made_up[UNLISTED].reset_index(drop=True)


def balance(made: pd.DataFrame, missing: pd.DataFrame, period: Period, by: list[str]) -> pd.DataFrame:
    """Entries and texts held against each other: columns `by` (study_group, year, or both), listed, found, without,
    then the unlisted texts by kind, catalogued (found + unlisted) and difference (catalogued − listed).

    `without` counts the entries that have no text. Unlisted texts of no known group stand in the row `not known`.
    """
    ours = made[made["year"].isin(period.chosen)]
    theirs = missing.assign(study_group=missing["study_group"].fillna(NOT_KNOWN))
    frame = pd.DataFrame({"listed": ours.groupby(by).size(), "found": ours.groupby(by)["docid"].count()})
    kinds = pd.DataFrame({kind: theirs[theirs["document_type"] == kind].groupby(by).size() for kind in KINDS})
    frame = pd.concat([frame, kinds], axis=1).fillna(0).astype(int)
    frame["without"] = frame["listed"] - frame["found"]
    frame["catalogued"] = frame["found"] + frame[KINDS].sum(axis=1)
    frame["difference"] = frame["catalogued"] - frame["listed"]
    order = {group: place for place, group in enumerate(dict.fromkeys(ours["study_group"]))}
    frame = frame.rename_axis(by).reset_index()
    return frame.sort_values(
        by, key=lambda keys: keys.map(order).fillna(len(order)) if keys.name == "study_group" else keys, kind="stable"
    ).reset_index(drop=True)


def several(made: pd.DataFrame, texts: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Numbers that stand more than once for a year, in the report or among the texts of its kinds.

    Columns: bare, document_type, number, year, entries, found (entries with a text of their own), texts.
    """
    key = ["bare", "document_type", "number", "year"]
    ours = made.assign(bare=_bare(made["designation"], rules), number=made["number"].astype("string").fillna(""))
    annex = texts["document_type"] == "annex"  # listed under the bare number
    theirs = texts.assign(
        number=texts["number"].fillna("").mask(annex, ""), document_type=texts["document_type"].mask(annex, KINDS[0])
    )
    ours = ours.groupby(key).agg(entries=("bare", "size"), found=("docid", "count"))
    counts = ours.join(theirs.groupby(key).size().rename("texts")).fillna({"texts": 0}).astype({"texts": int})
    return counts[(counts["entries"] > 1) | (counts["texts"] > 1)].reset_index()


def radio(itur: pd.DataFrame, catalogue: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """ITU-R designations of the report, each once, with its text: columns `RADIO`.

    `state` is `found`, `other revisions` (the number is catalogued, this revision is not) or `no such
    number`; `others` are the revisions next to it; `refuted` is True for a repaired hyphen where the
    catalogue has the designation as it was printed, and not as repaired. Reports have designations
    like those of Recommendations, so the catalogue of Recommendations alone is asked.
    """
    texts = catalogue[catalogue["docid"].str.startswith("ITU-R") & (catalogue["document_type"] == "recommendation")]
    stripped = rules.get("radio_ignored", "(?!)")
    texts = texts.assign(key=texts["designation"].str.replace(stripped, "", regex=True))
    texts = texts.drop_duplicates("key", keep="last")
    ours = itur.drop_duplicates("designation")
    ours = ours.assign(key=ours["designation"].str.replace(stripped, "", regex=True))
    made = ours.merge(texts[["key", *OF_TEXT[:3], "approved_basis"]], on="key", how="left")
    numbers = texts["designation"].str.extract(r"^(?P<number>[^-]+)(?:-(?P<revision>\d+))?$")
    revisions = numbers["revision"].fillna("0").astype(int).groupby(numbers["number"]).agg(sorted)
    number = made["designation"].str.split("-").str[0]
    known = [made["docid"].notna(), number.isin(revisions.index)]
    made["state"] = np.select(known, [FOUND, NEIGHBOURS], UNKNOWN)
    near = zip(number, made["revision"].fillna(0), strict=True)
    made["others"] = [_neighbours(revisions.get(name, []), revision) for name, revision in near]
    printed = made["printed"].str.replace(stripped, "", regex=True)
    made["refuted"] = made["repaired"] & made["docid"].isna() & printed.isin(texts["key"])
    return made[RADIO]


def _neighbours(revisions: list[int], revision: int) -> str:
    """The catalogued revisions next to one: `7 and 9`."""
    before, after = [r for r in revisions if r < revision], [r for r in revisions if r > revision]
    return " and ".join(map(str, [*before[-1:], *after[:1]]))


def mentions(table: pd.DataFrame, made: pd.DataFrame, texts: pd.DataFrame, rules: Rules) -> pd.DataFrame:
    """Recommendations that the prose names, with the catalogue's days: the table's columns, and days, agrees, listed.

    `days` are the days of the Recommendation of that number since the first year of the table, joined by `;`;
    `agrees` is True where one is of the month or year that the prose gives (missing where it gives none),
    `listed` where an entry of the table has one of these texts.
    """
    recent = texts[(texts["document_type"] == KINDS[0]) & (texts["year"] >= made["year"].min())]
    of_number = _numbers(recent, rules, "approved", "docid").groupby("number")
    days = of_number["approved"].agg(sorted) if len(recent) else pd.Series(dtype=object)
    docids = of_number["docid"].agg(set) if len(recent) else pd.Series(dtype=object)
    listed, rows = set(made["docid"].dropna()), []
    for name, date in zip(_bare(table["designation"], rules), table["date"], strict=True):
        found = days.get(name, [])
        agrees = pd.NA if pd.isna(date) else any(day.startswith(date) for day in found)
        rows.append((";".join(found), agrees, bool(docids.get(name, set()) & listed)))
    frame = pd.DataFrame(rows, columns=["days", "agrees", "listed"], index=table.index)
    return table.join(frame.astype({"days": "string", "agrees": "boolean", "listed": bool}))


def address(designations: pd.Series, sector: str, rules: Rules) -> pd.Series:
    """Official address of each designation, that of its (first) number; empty where the edition declares none."""
    form = rules.get("addresses", {}).get(sector, "")
    first = _bare(designations, rules).str.split(rules.get("between", "/")).str[0].str.split("-").str[0]
    return first.map(lambda name: form.format(number=name) if form else "")


def rules(chosen: Selection) -> Rules:
    """The edition's rules; without any, designations are compared as they stand."""
    found: Mapping[Hashable, Any] = chosen.edition.rules("matching")
    return {str(name): rule for name, rule in found.items()}
