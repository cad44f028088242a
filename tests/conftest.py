"""What the tests share: the small report, the real one where it is, the data."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

from helpers import selection
from helpers.__main__ import main
from helpers.analyses import official
from helpers.extract import extract, write
from helpers.site import adapter  # noqa: F401 - before anything imports nbformat: spares each process a second
from helpers.tables import editions, load
from tests import small_report

ROOT = Path(__file__).parent.parent
TESTS = ROOT / "tests"  # a data folder itself: the made-up edition's rules are in tests/editions
# The same inputs in every run and no deadlines, so that a slow machine fails nothing;
# `pytest --hypothesis-profile=default` looks for new ones.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")
REAL = sorted((ROOT.parent / "shared" / "report").glob("*.txt"))


def pytest_collection_modifyitems(items):
    """Whole pages last: they take longest, and a fault is mostly noticed before."""
    items.sort(key=lambda item: item.path.stem == "test_golden")


@pytest.fixture(scope="session")
def small(tmp_path_factory):
    """The small report's text file."""
    path = tmp_path_factory.mktemp("small") / "report.txt"
    path.write_text(small_report.text(), "utf-8")
    return path


@pytest.fixture(scope="session")
def real():
    """The real report's text, which is no part of the project."""
    if not REAL:
        pytest.skip("the report's text is not on this machine")
    return REAL[0]


@pytest.fixture(scope="session")
def tables():
    """Every committed table of the newest edition, typed."""
    return load.every()


@pytest.fixture(scope="session")
def itut(tables):
    """The approvals of ITU-T in the newest edition."""
    return tables["itut_recommendations"]


@pytest.fixture(scope="session")
def itur(tables):
    """The approvals of ITU-R in the newest edition."""
    return tables["itur_recommendations"]


@pytest.fixture(scope="session")
def published():
    """The official figures and the report's own, as `official.read` puts them together."""
    return official.read(selection.choose("all"))


@pytest.fixture(scope="session")
def other(tmp_path_factory):
    """A data folder with the made-up edition, read by the extractor from the small report."""
    return small_report.edition(tmp_path_factory.mktemp("other")).data_dir


@pytest.fixture(scope="session")
def both(small, tmp_path_factory):
    """A data folder with the project's edition and the made-up one, which is newer, side by side."""
    folder = tmp_path_factory.mktemp("both") / "data"
    shutil.copytree(editions.DATA, folder)
    write(extract(small, editions.edition("", TESTS)), folder)
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """All pages, made once by the command line; the processes of the tests share them, so nobody writes there."""
    base = tmp_path_factory.getbasetemp()
    folder = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with (folder / "site.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (folder / "site/index.html").is_file():
            assert main(["run", "--out", str(folder / "site")]) == 0
    return folder / "site"
