"""What a batch runs: the manifest's notebooks for each year, with parameters."""

from __future__ import annotations

import ast
import contextlib
import csv
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
NOTEBOOKS = ROOT / "notebooks"
ALL = "all"
OPTIONS = {"year": "--year", "data_dir": "--data"}  # parameters that a batch sets itself


class JobError(ValueError):
    """A batch cannot be made from what was asked; says what is allowed."""


@dataclass(frozen=True)
class Notebook:
    """One entry of the manifest; no `tables` stand for all, `by_year` are counted by year."""

    name: str
    title: str
    question: str
    tables: tuple[str, ...]
    folder: Path = NOTEBOOKS
    by_year: tuple[str, ...] = ()

    @property
    def path(self) -> Path:
        """The notebook's file."""
        return self.folder / f"{self.name}.ipynb"


@dataclass(frozen=True)
class Job:
    """One notebook with its parameters: one page."""

    notebook: Notebook
    year: int | str
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """`2021/1_standards_throughput`, also the page's place in the site."""
        return f"{self.year}/{self.notebook.name}"


@cache
def manifest() -> tuple[Notebook, ...]:
    """The notebooks in reading order."""
    entries = yaml.safe_load(files(__package__).joinpath("manifest.yaml").read_text("utf-8"))
    return tuple(
        Notebook(
            e["name"],
            e["title"],
            e["question"],
            () if e["tables"] == ALL else tuple(e["tables"]),
            by_year=tuple(e.get("by_year", ())),
        )
        for e in entries["notebooks"]
    )


def years(data_dir: Path | None = None) -> list[int]:
    """Years that pages are made for: those of the table that the manifest names.

    Raises `JobError` where that table cannot be read.
    """
    table = yaml.safe_load(files(__package__).joinpath("manifest.yaml").read_text("utf-8"))["years"]
    path = (data_dir or ROOT / "data") / "editions" / "2018-2022" / "tables" / f"{table}.csv"
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return sorted({int(row["year"]) for row in csv.DictReader(file)})
    except (OSError, KeyError, ValueError) as error:
        hint = "python -m helpers check"
        raise JobError(f"{path} cannot be read ({error}); `{hint}` tells what is wrong with the tables") from None


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


def parameter_names(notebook: Notebook) -> list[str]:
    """Names that the notebook's `parameters` cell sets."""
    tagged = [cell for cell in cells(notebook.path) if "parameters" in cell["metadata"].get("tags", [])]
    names = []
    for statement in (part for cell in tagged for part in statements("".join(cell["source"]))):
        targets = [statement.target] if isinstance(statement, ast.AnnAssign) else getattr(statement, "targets", [])
        names += [target.id for target in targets if isinstance(target, ast.Name)]
    return names


def plan(
    chosen_years: Iterable[str] = (),
    names: Iterable[str] = (),
    parameters: Mapping[str, Any] | None = None,
    data_dir: Path | None = None,
) -> list[Job]:
    """Jobs for the chosen years and notebooks, each with what it takes of `parameters`.

    Empty choices stand for everything. A notebook may be named by its number.
    Raises `JobError` for an unknown year, notebook, or a parameter that none of
    the notebooks has.
    """
    notebooks = list(dict.fromkeys(_notebook(name) for name in names)) or list(manifest())
    every: list[int | str] = [*years(data_dir), ALL]
    wanted = list(dict.fromkeys(_year(year, every) for year in chosen_years)) or every
    known = {notebook.name: parameter_names(notebook) for notebook in notebooks}
    for name, value in (parameters or {}).items():
        _plain(name, value)
        if name in OPTIONS:
            raise JobError(f"{name} is no free parameter: use {OPTIONS[name]}")
        takers = [notebook for notebook, has in known.items() if name in has]
        if not takers:
            allowed = sorted({p for has in known.values() for p in has} - set(OPTIONS))
            raise JobError(f"no chosen notebook has a parameter {name!r}; there are {', '.join(allowed)}")
    return [
        Job(notebook, year, {k: v for k, v in (parameters or {}).items() if k in known[notebook.name]})
        for year in wanted
        for notebook in notebooks
    ]


def _plain(name: str, value: Any) -> None:
    """Refuse a value that no notebook can be given: what JSON or UTF-8 cannot hold."""
    try:
        json.dumps(value, sort_keys=True, allow_nan=False, ensure_ascii=False).encode()
    except (TypeError, ValueError, RecursionError):
        raise JobError(
            f"-p {name}: {value!r} cannot be a parameter; give numbers, texts, true, false, or lists of them"
        ) from None


def _notebook(name: str) -> Notebook:
    bare = name.removesuffix(".ipynb").split("/")[-1]
    for notebook in manifest():
        if bare in (notebook.name, notebook.name.split("_")[0]):
            return notebook
    raise JobError(f"no notebook {name!r}; there are {', '.join(n.name for n in manifest())}")


def _year(year: str, every: list[int | str]) -> int | str:
    for known in every:
        if str(year) == str(known):
            return known
    raise JobError(f"no year {year!r}; there are {', '.join(map(str, every))}")
