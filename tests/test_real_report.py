"""The committed tables against the report itself, where it is present."""

from __future__ import annotations

import pytest

from helpers.extract import extract, write
from helpers.extract.layout import Report, read_lines
from helpers.extract.statements import unread_numbers
from helpers.tables import load as data


def test_extracting_again_gives_the_same_bytes(real, tmp_path):
    write(extract(real), tmp_path)
    for path in sorted(path for path in tmp_path.rglob("*") if path.is_file()):
        committed = data.DATA_DIR / path.relative_to(tmp_path)
        assert path.read_bytes() == committed.read_bytes(), f"{committed}: extract the report again"


def test_nothing_is_lost(real):
    assert extract(real).lost == []


def test_no_number_in_prose_is_left_unread(real):
    assert unread_numbers(Report(read_lines(real))) == []


def test_no_sentence_of_the_report_is_in_the_project(real):
    """Titles and printed labels carry over, sentences do not."""
    import re
    import subprocess

    root = data.DATA_DIR.parent
    listed = subprocess.run(
        ["git", "ls-files", "-co", "--exclude-standard"], cwd=root, capture_output=True, text=True, check=True
    )
    names = [
        name for name in listed.stdout.split() if not name.startswith("data/report/") and name != "requirements.lock"
    ]
    ours = " ".join(
        re.sub(r"\W+", " ", (root / n).read_text("utf-8", "ignore").lower()) for n in names if (root / n).is_file()
    )
    printed = " ".join(
        re.sub(r"\W+", " ", path.read_text("utf-8").lower())
        for path in (data.DATA_DIR / "editions/2018-2022/tables").glob("*.csv")
    )
    for line in read_lines(real):
        words = re.sub(r"\W+", " ", line.lower()).split()
        for start in range(0, len(words) - 11):
            run = " ".join(words[start : start + 12])
            assert run not in ours or run in printed, run


@pytest.mark.parametrize(
    ("group", "counts"),
    [("SG15", [94, 46, 84, 39]), ("SG17", [32, 40, 42, 50]), ("TSAG", [0, 4, 0, 0]), ("SG5", [41, 32, 29, 12])],
)
def test_counts_known_to_the_eye(tables, group, counts):
    itut = tables["itut_recommendations"]
    assert [
        int(((itut["study_group"] == group) & (itut["year"] == year)).sum()) for year in range(2018, 2022)
    ] == counts


def test_table_sizes(tables):
    sizes = {name: len(table) for name, table in tables.items()}
    assert sizes["itut_recommendations"] == 1096 and tables["itut_recommendations"]["study_group"].nunique() == 12
    assert (sizes["focus_groups"], sizes["targets"], sizes["outcomes"]) == (14, 24, 64)
    assert list(tables["objectives"].groupby("sector", sort=False).size()) == [3, 5, 4, 6]
    owner = tables["outcomes"]["objective_id"].str[0]
    assert list(owner.value_counts().reindex(["R", "T", "D", "I"])) == [15, 14, 16, 19]
    assert int(tables["itur_recommendations"]["repaired"].sum()) == 8
