"""Hostile and broken reports: the extractor never crashes, and reads nothing but the report."""

from __future__ import annotations

import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers.extract import ReportError, extract, write
from helpers.extract.layout import read
from helpers.tables import editions
from tests import small_report
from tests.conftest import TESTS

MADE_UP = editions.edition("", TESTS)

LINES = small_report.text().split("\n")


def try_to_extract(folder, lines, edition=MADE_UP):
    """Extract mutated lines; every row that comes out stands on a line that is there."""
    path = folder / "mutant.txt"
    path.write_text("\n".join(lines), "utf-8")
    try:
        found = extract(path, edition)
    except ReportError:
        return None
    for table in found.tables.values():
        assert table["line"].astype(int).between(1, len(lines)).all() and (table["section"] != "").all()
    return found


@pytest.mark.slow
@settings(max_examples=150)
@given(st.randoms(use_true_random=False), st.integers(1, 8))
def test_mutated_reports_end_in_tables_or_in_the_extractors_own_error(tmp_path_factory, dice, changes):
    lines = list(LINES)
    for _ in range(changes):
        place = dice.randrange(len(lines))
        mutate(dice, lines, place)
    try_to_extract(tmp_path_factory.getbasetemp(), lines)


def mutate(dice: random.Random, lines: list[str], place: int) -> None:
    """Drop, double, swap or cut a line, lose its tab, or change its marks."""
    kind = dice.randrange(8)
    if kind == 0 and len(lines) > 2:
        del lines[place]
    elif kind == 1:
        lines.insert(place, lines[place])
    elif kind == 2:
        other = dice.randrange(len(lines))
        lines[place], lines[other] = lines[other], lines[place]
    elif kind == 3:
        lines[place] = lines[place][: dice.randrange(len(lines[place]) + 1)]
    elif kind == 4:
        lines[place] = lines[place].replace("\t", "")
    elif kind == 5:
        lines[place] = lines[place].replace("-", "–").replace(" ", "\u2009")
    elif kind == 6:
        lines[place] = lines[place].translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    else:
        lines[place] += dice.choice(["\x00", "<script>", "\u202e", "=1+1", "{{ 7*7 }}", "(" * 500])


@settings(max_examples=60)
@given(st.text(max_size=3000))
def test_any_text_ends_in_the_extractors_own_error(tmp_path_factory, text):
    assert try_to_extract(tmp_path_factory.getbasetemp(), text.split("\n")) is None


@pytest.mark.slow
def test_mutants_of_the_real_report(real, tmp_path):
    lines, dice = read(real).lines, random.Random(20221)
    for _ in range(8):
        mutant = list(lines)
        for _ in range(25):
            mutate(dice, mutant, dice.randrange(len(mutant)))
        try_to_extract(tmp_path, mutant, editions.edition())


@pytest.mark.whole
def test_a_truncated_real_report_names_what_is_missing(real, tmp_path):
    lines = read(real).lines
    path = tmp_path / "cut.txt"
    path.write_text("\n".join(lines[:700]), "utf-8")
    lost = [problem.text.partition(":")[0] for problem in extract(path).lost if "no rows are found" in problem.text]
    assert lost == ["radiocommunication_events", "itut_workshops", "targets", "objectives", "resolutions"]


@pytest.mark.slow
def test_a_word_bomb_is_refused(tmp_path):
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 520_000_000)
    assert path.stat().st_size < 2_000_000
    with pytest.raises(ReportError, match="unpacks to more than"):
        extract(path, MADE_UP)


def rewritten(path, change, part="word/document.xml"):
    """The small report as a Word file with one part changed."""
    small_report.write_docx(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


LAUGHS = b"<!DOCTYPE x [<!ENTITY a 'ha'>" + b"".join(
    b"<!ENTITY %c '%s'>" % (98 + i, b"&%c;" % (97 + i) * 10) for i in range(12)
) + b"]>"  # fmt: skip


@pytest.mark.parametrize(
    "change",
    [
        lambda xml: xml[: len(xml) // 2],
        lambda xml: b"<x/>",
        lambda xml: xml.replace(b"?>", b"?>" + LAUGHS, 1).replace(b"This is a letter", b"&m;"),
        lambda xml: xml.replace(b"<w:body>", b"<w:body>" + b"<w:sdt>" * 5000, 1),
    ],
)
def test_broken_and_hostile_word_files_end_in_the_extractors_own_error(tmp_path, change):
    with pytest.raises(ReportError, match=r"report\.docx"):
        extract(rewritten(tmp_path / "report.docx", change), MADE_UP)


def test_a_cell_that_claims_to_span_billions_of_columns_is_one_cell(tmp_path):
    span = b'<w:tcPr><w:gridSpan w:val="2000000000"/>'
    path = rewritten(tmp_path / "report.docx", lambda xml: xml.replace(b"<w:tcPr>", span))
    assert read(path).lines == read(small_report.write_docx(tmp_path / "plain.docx")).lines


@pytest.mark.whole
@pytest.mark.parametrize("line", ["[bookmark: " * 300_000, "9" * 5000 + "\tA heading", "1." * 50_000 + "\tA heading"])
def test_no_line_makes_the_extractor_hang(tmp_path, line):
    path = tmp_path / "report.txt"
    path.write_text(line + "\n" + small_report.text(), "utf-8")
    assert len(extract(path, MADE_UP).tables["targets"]) == 5


def test_a_folder_in_the_place_of_a_table_leaves_everything_as_it_was(tmp_path, small):
    extraction = extract(small, MADE_UP)
    write(extraction, tmp_path)
    taken = tmp_path / "editions" / MADE_UP.name / "tables" / "objectives.csv"
    taken.unlink()
    taken.mkdir()
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    with pytest.raises(IsADirectoryError, match=r"objectives\.csv is a folder"):
        write(extraction, tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == before


def test_external_entities_are_not_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("TOPSECRET", "utf-8")
    path = small_report.write_docx(tmp_path / "report.docx")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    entity = f'<!DOCTYPE x [<!ENTITY leak SYSTEM "{secret.as_uri()}">]>'.encode()
    body = parts["word/document.xml"].replace(b"?>", b"?>" + entity, 1)
    parts["word/document.xml"] = body.replace(b"This is a letter to the reader", b"&leak;")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert "TOPSECRET" not in "\n".join(read(path).lines)
