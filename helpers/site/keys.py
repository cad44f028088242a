"""What a page depends on, as one hash: an unchanged job need not run again."""

from __future__ import annotations

import ast
import hashlib
import json
import subprocess
import sys
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from helpers.site.jobs import ALL, ROOT, Job, JobError, Notebook, cells, statements, years

HELPERS = ROOT / "helpers"
PAGE_PARTS = ["site/pages.py", "site/keys.py", "site/jobs.py", "site/manifest.yaml"]


def key(job: Job, data_dir: Path | None = None) -> str:
    """Hash of notebook, parameters, tables, helper modules, template and lock file.

    A table counts only for the notebooks that read it, a module only for those
    that import it, directly or through others.
    """
    digest = hashlib.sha256()
    parts: list[Any] = [
        sys.version,
        job.year,
        dict(job.parameters),
        _file(job.notebook.path),
        _file(ROOT / "requirements.lock"),
        years(data_dir),  # the page leads to each
        _about(data_dir),
    ]
    parts += [table_state(name, data_dir) for name in job.notebook.tables or all_tables(data_dir)]
    parts += [_file(path) for path in modules(job.notebook.path)]
    parts += [_file(HELPERS / part) for part in PAGE_PARTS]
    parts += [_file(path) for path in sorted((HELPERS / "site" / "template").iterdir())]
    for part in parts:
        digest.update(json.dumps(part, sort_keys=True, default=str).encode() + b"\0")
    return digest.hexdigest()


def _about(data_dir: Path | None) -> dict[str, Any]:
    """What the data package says of all tables: its version and its caveats."""
    package = _package(data_dir or ROOT / "data")
    return {name: package.get(name) for name in ("version", "caveats")}


def site_key(*parts: Any) -> str:
    """Hash of what the index or the data page shows, and of what makes them."""
    made_by = [HELPERS / "site" / name for name in ("index.py", "data_page.py", "pages.py", "manifest.yaml")]
    made_by += [
        HELPERS / "show" / "tables.py",
        ROOT / "requirements.lock",
        *sorted((HELPERS / "site" / "template").iterdir()),
    ]
    said = json.dumps([*parts, *map(_file, made_by)], sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()


def tables_state(data_dir: Path | None = None) -> list[str]:
    """Names and hashes of the data package and of every table, as they are on disk."""
    folder = data_dir or ROOT / "data"
    return [
        _file(folder / "datapackage.json"),
        *(_file(folder / "editions" / "2018-2022" / "tables" / f"{name}.csv") for name in all_tables(data_dir)),
    ]


def modules(notebook: Path) -> list[Path]:
    """Helper modules (and their YAML files) that a notebook needs, in order of names."""
    sources = ["".join(cell["source"]) for cell in cells(notebook) if cell.get("cell_type") == "code"]
    needed: set[Path] = set()
    waiting = set().union(*map(_imports, sources))
    while waiting:
        path = waiting.pop()
        if path not in needed:
            needed.add(path)
            waiting |= _imports_of(path, path.stat().st_mtime_ns)
            beside = ROOT / "data" / "editions" / "2018-2022" / {"audit": "checks.yaml"}.get(path.stem, "")
            if beside.suffix:
                needed.add(beside)
    return sorted(needed)


@cache
def _imports_of(path: Path, changed: int) -> set[Path]:
    """Imports of a module, read again only when it has changed."""
    return _imports(path.read_text("utf-8"))


def _imports(source: str) -> set[Path]:
    """Files of the helper modules that a source imports."""
    found = set()
    for node in (node for statement in statements(source) for node in ast.walk(statement)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.split(".")[0] == "helpers":
            names = [f"{node.module}.{alias.name}" for alias in node.names] + [node.module]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names if alias.name.startswith("helpers")]
        else:
            continue
        paths = [ROOT / (name.replace(".", "/") + ".py") for name in names]
        found |= {path for path in paths if path.is_file()}
    return found


def _file(path: Path) -> str:
    """Name and hash of a file, hashed again only when it has changed."""
    if not path.is_file():
        return f"{path.name}: none"
    state = path.stat()
    return f"{path.name}: {_hash(path, state.st_mtime_ns, state.st_size)}"


@cache
def _hash(path: Path, changed: int, size: int) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def table_state(name: str, data_dir: Path | None) -> str:
    """A table's bytes and what the data package says of it."""
    folder = data_dir or ROOT / "data"
    described = next((r for r in _package(folder)["resources"] if r["name"] == name), None)
    return (
        f"{_file(folder / 'editions' / '2018-2022' / 'tables' / f'{name}.csv')} {json.dumps(described, sort_keys=True)}"
    )


def all_tables(data_dir: Path | None) -> list[str]:
    """Names of the tables in the data package."""
    return [resource["name"] for resource in _package(data_dir or ROOT / "data")["resources"]]


def _package(folder: Path) -> dict[str, Any]:
    path = folder / "datapackage.json"
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise JobError(
            f"{path} cannot be read ({error}); run `python -m helpers extract REPORT --out {folder}`"
        ) from None


def partial(notebook: Notebook, year: int | str, data_dir: Path | None = None) -> str:
    """Why a page's year is not whole (`partial: counts close on 1 November 2021`); empty where it is."""
    resources = {resource["name"]: resource for resource in _package(data_dir or ROOT / "data")["resources"]}
    ends = {resources[name].get("temporal", {}).get("end") for name in notebook.by_year} - {None}
    days = sorted(date.fromisoformat(end) for end in ends)
    said = [f"{day.day} {day:%B %Y}" for day in days if str(year) in (ALL, str(day.year))]
    return f"partial: counts close on {' and '.join(said)}" if said else ""


def data_version(data_dir: Path | None = None) -> str:
    """Version of the tables as the data package names it."""
    return str(_package(data_dir or ROOT / "data")["version"])


def commit() -> str:
    """Short commit of the working tree, `+` for changes, `none` outside git."""
    return git("describe", "--always", "--dirty=+", "--abbrev=10", "--exclude=*") or "none"


def git(*arguments: str) -> str:
    """What git prints on this project, empty where it cannot."""
    try:
        run = subprocess.run(
            ["git", "-C", str(ROOT), *arguments], capture_output=True, text=True, timeout=10, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return run.stdout.strip()
