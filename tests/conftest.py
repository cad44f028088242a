"""What the tests share: the small report, the real one where it is, the data."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import settings

from helpers.__main__ import main
from helpers.tables import load as data
from tests import small_report

ROOT = Path(__file__).parent.parent
# The same inputs in every run and no deadlines, so that a slow machine fails nothing;
# `pytest --hypothesis-profile=default` looks for new ones.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.load_profile("repeatable")
REAL = sorted((ROOT.parent / "shared" / "report").glob("*.txt"))


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
    """Every committed table, typed."""
    return data.load_all()


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    """All pages, made once by the command line."""
    out = tmp_path_factory.mktemp("site")
    assert main(["run", "--out", str(out)]) == 0
    return out
