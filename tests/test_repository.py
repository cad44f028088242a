"""What keeps the repository in one piece: layers, promises of the README, declarations."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from helpers.analyses import official, overview
from helpers.files import HELPERS, ROOT
from helpers.site import jobs
from helpers.tables import contract, editions

# Storey → storeys that it may use, beside itself.
BOTTOM = {"files", "rounding", "period"}
STOREYS = {
    "files": set(),
    "rounding": set(),
    "period": {"files"},
    "tables": BOTTOM,
    "extract": {"files", "tables"},
    "published": {"files", "tables"},
    "selection": BOTTOM | {"tables"},
    "analyses": BOTTOM | {"tables", "selection"},
    "sentences": BOTTOM | {"tables", "selection", "analyses"},
    "show": BOTTOM | {"tables", "selection", "analyses", "sentences"},
    "site": BOTTOM | {"tables", "selection", "analyses", "sentences", "show"},
    "__main__": BOTTOM | {"tables", "extract", "published", "selection", "analyses", "sentences", "show", "site"},
}
# Library → the storeys that know it.
LIBRARIES = {
    "papermill": {"site"},
    "nbconvert": {"site"},
    "nbclient": {"site"},
    "docx": {"extract"},
    "matplotlib": {"show"},
    "seaborn": {"show"},
    "IPython": {"show", "site"},
    "scipy": {"analyses"},
}
MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for path in sorted(HELPERS.rglob("*.py"))
}


def imports(path: Path) -> set[str]:
    """Modules that a file imports, wherever in it, but for types alone."""
    found = set()
    todo = list(ast.parse(path.read_text("utf-8")).body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.If) and getattr(node.test, "id", "") == "TYPE_CHECKING":
            continue
        if isinstance(node, ast.ImportFrom) and node.module:
            ours = {name for alias in node.names if (name := f"{node.module}.{alias.name}") in MODULES}
            found |= ours | ({node.module} if len(ours) < len(node.names) else set())
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        todo += ast.iter_child_nodes(node)
    return found


IMPORTS = {name: imports(path) for name, path in MODULES.items()}


@pytest.mark.parametrize("module", MODULES)
def test_a_storey_uses_only_those_below(module):
    if module == "helpers":
        return
    storey = module.split(".")[1]
    used = {name.split(".")[1] for name in IMPORTS[module] if name.startswith("helpers.")} - {storey}
    assert used <= STOREYS[storey], f"{module} uses {', '.join(sorted(used - STOREYS[storey]))}"
    libraries = {name.split(".")[0] for name in IMPORTS[module]} & set(LIBRARIES)
    assert all(storey in LIBRARIES[name] for name in libraries), f"{module} uses {', '.join(sorted(libraries))}"


def test_no_module_imports_itself_through_others():
    done: set[str] = set()

    def walk(module: str, trail: list[str]) -> None:
        assert module not in trail, " → ".join([*trail[trail.index(module) :], module])
        if module not in done:
            for other in sorted(IMPORTS[module] & set(MODULES)):
                walk(other, [*trail, module])
            done.add(module)

    for module in MODULES:
        walk(module, [])


MONTH = "January|February|March|April|May|June|July|August|September|October|November|December"
LIMITS = {1800, 1990, 2099}  # of any year, as the contract has them
OF_ONE_EDITION = {
    "a year": rf"(?<![\d.])(?!{'|'.join(map(str, LIMITS))})(?:19|20)\d\d(?!\d)",
    "a study group": r"\bSG\s?\d",
    "a section": r"(?i)\bsection \d|\bannex \d|^\d\.\d{1,2}$",
    "a date": rf"\b\d{{1,2}} (?:{MONTH})\b|\b(?:{MONTH}) \d",
    "an event": r"\b[A-Z]{2,5}-\d\d\b",
}


def names_of_an_edition() -> tuple[set[str], set[str]]:
    """Captions and heads of the newest edition, of two words or more, and the proper names of its events."""
    edition = editions.edition()
    captions = {text for text in _texts(edition.rules("captions")) if len(text.split()) > 1}
    events = edition.rules("participation")
    names = {*events.get("yearly_events", {}), *events.get("digital_world", {}).get("events", [])}
    return captions, names | {edition.title, *edition.about["recognised_by"][:1]}


def _texts(rules: object) -> Iterator[str]:
    if isinstance(rules, dict):
        yield from (key for key in rules if isinstance(key, str))
        yield from _texts(list(rules.values()))
    elif isinstance(rules, list):
        for item in rules:
            yield from _texts(item)
    elif isinstance(rules, str):
        yield rules


def literals(source: str) -> Iterator[tuple[int, str]]:
    """Texts and whole numbers of a module with their lines, docstrings apart."""
    tree = ast.parse(source)
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and id(node) not in told:
            if isinstance(node.value, str):
                yield node.lineno, node.value
            elif type(node.value) is int and node.value not in LIMITS:
                yield node.lineno, str(node.value)


CAPTIONS, NAMES = names_of_an_edition()
ADDRESS = re.compile(r"https?://\S+")


def named(text: str) -> list[str]:
    """What a text names that only one edition has."""
    text = ADDRESS.sub("", text)
    found = [what for what, pattern in OF_ONE_EDITION.items() if re.search(pattern, text)]
    found += ["a caption"] * (text in CAPTIONS)
    return found + [repr(name) for name in NAMES if re.search(rf"\b{re.escape(name)}\b", text)]


@pytest.mark.parametrize("module", MODULES)
def test_no_edition_stands_in_code(module):
    source = MODULES[module].read_text("utf-8")
    told = [
        f"line {line}: {', '.join(what)}: {text[:80]!r}" for line, text in literals(source) if (what := named(text))
    ]
    assert told == [], "\n".join([module, *told])


@pytest.mark.parametrize("notebook", sorted(jobs.NOTEBOOKS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_no_edition_stands_in_a_notebook(notebook):
    cells = json.loads(notebook.read_text("utf-8"))["cells"]
    lines = [line for cell in cells for line in "".join(cell["source"]).split("\n")]
    assert [f"{', '.join(what)}: {line[:80]!r}" for line in lines if (what := named(line))] == []


def test_lines_of_rules_and_declarations_are_short():
    for path in [*HELPERS.rglob("*.yaml"), *editions.DATA.rglob("*.yaml")]:
        long = [number for number, line in enumerate(path.read_text("utf-8").split("\n"), 1) if len(line) > 120]
        assert long == [], f"{path}: lines {long} are longer than 120 characters"


def test_every_caveat_is_declared_and_used():
    used = {name for table in contract.declaration()["tables"].values() for name in table.get("caveats", [])}
    assert used == set(contract.declaration()["caveats"])


def test_the_readme_names_every_notebook_command_and_target():
    from helpers.__main__ import main

    text = (ROOT / "README.md").read_text("utf-8")
    assert all(f"`{notebook.name}`" in text for notebook in jobs.manifest())
    with pytest.raises(SystemExit):
        main(["--help"])
    for command in ("extract", "check", "audit", "jobs", "run", "page", "bundle"):
        assert f"helpers {command}" in text, command
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"    make (\w+)", text):
        assert f"\n{target}:" in makefile, target


def test_the_continuous_run_is_the_readmes_command():
    assert (ROOT / ".ci/run").read_text("utf-8").rstrip().endswith("make test")


def test_the_manifest_tells_the_truth_about_tables():
    """A notebook loads the tables that the manifest names, and no other."""
    for notebook in jobs.manifest():
        source = notebook.path.read_text("utf-8").replace('\\"', '"')
        loaded = set(re.findall(r'\.table\("(\w+)"', source))
        loaded |= set(overview.TABLES) if "overview.tables(" in source else set()
        if notebook.tables:
            assert loaded == set(notebook.tables), notebook.name
        published = set(re.findall(r'\.published\("(\w+)"', source))
        published |= set(official.TABLES) if "official.read(" in source else set()
        assert published == set(notebook.published), notebook.name
