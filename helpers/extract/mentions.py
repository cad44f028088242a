"""Recommendations that the prose says were approved or revised, with their date."""

from __future__ import annotations

import re
from calendar import month_name
from typing import Any

from helpers.extract.layout import Report, month
from helpers.extract.numbers import YEAR

DATE = rf"(?:(?P<month>{'|'.join(month_name[1:])}) )?(?P<year>{YEAR})"
NAME = re.compile(r"\bITU-T ([A-Z]\.\d+(?:\.\d+)*)(?![\w.]*\d)")
OPENS = re.compile(rf"^(?:· )?In {DATE}, .{{0,40}}?\b(?P<act>approved|revised)\b")
FOLLOWS = re.compile(rf"^[^()]{{0,200}}?\((?:(?P<act>revised|approved), )?{DATE}\)")
HEADS = re.compile(rf"\b(?P<act>approved|revised) in {DATE}\b.*:$")
ACT = re.compile(r"\b(approved|revised|completed)\b", re.IGNORECASE)
SUPPLEMENT = re.compile(r"\bSupplement \d+ to $")
DRAFT = re.compile(r"\bdraft new\b", re.IGNORECASE)
SENTENCE = re.compile(r"(?<=[a-z)”\"’])\. (?=[A-Z])")


def recommendation_mentions(report: Report) -> list[dict[str, Any]]:
    """Rows of `recommendation_mentions`, in the report's order.

    A date comes from the sentence's opening (`In May 2019, … approved`), from
    brackets after the title (`(revised, June 2020)`), or from the line above a
    list (`approved in 2020: · …`). Drafts and mere references are left out.
    """
    rows: list[dict[str, Any]] = []
    heading: re.Match[str] | None = None
    verb = ""
    for line, text in report.plain:
        bullet = text.startswith("·")
        if not bullet:
            heading = HEADS.search(text)
            listed = ACT.search(text) if text.endswith(":") else None
            verb = listed[1].lower() if listed else ""
        for sentence in SENTENCE.split(text):
            act = ACT.search(sentence)
            if DRAFT.search(sentence) or not (act or (bullet and (heading or verb)) or FOLLOWS.search(sentence)):
                continue
            rows += _of_sentence(sentence, line, heading if bullet else None, act[1].lower() if act else verb)
    return rows


def _of_sentence(sentence: str, line: int, heading: re.Match[str] | None, verb: str) -> list[dict[str, Any]]:
    opening = OPENS.match(sentence)
    names = [name for name in NAME.finditer(sentence) if not SUPPLEMENT.search(sentence[: name.start()])]
    rows = []
    for index, name in enumerate(names):
        end = names[index + 1].start() if index + 1 < len(names) else len(sentence)
        date = FOLLOWS.match(sentence[name.end() : end]) or opening or heading
        act = (date["act"] if date else None) or verb
        if date or verb:
            rows.append({"designation": name[1], "act": act or "approved", "date": _date(date), "line": line})
    return rows


def _date(found: re.Match[str] | None) -> str:
    if not found:
        return ""
    return month(found["year"], found["month"]) if found["month"] else found["year"]
