"""What a batch runs: the manifest's notebooks for each year of an edition, with parameters."""

from __future__ import annotations

import ast
import contextlib
import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from helpers.files import NOTEBOOKS, InputError
from helpers.period import ALL, ParameterError, Period, listing, period
from helpers.tables import editions
from helpers.tables.editions import Edition

OPTIONS = {"year": "--year", "edition": "--edition", "data_dir": "--data"}  # parameters that a batch sets itself
LAB_ALONE = "skip-execution"  # nbclient's tag of a cell that it does not run: the controls, which no page has
LONGEST = 100  # characters of what a page's name says of a selection


class JobError(InputError):
    """A batch cannot be made from what was asked; says what is allowed."""


@dataclass(frozen=True)
class Notebook:
    """One entry of the manifest: the edition's tables that it reads (none stand for all), and published ones.

    `by_year` are the tables whose yearly counts it shows.
    """

    name: str
    title: str
    question: str
    tables: tuple[str, ...] = ()
    folder: Path = NOTEBOOKS
    by_year: tuple[str, ...] = ()
    published: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """The notebook's file."""
        return self.folder / f"{self.name}.ipynb"


@dataclass(frozen=True)
class Job:
    """One notebook with its parameters: one page.

    `year` is a year, `all`, or several years with commas between. `parameters` holds only what
    differs from the notebook's defaults; a job without any makes the standard page of its year.
    """

    notebook: Notebook
    edition: Edition
    year: int | str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    of_set: str = ""  # name of the parameter set that it belongs to

    @property
    def name(self) -> str:
        """`2018-2022/2021/1_standards_throughput`, also the page's place in the site; a selection's says what."""
        said = f"--{self.of_set or readable(self.parameters)}" if self.parameters else ""
        return f"{self.edition.name}/{self.year}/{self.notebook.name}{said}"

    @property
    def label(self) -> str:
        """What the page is about, in a title: `2021`, `2019 and 2021`, `whole period`, `2021, SG15 and SG17`."""
        year = "whole period" if self.year == ALL else self.period.label
        return f"{year}, {self.selection}" if self.parameters else year

    @property
    def period(self) -> Period:
        """The years that the page is about."""
        return period(self.year, self.edition.years)

    @property
    def selection(self) -> str:
        """What was chosen, in words, headed by the name of its set; empty on a standard page."""
        said = [
            listing(value) if isinstance(value, list) and value else f"{name.replace('_', ' ')} {_word(value)}"
            for name, value in self.parameters.items()
        ]
        return (f"{self.of_set}: " if said and self.of_set else "") + ", ".join(said)


@cache
def manifest() -> tuple[Notebook, ...]:
    """The notebooks in reading order."""
    entries = yaml.safe_load(files(__package__).joinpath("manifest.yaml").read_text("utf-8"))
    return tuple(
        Notebook(
            e["name"],
            e["title"],
            e["question"],
            tuple(e.get("tables", ())),
            by_year=tuple(e.get("by_year", ())),
            published=tuple(e.get("published", ())),
        )
        for e in entries
    )


def cells(notebook: Path) -> list[dict[str, Any]]:
    """The cells of a notebook file. Raises `JobError` where it is none."""
    try:
        found = json.loads(notebook.read_text("utf-8"))["cells"]
        return [cell | {"metadata": cell.get("metadata", {}), "source": cell["source"]} for cell in found]
    except (OSError, ValueError, LookupError, TypeError) as error:
        raise JobError(f"{notebook} is no notebook of format 4 ({error}); open it in JupyterLab and save it") from None


def statements(source: str) -> list[ast.stmt]:
    """The Python of a cell; of one with magics or mistakes only the lines that are imports."""
    try:
        return ast.parse(source).body
    except (SyntaxError, ValueError):
        imports = [line.strip() for line in source.splitlines() if line.lstrip().startswith(("from ", "import "))]
        found = []
        for line in imports:
            with contextlib.suppress(SyntaxError, ValueError):
                found += ast.parse(line).body
        return found


def defaults(notebook: Notebook) -> dict[str, Any]:
    """Names and default values that the notebook's `parameters` cell sets; `...` for one that is no plain value."""
    return assigned(notebook.path, {"parameters"})


def assigned(path: Path, tags: set[str]) -> dict[str, Any]:
    """Names and plain values that the cells with one of these tags set, a later one over an earlier one."""
    tagged = [cell for cell in cells(path) if tags & set(cell["metadata"].get("tags", []))]
    found: dict[str, Any] = {}
    for statement in (part for cell in tagged for part in statements("".join(cell["source"]))):
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value:
            targets = [statement.target] if isinstance(statement, ast.AnnAssign) else statement.targets
            value: Any = ...
            with contextlib.suppress(ValueError):
                value = ast.literal_eval(statement.value)
            found |= {target.id: value for target in targets if isinstance(target, ast.Name)}
    return found


def plan(
    years: Iterable[object] = (),
    names: Iterable[str] = (),
    parameters: Mapping[str, Any] | None = None,
    edition: Edition | None = None,
    of_set: str = "",
) -> list[Job]:
    """Jobs for the chosen years and notebooks, each with what it takes of `parameters`.

    Empty choices stand for everything but several years, no edition for the newest. A notebook may
    be named by its number. Raises `JobError` for an unknown year, notebook, or a parameter that none of
    the notebooks has.
    """
    edition, given = edition or editions.edition(), parameters or {}
    notebooks = list(dict.fromkeys(_notebook(name) for name in names)) or list(manifest())
    wanted = list(dict.fromkeys(_year(year, edition) for year in years)) or [*edition.years, ALL]
    known = {notebook.name: defaults(notebook) for notebook in notebooks}
    for name, value in given.items():
        _plain(name, value)
        if name in OPTIONS:
            raise JobError(f"{name} is no free parameter: use {OPTIONS[name]}")
        if not any(name in has for has in known.values()):
            allowed = sorted({p for has in known.values() for p in has} - set(OPTIONS))
            raise JobError(f"no chosen notebook has a parameter {name!r}; there are {', '.join(allowed) or 'none'}")
    chosen = {name: _chosen(given, has) for name, has in known.items()}
    return [
        Job(notebook, edition, year, said, of_set if said else "")
        for year in wanted
        for notebook in notebooks
        for said in [chosen[notebook.name]]
    ]


def _chosen(given: Mapping[str, Any], has: Mapping[str, Any]) -> dict[str, Any]:
    """The values that a notebook takes and that are not its defaults, in order of names."""
    taken = {name: _in_order(given[name], has[name]) for name in sorted(given) if name in has}
    return {name: value for name, value in taken.items() if _json(value) != _json(_in_order(has[name], has[name]))}


def _in_order(value: Any, default: Any) -> Any:
    """A list of names, or what stands for one, each name once and sorted: another order is no other selection."""
    if isinstance(default, list) and isinstance(value, str):
        value = [part.strip() for part in value.split(",") if part.strip()]
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        return value
    return sorted(set(value), key=lambda name: (re.sub(r"\d+", lambda number: number[0].zfill(9), name), name))


def readable(parameters: Mapping[str, Any]) -> str:
    """A selection in a file's name: `study_groups-SG15-SG17`.

    A short hash ends what is too long, and what other values would be written like, too.
    """
    said, exact = [], True
    for name, value in parameters.items():
        items = value if isinstance(value, list) else [value]
        words = [re.sub(r"[^A-Za-z0-9._]+", "-", _word(item).replace(" ", "_")) for item in items]
        said.append("-".join([name, *words]))
        exact &= all(_reads_back(item) for item in items)
    whole = "--".join(said)
    if exact and len(whole) <= LONGEST:
        return whole
    return f"{whole[:LONGEST].strip('-.')}-{hashlib.sha256(_json(parameters).encode()).hexdigest()[:8]}"


def _reads_back(item: Any) -> bool:
    """Whether no other value is written as this one is."""
    if isinstance(item, str):
        return bool(re.fullmatch(r"[A-Za-z][A-Za-z0-9]*( [A-Za-z0-9]+)*", item)) and isinstance(
            yaml.safe_load(item), str
        )
    return isinstance(item, bool | int) and "-" not in str(item)


def _word(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True, default=repr)


def _plain(name: str, value: Any) -> None:
    """Refuse a value that no notebook can be given: what JSON or UTF-8 cannot hold."""
    try:
        json.dumps(value, sort_keys=True, allow_nan=False, ensure_ascii=False).encode()
    except (TypeError, ValueError, RecursionError):
        raise JobError(
            f"{name}: {value!r} cannot be a parameter; give numbers, texts, true, false, or lists of them"
        ) from None


def _notebook(name: str) -> Notebook:
    bare = str(name).removesuffix(".ipynb").split("/")[-1]
    for notebook in manifest():
        if bare in (notebook.name, notebook.name.split("_")[0]):
            return notebook
    raise JobError(f"no notebook {name!r}; there are {', '.join(n.name for n in manifest())}")


def _year(year: object, edition: Edition) -> int | str:
    try:
        return period(year, edition.years).name
    except ParameterError as error:
        raise JobError(str(error)) from None
