"""Hostile and broken input: the extractor never crashes, texts come out inert."""

from __future__ import annotations

import random
import zipfile

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from helpers import selection as parameters
from helpers.analyses import throughput as standards
from helpers.extract import ReportError, extract
from helpers.extract.layout import read_lines
from helpers.show import charts
from helpers.show import tables as shown_tables
from helpers.tables import load as data
from tests import small_report

LINES = small_report.text().split("\n")


def try_to_extract(folder, lines):
    """Extract mutated lines; every row that comes out stands on a line that is there."""
    path = folder / "mutant.txt"
    path.write_text("\n".join(lines), "utf-8")
    try:
        found = extract(path)
    except ReportError:
        return None
    for table in found.tables.values():
        assert table["line"].astype(int).between(1, len(lines)).all() and (table["section"] != "").all()
    return found


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


def test_mutants_of_the_real_report(real, tmp_path):
    lines, dice = read_lines(real), random.Random(20221)
    for _ in range(8):
        mutant = list(lines)
        for _ in range(25):
            mutate(dice, mutant, dice.randrange(len(mutant)))
        try_to_extract(tmp_path, mutant)


def test_a_truncated_real_report_names_what_is_missing(real, tmp_path):
    lines = read_lines(real)
    path = tmp_path / "cut.txt"
    path.write_text("\n".join(lines[:700]), "utf-8")
    with pytest.raises(ReportError, match="targets, objectives, outcomes, resolutions; the text ends in section"):
        extract(path)


def test_a_word_bomb_is_refused(tmp_path):
    path = tmp_path / "bomb.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"0" * 520_000_000)
    assert path.stat().st_size < 2_000_000
    with pytest.raises(ReportError, match="unpacks to more than"):
        extract(path)


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
        lambda xml: xml.replace(b"?>", b"?>" + LAUGHS, 1).replace(b"A letter", b"&m;"),
        lambda xml: xml.replace(b"<w:body>", b"<w:body>" + b"<w:sdt>" * 5000, 1),
    ],
)
def test_broken_and_hostile_word_files_end_in_the_extractors_own_error(tmp_path, change):
    with pytest.raises(ReportError, match=r"report\.docx"):
        extract(rewritten(tmp_path / "report.docx", change))


def test_a_cell_that_claims_to_span_billions_of_columns_is_one_cell(tmp_path):
    span = b'<w:tcPr><w:gridSpan w:val="2000000000"/>'
    path = rewritten(tmp_path / "report.docx", lambda xml: xml.replace(b"<w:tcPr>", span))
    assert read_lines(path) == read_lines(small_report.write_docx(tmp_path / "plain.docx"))


@pytest.mark.parametrize("line", ["[bookmark: " * 300_000, "9" * 5000 + "\tA heading", "1." * 50_000 + "\tA heading"])
def test_no_line_makes_the_extractor_hang(tmp_path, line):
    path = tmp_path / "report.txt"
    path.write_text(line + "\n" + small_report.text(), "utf-8")
    assert len(extract(path).tables["targets"]) == 3


def test_a_folder_in_the_place_of_a_table_leaves_everything_as_it_was(tmp_path, small, capsys):
    from helpers.__main__ import main

    assert main(["extract", str(small), "--out", str(tmp_path)]) == 0
    (tmp_path / "report/objectives.csv").unlink()
    (tmp_path / "report/objectives.csv").mkdir()
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
    assert main(["extract", str(small), "--out", str(tmp_path)]) == 2
    assert "objectives.csv is a folder" in capsys.readouterr().err
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()} == before


def test_external_entities_are_not_read(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("TOPSECRET", "utf-8")
    path = small_report.write_docx(tmp_path / "report.docx")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    entity = f'<!DOCTYPE x [<!ENTITY leak SYSTEM "{secret.as_uri()}">]>'.encode()
    body = parts["word/document.xml"].replace(b"?>", b"?>" + entity, 1)
    parts["word/document.xml"] = body.replace(b"A letter to the reader", b"&leak;")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert "TOPSECRET" not in "\n".join(read_lines(path))


HOSTILE = [
    "<script>alert(1)</script>",
    "javascript:alert(1)",
    "{{ 7*7 }}",
    "../../etc/passwd",
    '=HYPERLINK("http://x")',
    '\n=HYPERLINK("http://x")',
    "\ufeff =1+1",
    "＝1+1",
    "| calc",
    "$\\frac{1}{0}$",
    '" onload="x',
]


def test_labels_come_out_inert():
    frame = pd.DataFrame({"name": HOSTILE, "value": range(1, len(HOSTILE) + 1)})
    drawable = frame[frame["name"].str.isascii()]  # the chart's font has no full-width signs
    chart = charts.stacked_bars(
        drawable,
        "name",
        {"value": "v"},
        unit=HOSTILE[0],
        anchor="x",
        title=HOSTILE[0],
        source=HOSTILE[6],
        notes=HOSTILE,
    )
    shown = (
        chart._repr_html_()
        + shown_tables.show(frame, HOSTILE[0], anchor="t")._repr_html_()
        + shown_tables.sentences(HOSTILE)._repr_html_()
        + shown_tables.bullets(HOSTILE)._repr_html_()
    )
    assert "<script" not in shown and "{{ 7*7 }}" in shown
    from csv import reader
    from io import StringIO

    cells = [
        cell for row in reader(StringIO(shown_tables.to_csv(frame.rename(columns={"value": "=1+1"})))) for cell in row
    ]
    assert not [cell for cell in cells if cell.strip(" \n\ufeff").startswith(shown_tables.FORMULA)]
    assert "'=1+1" in cells and shown_tables.inert("plain") == "plain"


def test_hostile_tables_stay_inert_in_a_real_browser(tmp_path):
    import threading
    from http.server import BaseHTTPRequestHandler, HTTPServer

    from playwright.sync_api import sync_playwright

    from helpers.site import pages
    from tests.test_pages import CHROMIUM

    asked = []

    class Counter(BaseHTTPRequestHandler):
        def do_GET(self):
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *said):
            pass

    server = HTTPServer(("127.0.0.1", 0), Counter)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    address = f"http://127.0.0.1:{server.server_port}/x.png"
    template = pages.exporter().environment.from_string(
        "{% from 'site_parts.html.j2' import top, bottom with context %}{{ top('x', 'page', '') }}"
        "<main id='main'>{{ body }}</main>{{ bottom({'p': hostile}, '1', made) }}"
    )
    frame = pd.DataFrame({"name": HOSTILE, "value": range(len(HOSTILE))})
    planted = f"<script>window.broken = 1</script><img src='{address}' onerror='window.broken = 2'>"
    body = shown_tables.show(frame, HOSTILE[0], anchor="t")._repr_html_() + planted
    (tmp_path / "x.html").write_text(template.render(body=body, hostile=HOSTILE[0], made=pages.provenance()), "utf-8")
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto((tmp_path / "x.html").as_uri())
        page.wait_for_timeout(300)
        broken = page.evaluate("window.broken")
        browser.close()
    server.shutdown()
    assert asked == [] and broken is None, (asked, broken)


def test_a_million_rows_give_one_line(tmp_path):
    import shutil

    shutil.copytree(data.DATA_DIR, tmp_path / "data")
    path = tmp_path / "data" / "editions/2018-2022/tables" / "itut_workshops.csv"
    path.write_text("year,workshops,virtual_only,section,line\n" + "2018,1,0,1,1\n" * 1_000_000, "utf-8")
    assert data.problems(tmp_path / "data") == ["itut_workshops, row 2: repeats the key year=2018"]


def test_the_same_data_gives_the_same_drawing(tables):
    itut = tables["itut_recommendations"]
    period = parameters.period(2021, itut["year"].unique(), data.closes("itut_recommendations"))
    ranked = standards.by_group(itut, period, standards.study_groups(itut))
    drawn = {
        charts.stacked_bars(
            ranked, "study_group", standards.TYPE_LABELS, unit="u", anchor="a", title="t", source="s"
        )._repr_html_()
        for _ in range(2)
    }
    assert len(drawn) == 1


def test_the_users_own_chart_settings_change_nothing(tables):
    import matplotlib

    rows = pd.DataFrame({"name": ["a"], "value": [1]})

    def drawn():
        return charts.stacked_bars(rows, "name", {"value": "v"}, unit="u", anchor="a", title="t", source="s").svg

    before = drawn()
    matplotlib.rcParams.update({"lines.linewidth": 9, "axes.labelpad": 30, "font.family": "serif"})
    assert drawn() == before


def test_two_runs_give_the_same_pages(site, tmp_path):
    from helpers.__main__ import main

    assert main(["run", "--year", "2021", "--out", str(tmp_path)]) == 0
    for page in sorted((tmp_path / "2021").glob("*.html")):
        assert page.read_bytes() == (site / "2021" / page.name).read_bytes(), page.name
    assert (tmp_path / "data.html").read_bytes() == (site / "data.html").read_bytes()
    assert (tmp_path / "data.xlsx").read_bytes() == (site / "data.xlsx").read_bytes()
