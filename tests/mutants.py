"""Faults put into modules by mutmut, and how many of them the modules' own tests notice.

    make mutants MODULE="analyses.gaps sentences.gaps" SAMPLE=40

Of each module a sample is drawn (seed and names are printed; 0 takes every mutant) and tried with the
fast tests of the modules' names and the golden texts of the pages that use them. A fault in a line that
no test runs through counts as not noticed. Everything happens in `mutants/`, made anew each time.
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

from mutmut.__main__ import cli, copy_also_copy_files, copy_src_dir, create_mutants
from mutmut.configuration import config
from mutmut.mutation.data import SourceFileMutationData
from mutmut.mutation.diff_apply import get_diff_for_mutant
from mutmut.stats import status_by_exit_code

FOLDERS = ("", "analyses", "sentences")
GOLDEN = "tests/test_golden.py::test_a_page_of_the_project_reads_as_reviewed"
NOTICED = {"killed", "timeout", "segfault"}


def tests_of(module: str) -> Iterator[str]:
    """Files that test the module (of its name, else that import it) and golden texts of the last and of all years."""
    stem = module.rpartition(".")[2]
    imports = re.compile(rf"from helpers(\.analyses|\.sentences)? import [^\n\\]*\b{stem}\b")
    files = sorted(path for folder in FOLDERS for path in Path("tests", folder).glob("test_*.py"))
    own = [path for path in files if path.stem == f"test_{stem}"]
    yield from map(str, own or [path for path in files if imports.search(path.read_text("utf-8"))])
    edition = max(path.name for path in Path("data", "editions").iterdir())
    for notebook in sorted(Path("notebooks").glob("*.ipynb")):
        if imports.search(notebook.read_text("utf-8")) and ("overview" in notebook.stem) <= (stem == "overview"):
            for kept in sorted(Path("tests", "golden", edition).glob(f"*/{notebook.stem}.txt"))[-2:]:
                yield f"{GOLDEN}[{edition}/{kept.parent.name}/{kept.stem}]"


def main() -> None:
    """Print noticed and drawn of each module, then the faults that nobody noticed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("modules", nargs="+", help="as analyses.gaps")
    parser.add_argument("--sample", type=int, default=40, help="mutants of each module, 0 for all")
    parser.add_argument("--seed", type=int, default=12)
    parser.add_argument("--only", nargs="*", default=[], help="names of mutants, instead of a sample")
    chosen = parser.parse_args()
    paths = [Path("helpers", *module.split(".")).with_suffix(".py") for module in chosen.modules]

    shutil.rmtree("mutants", ignore_errors=True)
    Path("mutants").mkdir()
    config().only_mutate[:] = [str(path) for path in paths]
    config().pytest_add_cli_args_test_selection[:] = list(dict.fromkeys(t for m in chosen.modules for t in tests_of(m)))
    copy_src_dir()
    copy_also_copy_files()
    create_mutants(1)

    drawn = {path: sorted(_exits(path)) for path in paths}
    made = {path: len(names) for path, names in drawn.items()}
    for path, names in drawn.items():
        if chosen.only:
            drawn[path] = [name for name in names if name in chosen.only]
        elif 0 < chosen.sample < len(names):
            drawn[path] = sorted(random.Random(chosen.seed).sample(names, chosen.sample))
    cli(["run", "--max-children", "1", *(name for names in drawn.values() for name in names)], standalone_mode=False)

    for path, names in drawn.items():
        status = {name: status_by_exit_code[_exits(path)[name]] for name in names}
        missed = [name for name in names if status[name] not in NOTICED]
        print(f"\n{path}: {len(names) - len(missed)} of {len(names)} noticed ({made[path]} made, seed {chosen.seed})")
        for name in missed:
            print(f"\n{name}: {status[name]}\n{get_diff_for_mutant(name, path=path)}")


def _exits(path: Path) -> dict[str, int | None]:
    data = SourceFileMutationData(path=path)
    data.load()
    return data.exit_code_by_key


if __name__ == "__main__":
    main()
