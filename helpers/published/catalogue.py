"""ITU's recommendation index as the Relaton project keeps it: a folder of YAML files, or a list made from it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from helpers.published.reading import Declared, Reading, clean, shown
from helpers.tables.editions import LOADER

ACTS = {
    "Amd": "amendment",
    "Cor": "corrigendum",
    "Err": "erratum",
    "Add": "addendum",
    "Suppl": "supplement",
    "App": "appendix",
    "Annex": "annex",
}
EDITIONS = ("recommendation", "amendment", "corrigendum")


class Text(NamedTuple):
    """A text as catalogued."""

    docid: str
    kind: str
    approved: str
    approved_basis: str
    study_group_today: str
    edition: str
    status: str
    title: str


def from_list(lines: Iterable[dict[str, str]]) -> Iterator[Text]:
    """Texts of the CSV list (`docid`, `document_type`, `approved`, …)."""
    for line in lines:
        yield Text(line["docid"], line["document_type"], *(line[name] for name in Text._fields[2:]))


def from_folder(folder: Path, reading: Reading) -> Iterator[Text]:
    """Texts of a folder of Relaton YAML files; a file that is none is listed."""
    for path in sorted(folder.rglob("*.yaml")):
        try:
            found = yaml.load(path.read_text("utf-8"), LOADER)
            if isinstance(found, dict) and "docidentifier" in found:
                yield _text(found)
        except (OSError, UnicodeDecodeError, yaml.YAMLError, LookupError, TypeError, AttributeError) as error:
            reading.lose(path.name, path.name, f"no text can be read ({type(error).__name__}: {str(error)[:60]})")


def _text(found: dict[str, Any]) -> Text:
    """One YAML file. An ITU-R month is that of the document's address where it has one, else of publication."""
    day, basis = str(found["date"][0]["at"]), "day in the catalogue"
    if len(day) < len("YYYY-MM-DD"):
        links = " ".join(link["content"] for link in found.get("source", []))
        month = re.search(r"-(\d{4})(\d\d)-", links)
        day, basis = (f"{month[1]}-{month[2]}", "month in the link") if month else (day, "publication month")
    groups = [
        clean(part["name"][0]["content"])
        for contributor in found.get("contributor", [])
        for part in contributor["organization"].get("subdivision", [])
    ]
    return Text(
        docid=found["docidentifier"][0]["content"],
        kind=found["ext"]["doctype"]["content"].removeprefix("recommendation-"),
        approved=day,
        approved_basis=basis,
        study_group_today=re.sub("^ITU-T Study Group ", "SG", groups[0]) if groups else "",
        edition=str(found.get("edition", {}).get("content", "")),
        status=str(found.get("status", {}).get("stage", {}).get("content", "")),
        title=next((title["content"] for title in found.get("title", []) if title["type"] == "main"), ""),
    )


def read(texts: Iterable[Text], declared: Declared, source: str, reading: Reading) -> None:
    """Rows of `approvals`: ITU-T texts since the declared year and earlier editions of the same, and ITU-R ones."""
    rules = declared.sources["catalogue"]
    rows: dict[str, dict[str, Any]] = {}
    for text in texts:
        if reason := _left_out(text, rules["left_out"]):
            reading.left[reason] += 1
            continue
        row = _row(text)
        if row is None or text.docid in rows:
            why = "stands twice" if row else "the identifier or the date has no known form"
            reading.lose(text.docid, shown(text.docid), why)
            continue
        group = rules["groups"].get(text.study_group_today, text.study_group_today)
        rows[text.docid] = row | {"study_group_today": group, "source": source}
    chosen = _chosen(list(rows.values()), str(rules["since"]))
    if len(chosen) < len(rows):
        reading.left[f"approved before {rules['since']}, of no Recommendation since"] += len(rows) - len(chosen)
    reading.tables["approvals"] += sorted(chosen, key=lambda row: row["docid"])


def _left_out(text: Text, rules: list[dict[str, str]]) -> str:
    """Why a text is left out by declaration; empty where it is not."""
    for rule in rules:
        if rule.get("kind") == text.kind or re.fullmatch(rule.get("pattern", "(?!)"), text.docid):
            return rule["reason"]
    return ""


def _row(text: Text) -> dict[str, Any] | None:
    """A row without its source; None for an identifier or a day of no known form.

    `ITU-T G.992.3 (2009) Amd. 5 (10/2012)` is amendment 5 of G.992.3, edition 2009;
    `ITU-T Z.100 Annex F1 (11/2018)` is annex F1 of Z.100. `of_edition` keeps the
    amendment that is itself corrected (`2014 Amd. 1`).
    """
    if not re.fullmatch(r"\d{4}-\d\d(-\d\d)?", text.approved):
        return None
    row = {"document_type": text.kind, "number": "", "of_edition": ""}
    if radio := re.fullmatch(r"ITU-R ([A-Z]+\.\d+(?:/[A-Z]+\.\d+)?(?:-\d+)*)", text.docid):
        row["designation"] = radio[1]
    elif telecom := re.fullmatch(r"ITU-T (.+) \(\d\d/\d{4}\)", text.docid):
        base = telecom[1]
        if act := re.fullmatch(rf"(.+)[ /]({'|'.join(ACTS)})\.? ?(\S+)", base):
            base = re.sub("[ /]Technical$", "", act[1])
            row |= {"document_type": ACTS[act[2]], "number": act[3]}
        edition = re.fullmatch(r"(.+?)(?: \((\d{4})\)(.*))?", base)
        assert edition is not None, "the pattern fits any text"
        row |= {"designation": edition[1], "of_edition": f"{edition[2] or ''}{edition[3] or ''}"}
    else:
        return None
    kept = {part: getattr(text, part) for part in ("docid", "approved", "approved_basis", "edition", "status")}
    return row | kept | {"title": " ".join(text.title.split())}


def _chosen(rows: list[dict[str, Any]], since: str) -> list[dict[str, Any]]:
    """ITU-R texts, ITU-T texts since a year, and the earlier editions of the Recommendations made or changed since."""
    recent = [row for row in rows if row["docid"].startswith("ITU-R") or row["approved"] >= since]
    known = {n for row in recent if row["document_type"] in EDITIONS for n in _numbers(row["designation"])}
    before = [row for row in rows if row["approved"] < since and row["docid"].startswith("ITU-T")]
    return recent + [
        row for row in before if row["document_type"] == "recommendation" and known & set(_numbers(row["designation"]))
    ]


def _numbers(designation: str) -> list[str]:
    """The numbers of one text (`G.709/Y.1331` has two), without versions (`F.742 (V2)`, `Q.3403 v.1`)."""
    return re.sub(r" (\(V\d+\)|v\.\d+)", "", designation).split("/")
