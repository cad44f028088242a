"""The pages in a real browser, with the network cut."""

from __future__ import annotations

import html
import re
import shutil
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from zipfile import ZipFile

import pandas as pd
import pytest
from lxml import etree

from helpers.__main__ import main
from helpers.sentences.caption import Caption
from helpers.show import tables
from helpers.site import jobs
from helpers.site import pages as site_pages
from helpers.site.index import Site
from helpers.tables import editions
from tests.show.hostile import HOSTILE

pytestmark = pytest.mark.slow
EDITION, YEARS = editions.edition().name, editions.edition().years


@pytest.fixture(scope="session")
def pages(site):
    """Folder of the edition's pages."""
    return site / EDITION


def test_every_page_is_there(site):
    years = ["2018", "2019", "2020", "2021", "all"]
    names = {f"{EDITION}/{year}/{notebook.name}.html" for year in years for notebook in jobs.manifest()}
    assert {str(path.relative_to(site)) for path in site.rglob("*/*/*.html")} == names
    assert not list(site.rglob(".*"))


def test_no_page_has_an_error_or_a_warning(site):
    for path in site.rglob("*.html"):
        text = path.read_text("utf-8")
        assert 'class="traceback"' not in text and "Traceback" not in text and "Warning:" not in text, path


def test_index_links_every_page_with_its_headline(site):
    text = html.unescape((site / "index.html").read_text("utf-8"))
    for page in site.rglob("*/*/*.html"):
        name = page.relative_to(site).as_posix().removesuffix(".html")
        headline = Site(site).notes(name)["headline"]
        assert f'href="{name}.html"' in text and len(headline) > 30 and headline in text


def test_the_index_is_a_grid_and_on_a_phone_cards_without_loss(site, open_page):
    desk, phone = (open_page(site / "index.html", width, java_script_enabled=False) for width in (1280, 390))
    tops = desk.locator(".grid tbody tr").first.locator("th, td").evaluate_all("all => all.map(e => e.offsetTop)")
    assert len(tops) > 3 and len(set(tops)) == 1
    cells = phone.locator(".grid tbody tr").first.locator("th, td")
    boxes = cells.evaluate_all("all => all.map(e => [e.offsetTop, e.offsetLeft, e.offsetWidth])")
    assert len({top for top, *_ in boxes}) == len(tops) and len({tuple(box) for _, *box in boxes}) == 1
    words = [page.locator(".grid tbody").inner_text().split() for page in (desk, phone)]
    assert words[0] == words[1] and len(words[0]) > 200
    assert phone.get_by_role("row").count() == desk.get_by_role("row").count() == len(jobs.manifest()) + 1
    phone.keyboard.press("Tab")
    phone.keyboard.press("Enter")
    for _ in range(4):  # header, find, data, then the first page of the grid
        phone.keyboard.press("Tab")
    assert phone.evaluate("document.activeElement.closest('.grid') !== null")


def test_pages_differ_by_year(pages):
    assert "189 texts" in (pages / "2021/1_standards_throughput.html").read_text("utf-8")
    assert "314 texts" in (pages / "2018/1_standards_throughput.html").read_text("utf-8")


def test_two_runs_give_the_same_pages(site, tmp_path):
    assert main(["run", "--year", "2021", "--out", str(tmp_path)]) == 0
    over_all = ("index.html", "find.html", "runs.csv")
    made = [path for path in tmp_path.rglob("*") if path.is_file() and path.name not in over_all]
    assert len([path for path in made if path.suffix == ".html"]) == len(jobs.manifest()) + 1  # and the data page
    for path in made:
        assert path.read_bytes() == (site / path.relative_to(tmp_path)).read_bytes(), path.name


def test_every_page_opens_alone_and_without_complaint(site, open_page):
    first, *others = sorted(site.rglob("*.html"))
    page = open_page(first)
    for path in [first, *others]:
        if path != first:
            page.told.clear()
            page.asked.clear()
            page.goto(path.as_uri())
        assert page.told == [], (path, page.told)
        assert page.asked == [path.as_uri()], (path, page.asked)
        assert page.locator("h1").count() == 1
        assert path.stat().st_size < 1_500_000


@pytest.mark.parametrize("width", [390, 1280])
def test_no_sideways_scrolling(pages, open_page, width):
    for name in ["../index", "2021/1_standards_throughput", "2021/3_target_progress", "2020/4_gender_and_youth_gaps"]:
        page = open_page(pages / f"{name}.html", width)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name


PHONE = {"width": 390, "height": 844}
BROKEN = r"""() => {
  const found = [], walk = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
  for (let node = walk.nextNode(); node; node = walk.nextNode()) {
    const holder = node.parentElement;
    if (holder.closest("svg, script, pre, code, .source-code") || !holder.getClientRects().length) continue;
    for (const word of node.data.matchAll(/[\p{L}\d.,_]{3,}/gu)) {
      const range = document.createRange();
      range.setStart(node, word.index); range.setEnd(node, word.index + word[0].length);
      const address = /:\/\/\S*$|\w\/\S*$|\.\w+\/\S*$/.test(node.data.slice(0, word.index))
      || /^\S*\.\w+\//.test(node.data.slice(word.index));
      const lines = new Set([...range.getClientRects()].filter(r => r.width).map(r => Math.round(r.top)));
      if (lines.size > 1 && !address && !word[0].includes("_")) found.push(word[0]);
    }
  }
  return found;
}"""


def on_phone(open_page, path):
    page = open_page(path, 390)
    page.set_viewport_size(PHONE)
    return page


def test_title_and_first_finding_stand_on_a_phones_first_screen(pages, open_page):
    for path in sorted(pages.glob("2021/*.html")):
        page = on_phone(open_page, path)
        for part in ("h1", ":is(.tiles li, .strip li, #findings p)"):
            box = page.locator(f"main {part}").first.bounding_box()
            assert box["y"] + box["height"] <= PHONE["height"], (path.name, part)
        assert page.locator(".contents a").first.is_hidden() and page.locator(".years a").first.is_hidden()
        page.locator(".contents summary").click()
        page.locator(".years summary").click()
        assert page.locator(".contents a").first.is_visible() and page.locator(".years a").first.is_visible()
        page.context.close()


@pytest.mark.parametrize("year", [YEARS[-1], "all"])
def test_nothing_is_cut_and_no_word_is_broken_on_a_phone(pages, open_page, year):
    for path in sorted(pages.glob(f"{year}/*.html")):
        page = on_phone(open_page, path)
        page.evaluate("for (const part of document.querySelectorAll('details')) part.open = true")
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], path.name
        assert page.evaluate(BROKEN) == [], path.name
        off = page.locator("main :is(h1, h2, caption, figcaption, th, td, .tiles *, .strip *)").evaluate_all(
            "all => all.filter(e => e.getBoundingClientRect().right > innerWidth || "
            "e.clientWidth && e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"
        )
        assert off == [], path.name
        page.context.close()


def test_wide_tables_are_cards_on_a_phone_and_tables_elsewhere(pages, open_page):
    path = pages / "2021/7_consistency_audit.html"
    page = on_phone(open_page, path)
    cell = page.locator("#table-open tbody tr").first.locator("td").last
    assert cell.evaluate("e => getComputedStyle(e, '::before').content") == '"Arithmetic"' and cell.is_visible()
    assert page.locator("#table-open").get_by_role("row").count() > 2
    page.locator("#table-open").get_by_role("button", name=re.compile("^Severity")).click()
    assert page.locator("#table-open th[aria-sort]").count() == 1
    cell = open_page(path).locator("#table-open tbody tr").first.locator("td").last
    assert cell.evaluate("e => getComputedStyle(e).display") == "table-cell"


def test_code_is_folded_and_one_switch_shows_it(pages, open_page):
    page = open_page(pages / "2021/1_standards_throughput.html")
    assert page.locator(".source-code").first.is_hidden()
    page.get_by_role("button", name="Show code").click()
    assert page.locator(".source-code").first.is_visible()
    page.get_by_role("button", name="Hide code").click()
    assert page.locator(".source-code").first.is_hidden()


def test_contents_years_and_neighbours_lead_somewhere(pages, open_page):
    page = open_page(pages / "2021/3_target_progress.html")
    for link in page.locator(".contents a").all():
        assert page.locator(f"[id='{link.get_attribute('href')[1:]}']").count() == 1
    page.get_by_role("link", name="2019").click()
    assert page.url.endswith("2019/3_target_progress.html")
    assert page.locator("[aria-current=page]").text_content() == "2019"
    page.locator("[rel=next]").click()
    assert page.url.endswith("2019/4_gender_and_youth_gaps.html")


def test_tables_sort_and_search(pages, open_page):
    page = open_page(pages / "2021/1_standards_throughput.html")
    table = page.locator("#table-by-group")
    first = table.locator("tbody tr").first.locator("th")
    assert first.inner_text() == "SG17"
    texts = table.get_by_role("button", name=re.compile("^All"))
    texts.click()  # figures come largest first
    assert first.inner_text() == "SG17" and table.locator("th[aria-sort=descending]").count() == 1
    texts.click()
    assert first.inner_text() == "SG3" and table.locator("th[aria-sort=ascending]").count() == 1
    table.get_by_label("Search in this table").fill("multimedia")
    assert table.locator("tbody tr:visible").count() == 1


def test_targets_sort_by_their_numbers(pages, open_page):
    table = open_page(pages / "2021/3_target_progress.html").locator("#table-targets")
    table.locator("summary").click()
    table.get_by_role("button", name=re.compile("^Target")).click()
    names = table.locator("tbody th").all_inner_texts()
    assert names.index("2.10") == names.index("2.9") + 1 and names[0] == "1.1"


def test_targets_fold_by_goal_and_the_strip_leads_to_each(pages, open_page):
    page = open_page(pages / "2021/0_overview.html")
    page.locator(".strip a", has_text="4.1").click()
    assert page.url.endswith("2021/3_target_progress.html#target-4.1")
    row = page.locator("[id='target-4.1']")
    assert (
        row.is_visible()
        and page.locator("[id='target-5.1']").is_hidden()
        and page.locator("#target-3\\.2").is_visible()
    )
    page.locator(".strip a", has_text="5.1").click()
    page.wait_for_function("document.getElementById('target-5.1').checkVisibility()")
    assert page.evaluate("document.getElementById('target-5.1').getBoundingClientRect().bottom <= innerHeight")
    page = on_phone(open_page, pages / "2021/3_target_progress.html")
    assert page.locator(".part[open]").count() == 0, "a phone has them all folded"
    page.locator("#table-targets summary").click()
    cards = page.locator("#table-targets tbody tr")
    assert cards.nth(5).is_visible() and cards.nth(6).is_hidden()
    page.locator("#table-targets .all").click()
    assert cards.last.is_visible()


def test_paper_has_no_theme_no_buttons_and_every_fold_open(pages, open_page):
    page = open_page(pages / "2021/3_target_progress.html", 700, color_scheme="dark")
    page.evaluate("document.documentElement.dataset.theme = 'dark'")
    page.emulate_media(media="print")
    style = "getComputedStyle(document.querySelector('{}')).{}".format
    assert page.evaluate(style("body", "backgroundColor")) == "rgb(255, 255, 255)"
    assert page.locator("figure.chart").first.is_visible()
    for hidden in ("button:not(.sort)", ".bar", ".contents", ".neighbours", ".search", ".take", ".skip"):
        assert page.locator(hidden).first.is_hidden(), hidden
    assert page.locator(".part:not([open])").count() > 5
    rows = page.locator(".part:not([open]) .scroll:not(.long) tbody tr").evaluate_all(
        "all => all.map(e => e.offsetHeight)"
    )
    assert len(rows) > 30 and min(rows) > 0
    assert page.evaluate(style(".scroll.long", "maxHeight")) == "none", "what is cut would lie under what follows"
    assert page.evaluate(style("button.sort", "display")) == "contents", "Chromium repeats no head that holds a button"


def test_no_button_stands_where_scripts_do_not_run(pages, open_page):
    for path in (pages / "2021/1_standards_throughput.html", pages / "data.html"):
        assert open_page(path, java_script_enabled=False).locator("button:visible").count() == 0
        assert open_page(path).locator("button:visible").count() > 0


@pytest.mark.parametrize("year", ["2018", "2019", "2020", "2021", "all"])
def test_the_overview_is_one_sheet_of_paper(pages, open_page, year):
    sheet = open_page(pages / year / "0_overview.html", color_scheme="dark").pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", sheet)) == 1


def test_the_data_of_a_figure_can_be_taken_away(pages, open_page):
    page = open_page(pages / "2021/1_standards_throughput.html")
    with page.expect_download() as waiting:
        page.locator("#figure-by-group a.take", has_text="CSV").click()
    text = waiting.value.path().read_text("utf-8")
    assert text.startswith("\ufeff# ") and "\nstudy_group,name,recommendation" in text
    assert "SG17,Security,47,1,2,50" in text


def test_a_figure_can_be_taken_away_as_picture(pages, open_page):
    page = open_page(pages / "2021/1_standards_throughput.html")
    for kind, start in (("svg", b"<svg "), ("png", b"\x89PNG")):
        with page.expect_download() as waiting:
            page.locator(f"#figure-by-group button[data-save={kind}][data-set=page]").click()
        content = waiting.value.path().read_bytes()
        assert waiting.value.suggested_filename == f"by-group.{kind}" and content.startswith(start)
        assert b"var(--" not in content and len(content) > 5000
    assert page.told == []


def test_every_mark_says_its_value_to_pointer_finger_and_keyboard(pages, open_page):
    page = open_page(pages / "2021/1_standards_throughput.html")
    figure = page.locator("#figure-by-year")
    said, bar = figure.locator(".says"), figure.locator("svg.wide [data-says]").nth(2)
    bar.scroll_into_view_if_needed()
    box = bar.bounding_box()
    page.mouse.move(box["x"] + 9, box["y"] + 5)
    assert said.inner_text() == "2020, New or revised: 255"
    page.mouse.move(1, 1)
    assert not said.is_visible()
    figure.locator(".drawing").focus()
    page.keyboard.press("ArrowRight")
    assert said.inner_text() == "2021, New or revised: 151 (partial)" and said.is_visible()
    page.keyboard.press("Escape")
    assert not said.is_visible()
    assert page.told == []


def test_a_slide_carries_title_source_citation_and_address(pages, open_page):
    page = open_page(pages / "2021/1_standards_throughput.html")
    with page.expect_download() as waiting:
        page.locator("#figure-by-group button[data-save=svg][data-set=slide]").click()
    text = " ".join(etree.fromstring(waiting.value.path().read_bytes()).itertext())
    for words in (
        "SG17 approved most",
        "texts approved",
        "Source: ITU report, section 1.3",
        "Data package",
        "#figure-by",
    ):
        assert words in text
    assert waiting.value.suggested_filename == "by-group-slide.svg"
    page.evaluate("navigator.clipboard.writeText = text => { window.copied = text; return Promise.resolve(); }")
    page.locator("#figure-by-group button[data-copy=citation]").click()
    page.get_by_text("Copied").wait_for()
    assert re.match(r"SG17 approved most .*: Standards .*Figures: .*#figure-by-group$", page.evaluate("copied"))


def test_a_citation_names_publishers_edition_version_and_the_licence_of_what_is_published(pages):
    text = (pages / "2021/4_gender_and_youth_gaps.html").read_text("utf-8")
    cited = {
        name: html.unescape(said) for name, said in re.findall(r'id="figure-([^"]+)"[^>]* data-cited="(.*?)"', text)
    }
    ours = f"The ITU plan report project: Gender and youth gaps, 2021. ITU plan report ({editions.edition().span}), "
    version = editions.edition().about["tables_version"]
    for said in cited.values():
        assert said.startswith(f"{ours}recomputed. Data package {version}, commit ") and ", licence MIT. Fig" in said
    report = f" Figures: {editions.edition().cited}."
    series = "ITU, Key ICT indicators, aggregate estimates, edition of November 2024, CC BY-NC-SA 3.0 IGO"
    assert cited["gender"].endswith(report) and cited["series-score"].endswith(f" Figures: {series}.")
    assert re.search(rf"{re.escape(report[:-1])}; {re.escape(series)}\.</p>", text), "the page cites both"


def test_figures_say_what_they_show(pages, open_page):
    page = open_page(pages / "2021/1_standards_throughput.html")
    for drawing in page.locator("figure.chart .drawing").all():
        assert len(drawing.get_attribute("aria-label")) > 80
    assert "SG17 Security: 50" in page.locator("#figure-by-group .drawing").get_attribute("aria-label")


def test_theme_follows_and_switches(pages, open_page):
    page = open_page(pages / "2021/1_standards_throughput.html", color_scheme="dark")
    colour = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(colour)
    page.get_by_role("button", name="Light").click()
    assert page.evaluate(colour) != dark


# Rows are alike, and axe takes a minute for thousands of them.
FEW_ROWS = "document.querySelectorAll('tbody tr:nth-child(n+13)').forEach(row => row.remove())"


RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
CONTRAST = {"type": "rule", "values": ["color-contrast"]}


# The years share their template: one that is cut and the period have all that a page can have; the dark theme has
# other colours, and nothing else.
@pytest.mark.parametrize(
    "scheme, year, rules", [("light", YEARS[-1], RULES), ("dark", YEARS[-2], CONTRAST), ("light", "all", RULES)]
)
def test_axe_finds_nothing_on_a_page_of_any_kind(site, open_page, scheme, year, rules):
    from axe_playwright_python.sync_playwright import Axe

    axe = Axe()
    over_all = [] if year == "all" else [*site.glob("*.html"), *site.glob("*/*.html")]
    made = sorted(site.glob(f"*/{year}/*.html"))
    assert len(made) == len(jobs.manifest()) and len(over_all) in (0, 3)
    for path in [*over_all, *made]:
        page = open_page(path, color_scheme=scheme)
        page.evaluate(FEW_ROWS)
        found = axe.run(page, options={"runOnly": rules, "resultTypes": ["violations"]}).response["violations"]
        said = [(v["id"], v["nodes"][0]["html"][:120], v["nodes"][0]["failureSummary"][:200]) for v in found]
        assert said == [], (path.name, said)
        page.context.close()


def test_axe_does_see_faults(open_page, tmp_path):
    from axe_playwright_python.sync_playwright import Axe

    path = tmp_path / "bad.html"
    path.write_text(
        "<html><body><img src='data:,'><p style='color:#ccc;background:#fff'>pale</p></body></html>", "utf-8"
    )
    found = {violation["id"] for violation in Axe().run(open_page(path)).response["violations"]}
    assert {"image-alt", "color-contrast", "html-has-lang"} <= found


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("line", [1417, 314, 2043, 455, 1126])
def test_the_row_that_a_source_leads_to_stands_in_view_and_marked(pages, open_page, width, line):
    page = open_page(pages / "data.html", width)
    page.goto(f"{(pages / 'data.html').as_uri()}#line-{line}")
    page.wait_for_timeout(200)
    row = page.locator(f"#line-{line}")
    seen, plain = row.evaluate(
        """row => {
          const box = row.getBoundingClientRect(), head = row.closest("table").tHead.getBoundingClientRect();
          const first = row.cells[0].getBoundingClientRect();
          const at = document.elementFromPoint(first.left + 12, first.top + 8);
          return [row.contains(at) && box.top >= head.bottom - 1 && box.bottom <= innerHeight,
                  getComputedStyle(row).backgroundColor === getComputedStyle(row.nextElementSibling).backgroundColor];
        }"""
    )
    assert seen and not plain


@pytest.mark.parametrize("by", ["tap", "keyboard"])
def test_a_cited_row_shows_in_a_page_opened_alone(pages, open_page, tmp_path, by):
    alone = tmp_path / "from a mail.html"
    alone.write_bytes((pages / "2020/4_gender_and_youth_gaps.html").read_bytes())
    page = open_page(alone, 390, has_touch=True)
    source = page.locator("#figure-gender a.trace").first
    if by == "tap":
        source.tap()
    else:
        source.focus()
        page.keyboard.press("Enter")
    row = page.locator("#line-1417")
    page.wait_for_timeout(200)
    assert "observations: gender, individuals_using_internet, World, M, 2020" in row.inner_text()
    assert row.evaluate("e => { const b = e.getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight }")
    assert page.url.endswith("#line-1417")


def test_every_cited_line_has_its_row_in_the_page_and_other_links_are_told(pages, open_page):
    for path in sorted(pages.glob("2021/*.html")):
        text = path.read_text("utf-8")
        for line in set(re.findall(r'class="trace" href="#line-(\d+)"', text)):
            assert text.count(f'id="line-{line}"') == 1, (path.name, line)
        assert "need the folder that the page came in" in text, path.name
        if 'id="findings"' not in text:  # the overview's findings lead to pages, not to lines
            assert 'class="trace" href="#line-' in text, path.name


def test_a_designation_tells_its_title_on_hover_and_leads_to_it(pages, open_page):
    page = open_page(pages / "2021/8_approvals.html", 390, has_touch=True)
    name = page.locator("#table-topics td a", has_text="Y.3177").first
    title = "Architectural framework for artificial intelligence-based network automation"
    assert name.get_attribute("title").startswith(title)
    name.focus()
    page.keyboard.press("Enter")
    row = page.locator("[id='text-Y.3177']")
    page.wait_for_timeout(200)
    assert title in row.inner_text()
    assert row.evaluate("e => { const b = e.getBoundingClientRect(); return b.top >= 0 && b.bottom <= innerHeight }")
    assert page.locator("#table-entries td a[href^='#text-']").count() == 0, "this table has the titles"


def test_a_source_tells_its_rows_on_hover(pages, open_page):
    page = open_page(pages / "2020/4_gender_and_youth_gaps.html")
    told = page.locator("#figure-gender a.trace").first.get_attribute("title")
    assert told.startswith(
        "observations: gender, individuals_using_internet, World, M, 2020, stated, exact, 62, percent"
    )
    assert "more rows" in told


def test_headline_figures_stand_on_top_with_their_source(pages, open_page):
    page = open_page(pages / "2021/1_standards_throughput.html")
    tile = page.locator(".tiles li").first
    assert tile.locator("strong").inner_text() == "189 partial" and "down 28 %" in tile.inner_text()
    assert tile.locator("a.trace").get_attribute("href") == "#line-314"
    assert page.locator(".kicker").inner_text() == "2021 · partial: counts close on 1 November 2021"
    for path in pages.glob("*/*.html"):
        tiles = 0 if path.stem == "0_overview" else 1  # the overview's eight findings say what tiles would
        assert path.read_text("utf-8").count('<ul class="tiles"') == tiles, path


def test_data_page_has_every_table_with_csv(pages, open_page):
    page, count = open_page(pages / "data.html"), len(list(editions.edition().folder.glob("tables/*.csv")))
    assert page.told == [] and page.locator("section").count() == count
    assert page.locator("section a.take").count() == count


def test_bundle_of_a_year_opens_from_its_zip(site, open_page, tmp_path, capsys):
    made = shutil.copytree(site, tmp_path / "site")
    assert main(["bundle", "--year", "2020", "--out", str(made)]) == 0
    target = made / f"itu-plan-report-{EDITION}-2020.zip"
    ZipFile(target).extractall(tmp_path)
    folder = tmp_path / target.stem
    for path in folder.rglob("*.html"):
        for link in re.findall(r'href="([^":#]+)["#]', path.read_text("utf-8")):
            assert (path.parent / link).is_file(), f"{path.name} leads to {link}, which is not in the bundle"
    page = open_page(folder / "index.html")
    page.locator(f"a[href='{EDITION}/2020/1_standards_throughput.html']").click()
    assert page.locator("h1").inner_text() == "Standards throughput" and page.told == []
    assert main(["bundle", "--year", "2017", "--out", str(made)]) == 2
    assert main(["bundle", "--year", "2020", "--out", str(tmp_path / "none")]) == 2
    assert "has no pages" in capsys.readouterr().err


def test_figures_and_findings_keep_their_anchors(pages):
    for year in ("2018", "2021"):
        text = (pages / year / "1_standards_throughput.html").read_text("utf-8")
        for anchor in ("figure-by-group", "figure-by-year", "figure-itur", "table-by-group", "the-answer"):
            assert text.count(f'id="{anchor}"') == 1


def test_keyboard_reaches_content_and_tables_first(pages, open_page):
    page = open_page(pages / "2021/1_standards_throughput.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"


def test_selections_and_two_editions_are_told_apart_and_accessible(two_editions, open_page, tmp_path):
    from axe_playwright_python.sync_playwright import Axe

    out = tmp_path / "out"
    asked = ["run", "--data", str(two_editions), "--out", str(out), "--notebook", "1", "--year"]
    assert main([*asked, "2024"]) == main([*asked, "2021", "--edition", "older", "-p", "study_groups=[SG2, SG17]"]) == 0
    page = open_page(out / "index.html")
    page.get_by_role("link", name="January 2020 – June 2022").click()
    assert page.locator(":target").inner_text() == "January 2020 – June 2022"
    page.locator("a", has_text="2021, SG2 and SG17").click()
    assert page.title() == "Throughput, 2021, SG2 and SG17 · ITU plan report"
    assert page.locator(".kicker").inner_text().startswith("2021, SG2 and SG17 · partial: ")
    assert page.locator(".bar [aria-current=true]").get_attribute("href") == "../2021/1_standards_throughput.html"
    page.get_by_role("link", name="line 17").click()
    page.locator("#line-17").get_by_role("link", name="in the tables").click()
    assert page.url.endswith("older/data.html#line-17") and page.locator("#line-17").is_visible()
    for path in out.rglob("*.html"):
        found = Axe().run(open_page(path), options={"runOnly": ["wcag2a", "wcag2aa", "best-practice"]})
        assert found.response["violations"] == [], path


def test_hostile_tables_stay_inert_in_a_real_browser(older, open_page, tmp_path):
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
    template = site_pages.exporter().environment.from_string(
        "{% from 'site_parts.html.j2' import top, bottom with context %}{{ top(hostile, 'page', '', hostile) }}"
        "<main id='main'>{{ body }}</main>{{ bottom({'p': hostile}, hostile, made, hostile) }}"
    )
    frame = pd.DataFrame({"name": HOSTILE, "value": range(len(HOSTILE))})
    planted = f"<script>window.broken = 1</script><img src='{address}' onerror='window.broken = 2'>"
    body = tables.show(frame, Caption(HOSTILE[0]), anchor="t")._repr_html_() + planted
    text = template.render(body=body, hostile="<script>window.broken = 3</script>", made=site_pages.provenance())
    (tmp_path / "x.html").write_text(text, "utf-8")
    page = open_page(tmp_path / "x.html")
    page.wait_for_timeout(300)
    assert page.evaluate("window.broken") is None
    server.shutdown()
    assert asked == []
