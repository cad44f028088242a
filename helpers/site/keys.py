"""What a page depends on, as one hash: an unchanged job need not run again."""

from __future__ import annotations

import ast
import hashlib
import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

from helpers.files import HELPERS, INSTALLED, ROOT
from helpers.site.jobs import LAB_ALONE, Job, JobError, Notebook, cells, statements
from helpers.tables import contract
from helpers.tables.editions import Edition

SOURCES = {".py", ".yaml", ".j2", ".css", ".js"}
# What makes pages, index and data page, whatever they show.
MAKERS = [
    *sorted(path for path in (HELPERS / "site").rglob("*") if path.suffix in SOURCES),
    *(HELPERS / name for name in ("period.py", "selection.py", "show/tables.py", "show/theme.py")),
    HELPERS / "tables/contract.yaml",
    ROOT / "requirements.lock",
]


def key(job: Job) -> str:
    """Hash of notebook, parameters, the edition's rules and tables, helper modules, template and lock file.

    A table counts only for the notebooks that read it, a module only for those
    that import it, directly or through others.
    """
    edition = job.edition
    parts = [
        sys.version,
        [job.name, job.year, dict(job.parameters)],
        edition.years,  # the page leads to each
        _package(edition).get("caveats"),
        *map(_file, [job.notebook.path, *rules(edition), *modules(job.notebook.path), *MAKERS]),
        *(table_state(name, edition) for name in job.notebook.tables or tables(edition)),
        *published_state(job.notebook, edition),
    ]
    return _digest(parts)


def site_key(*parts: Any) -> str:
    """Hash of what the index or the data page shows, and of what makes them."""
    return _digest([*parts, *map(_file, MAKERS)])


def data_state(edition: Edition) -> list[Any]:
    """What the data page of an edition shows: what the data package says, and the state of every table."""
    about = {part: said for part, said in _package(edition).items() if part != "resources"}
    others = [edition.data_dir / contract.published_path(name) for name in contract.published()]
    states = [table_state(name, edition) for name in tables(edition)]
    return [about, *map(_file, [*rules(edition), *others]), *states]


def table_state(name: str, edition: Edition) -> str:
    """A table on disk and what the data package says of it; `none` where the edition does not have it."""
    described = next((r for r in _resources(edition) if r.get("table") == name), None)
    return f"{_file(edition.path(name))} {json.dumps(described, sort_keys=True)}"


def tables(edition: Edition) -> list[str]:
    """Names of the tables that the edition has, in the data package's order."""
    return [str(resource.get("table")) for resource in _resources(edition)]


def published(notebook: Notebook, edition: Edition) -> list[Path]:
    """Files of the published tables that a notebook reads, there or not."""
    return [edition.data_dir / contract.published_path(name) for name in notebook.published]


def published_state(notebook: Notebook, edition: Edition) -> list[str]:
    """Those files as they are on disk."""
    return list(map(_file, published(notebook, edition)))


def rules(edition: Edition) -> list[Path]:
    """The YAML files of an edition: what is true of it and of no other."""
    return sorted(edition.folder.glob("*.yaml"))


def modules(notebook: Path) -> list[Path]:
    """Helper modules (and the YAML files of their names) that a notebook needs, in order of names."""
    code = [cell for cell in cells(notebook) if cell.get("cell_type") == "code"]
    sources = ["".join(cell["source"]) for cell in code if LAB_ALONE not in cell["metadata"].get("tags", [])]
    needed: set[Path] = set()
    waiting = set().union(*map(_imports, sources))
    while waiting:
        path = waiting.pop()
        if path not in needed:
            needed.add(path)
            waiting |= _imports_of(path, path.stat().st_mtime_ns)
            if path.with_suffix(".yaml").is_file():
                needed.add(path.with_suffix(".yaml"))
    return sorted(needed)


@cache
def _imports_of(path: Path, changed: int) -> frozenset[Path]:
    """Imports of a module, read again only when it has changed."""
    return _imports(path.read_text("utf-8"))


@cache
def _imports(source: str) -> frozenset[Path]:
    """Files of the helper modules that a source imports, with the packages that they stand in."""
    names: set[str] = set()
    waiting: list[ast.AST] = list(statements(source))
    while waiting:
        node = waiting.pop()
        # an import is a statement: what stands in expressions, most of a source, need not be looked through
        waiting += [part for part in ast.iter_child_nodes(node) if isinstance(part, ast.stmt | ast.excepthandler)]
        if isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
    found = set()
    for name in (name.split(".") for name in names):
        if name[0] == "helpers":
            found |= {ROOT.joinpath(*name[:depth], "__init__.py") for depth in range(1, len(name) + 1)}
            found.add(ROOT.joinpath(*name).with_suffix(".py"))
    return frozenset(path for path in found if path.is_file())


def _file(path: Path) -> str:
    return f"{path.name}: {digest_of(path) or 'none'}"


def digest_of(path: Path) -> str:
    """Hash of a file, hashed again only when it has changed; empty where it is none or cannot be read."""
    try:
        state = path.stat()
        return _hash(path, state.st_mtime_ns, state.st_size)
    except OSError:
        return ""


@cache
def _hash(path: Path, changed: int, size: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _digest(parts: list[Any]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(json.dumps(part, sort_keys=True, default=str).encode() + b"\0")
    return digest.hexdigest()


def _resources(edition: Edition) -> list[dict[str, Any]]:
    found = _package(edition).get("resources", [])
    return [r for r in found if isinstance(r, dict) and r.get("edition") == edition.name]


def _package(edition: Edition) -> dict[str, Any]:
    path = edition.data_dir / "datapackage.json"
    try:
        return _read(path, path.stat().st_mtime_ns)
    except (OSError, ValueError) as error:
        hint = f"python -m helpers extract REPORT --data {edition.data_dir}"
        raise JobError(f"{path} cannot be read ({error}); run `{hint}`") from None


@cache
def _read(path: Path, changed: int) -> dict[str, Any]:
    found = json.loads(path.read_text("utf-8"))
    if not isinstance(found, dict):
        raise ValueError("no object")
    return found


def partial(job: Job) -> str:
    """Why a page's year is not whole (`partial: counts close on 1 November 2021`); empty where it is."""
    edition, years = job.edition, job.period.chosen
    shown = [name for name in job.notebook.by_year if edition.path(name).is_file()]
    days = sorted({day for day in map(edition.closes, shown) if day and day.year in years})
    said = []
    if days:
        said.append("partial: counts close on " + " and ".join(f"{day.day} {day:%B %Y}" for day in days))
    unknown = [name.replace("_", " ") for name in shown if edition.close_is_unknown(name)]
    if unknown and edition.years[-1] in years:
        said.append(f"closing day of {' and '.join(unknown)} not stated")
    return "; ".join(said)


def commit() -> str:
    """Short commit of the working tree, `+` for changes, `none` outside git."""
    return git("describe", "--always", "--dirty=+", "--abbrev=10", "--exclude=*") or "none"


def git(*arguments: str) -> str:
    """What git prints on this project, empty where it cannot."""
    if INSTALLED:  # a repository around the environment is not ours
        return ""
    try:
        run = subprocess.run(
            ["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return run.stdout.strip()
