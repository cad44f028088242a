"""What makes a CSV file a table of the contract: encoding, columns, types, rules, keys."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from io import StringIO
from typing import Any

import pandas as pd

DTYPES = {"string": "string", "integer": "Int64", "number": "Float64", "boolean": "boolean"}
CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]"


def empty(fields: list[dict[str, Any]]) -> pd.DataFrame:
    """A table without rows, with the declared columns and types."""
    return pd.DataFrame({field["name"]: pd.Series(dtype=DTYPES[field["type"]]) for field in fields})


def parse(name: str, content: bytes, schema: dict[str, Any]) -> tuple[pd.DataFrame, list[str]]:
    """A typed table from the bytes of its file, and one line for every broken rule.

    `schema` is the Frictionless table schema of the data package; a table that
    cannot be read comes back without rows. The same bytes are parsed once, and callers get copies.
    """
    frame, broken = _parsed(name, content, json.dumps(schema))
    return frame.copy(), list(broken)


@lru_cache(100)
def _parsed(name: str, content: bytes, described: str) -> tuple[pd.DataFrame, list[str]]:
    schema = json.loads(described)
    none = empty(schema["fields"])
    if not content.strip():
        return none, [f"{name}: the file is empty; extract the report again"]
    if content.startswith(b"\xef\xbb\xbf"):
        return none, [f"{name}: starts with a byte-order mark; save as plain UTF-8"]
    if b"\r" in content:
        return none, [f"{name}: has Windows line ends (CRLF); save with \\n"]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        row = content[: error.start].count(b"\n") + 1
        return none, [f"{name}, file line {row}: a byte is not UTF-8; save as UTF-8"]
    wanted, head = list(none.columns), text.partition("\n")[0].split(",")
    if head != wanted:
        differ = {"missing": [c for c in wanted if c not in head], "unknown": [c for c in head if c not in wanted]}
        said = "; ".join(f"{how} {', '.join(columns)}" for how, columns in differ.items() if columns) or "other order"
        return none, [f"{name}: wrong columns ({said}); they are {', '.join(wanted)}"]
    try:
        raw = pd.read_csv(StringIO(text), dtype="string", keep_default_na=False, na_values=[""])
    except pd.errors.ParserError as error:
        return none, [f"{name}: not a table ({str(error).strip()})"]
    if not isinstance(raw.index, pd.RangeIndex):
        return none, [f"{name}: not a table (row 1 has more fields than there are columns)"]
    frame, broken = {}, []
    for field in schema["fields"]:
        frame[field["name"]], wrong = _column(name, raw[field["name"]], field)
        broken += wrong
    table = pd.DataFrame(frame)
    broken += _primary_key(name, table, schema.get("primaryKey", []))
    return table, broken


NUMBERS = {
    "integer": (r"[+-]?[0-9]{1,18}", "is not a whole number"),
    "number": (r"[+-]?[0-9]{1,18}(\.[0-9]{1,18})?([eE][+-]?[0-9]{1,2})?", "is not a number"),
}


def _column(table: str, raw: pd.Series, field: dict[str, Any]) -> tuple[pd.Series, list[str]]:
    """A typed column and one line for the first row that breaks each rule."""
    broken: list[str] = []

    def report(bad: pd.Series, rule: str) -> None:
        if (row := _first(bad)) is not None:
            more = int(bad.sum()) - 1
            tail = f" (and {more} more)" if more else ""
            value = "empty" if pd.isna(raw.iloc[row]) else repr(str(raw.iloc[row])[:60])
            broken.append(f"{table}, row {row + 1}, column {field['name']}: {value} {rule}{tail}")

    typed, wrong, rule = _typed(raw, field["type"])
    report(wrong, rule)
    for bad, words in _outside(raw, typed, field.get("constraints", {})):
        report(bad, words)
    return typed, broken


def _typed(raw: pd.Series, kind: str) -> tuple[pd.Series, pd.Series, str]:
    """A column in its type, where it cannot be, and what is wrong there."""
    if kind == "boolean":
        known = raw.map({"true": True, "false": False})
        return known.astype("boolean"), raw.notna() & known.isna(), "is not true or false"
    if kind in NUMBERS:
        pattern, rule = NUMBERS[kind]
        wrong = raw.notna() & ~_fits(raw, re.compile(pattern).fullmatch)
        numbers = pd.to_numeric(raw.mask(wrong), errors="coerce")
        return pd.Series(numbers, dtype=DTYPES[kind]), wrong, rule
    return raw.astype("string"), _fits(raw, re.compile(CONTROL).search), "holds a control character"


def _fits(raw: pd.Series, test: Callable[[str], object]) -> pd.Series:
    """Where a text passes a test, which each distinct text takes once; not where there is none."""
    return raw.isin([text for text in raw.dropna().unique() if test(text)])


def _outside(raw: pd.Series, typed: pd.Series, limits: dict[str, Any]) -> Iterator[tuple[pd.Series, str]]:
    """Rows that break each declared constraint, with what to say of them."""
    if limits.get("required"):
        yield raw.isna(), "is required"
    if "minimum" in limits:
        yield (typed < limits["minimum"]).fillna(False).astype(bool), f"is below {limits['minimum']}"
    if "maximum" in limits:
        yield (typed > limits["maximum"]).fillna(False).astype(bool), f"is above {limits['maximum']}"
    if "enum" in limits:
        yield raw.notna() & ~raw.isin(limits["enum"]), "is none of " + ", ".join(limits["enum"])
    if "pattern" in limits:
        yield raw.notna() & ~_fits(raw, re.compile(limits["pattern"]).fullmatch), f"does not match {limits['pattern']}"


def _first(bad: pd.Series) -> int | None:
    """Place of the first row where something is wrong; None where nothing is."""
    return int(bad.to_numpy().argmax()) if bad.any() else None


def _primary_key(name: str, table: pd.DataFrame, key: list[str]) -> list[str]:
    row = _first(table.duplicated(subset=key, keep="first")) if key else None
    if row is None:
        return []
    values = ", ".join(f"{column}={table[column].iloc[row]}" for column in key)
    return [f"{name}, row {row + 1}: repeats the key {values}"]


def foreign_keys(resource: dict[str, Any], frames: dict[str, pd.DataFrame]) -> list[str]:
    """Values of a table that the table it refers to lacks, one line a link."""
    broken = []
    for link in resource["schema"].get("foreignKeys", []):
        column, target = link["fields"][0], link["reference"]["resource"]
        known = frames[target][link["reference"]["fields"][0]]
        values = frames[resource["name"]][column]
        if (row := _first(~values.isin(known))) is not None:
            said = f"{values.iloc[row]!r} is not in {target}"
            broken.append(f"{resource['name']}, row {row + 1}, column {column}: {said}")
    return broken
