"""Named parameter sets: one YAML file, many pages (`run --sets FILE.yaml`).

    sg15-17: {notebook: 1, year: [2020, 2021], study_groups: [SG15, SG17]}
    africa: {geography: [World, Africa]}

A set's name stands in its pages' names and titles. `notebook` and `year` may be one or a
list; where a set names none, those of the command line count, then all years and every
notebook that takes one of its parameters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from helpers.site import jobs
from helpers.site.jobs import Job, JobError, defaults, plan
from helpers.tables.editions import Edition

NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
LARGEST = 1_000_000  # bytes


class _Plain(yaml.SafeLoader):
    """YAML without aliases, which can say more than any memory holds, and without a name given twice."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError(f"aliases (*name) are not taken, {self.peek_event().start_mark}".strip())
        return super().compose_node(parent, index)

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        names = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        twice = [name for place, name in enumerate(names) if name in names[:place]]
        if twice:
            raise yaml.YAMLError(f"{twice[0]!r} stands there twice")
        return super().construct_mapping(node, deep)


def read_yaml(text: str) -> Any:
    """A YAML text as plain values. Raises `JobError` where it is none, or has aliases or a name twice."""
    try:
        return yaml.load(text, Loader=_Plain)
    except RecursionError:
        raise JobError("not readable (too many brackets in brackets)") from None
    except (yaml.YAMLError, ValueError) as error:
        raise JobError(f"not readable ({' '.join(str(error).split())})") from None


def plan_sets(path: Path, years: Iterable[str], names: Iterable[str], edition: Edition) -> list[Job]:
    """The jobs of every set of a file, each page once. Raises `JobError` that names the file and the set."""
    planned: dict[str, Job] = {}
    for name, given in _sets(path).items():
        try:
            planned |= {job.name: job for job in _plan_set(name, given, list(years), list(names), edition)}
        except JobError as error:
            raise JobError(f"{path}: set {name!r}: {error}") from None
    return list(planned.values())


def _sets(path: Path) -> dict[Any, Any]:
    try:
        content = path.read_bytes()
        if len(content) > LARGEST:
            raise JobError("is larger than a megabyte")
        found = read_yaml(content.decode("utf-8"))
    except (OSError, UnicodeDecodeError, JobError) as error:
        raise JobError(f"{path}: {error}") from None
    if not isinstance(found, dict) or not found:
        raise JobError(f"{path}: holds no sets; write one a line, `name: {{notebook: …, parameter: value}}`")
    return found


def _plan_set(name: Any, given: Any, years: list[str], names: list[str], edition: Edition) -> list[Job]:
    if not isinstance(given, dict) or not all(isinstance(key, str) for key in given):
        raise JobError("write its parameters as {name: value}")
    known = {parameter for notebook in jobs.manifest() for parameter in defaults(notebook)}
    if not isinstance(name, str) or not NAME.fullmatch(name) or name.startswith(tuple(f"{p}-" for p in known)):
        raise JobError("name it with letters, digits, '-' and '_' (60 at most), and not like a parameter")
    own = {key: value for key, value in given.items() if key not in ("year", "notebook")}
    years = _listed(given.get("year")) or years
    takers = [notebook.name for notebook in jobs.manifest() if own.keys() & defaults(notebook).keys()]
    return plan(years, _listed(given.get("notebook")) or names or takers, own, edition, name)


def _listed(value: Any) -> list[str]:
    """One or many as texts; none where nothing is given."""
    return [str(item) for item in (value if isinstance(value, list) else [value]) if item is not None]
