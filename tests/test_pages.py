"""The pages in a real browser, with the network cut."""

from __future__ import annotations

import re
import shutil

import pytest

pytestmark = pytest.mark.slow
CHROMIUM = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    assert CHROMIUM, "install chromium (Debian: apt-get install chromium)"
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
    with sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=arguments)
        yield started
        started.close()


@pytest.fixture
def open_page(browser):
    contexts = []

    def opened(path, width=1280, **more):
        context = browser.new_context(viewport={"width": width, "height": 900}, offline=True, **more)
        contexts.append(context)
        page = context.new_page()
        page.told, page.asked = [], []
        page.on("console", lambda message: page.told.append(message.text))
        page.on("pageerror", lambda error: page.told.append(str(error)))
        page.on("request", lambda request: page.asked.append(request.url))
        page.goto(path.as_uri())
        return page

    yield opened
    for context in contexts:
        context.close()


def test_every_page_opens_alone_and_without_complaint(site, open_page):
    for path in sorted(site.rglob("*.html")):
        page = open_page(path)
        assert page.told == [], (path, page.told)
        assert page.asked == [path.as_uri()], (path, page.asked)
        assert page.locator("h1").count() == 1
        assert path.stat().st_size < 1_500_000
        page.context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_no_sideways_scrolling(site, open_page, width):
    for name in ["index", "2021/1_standards_throughput", "2021/3_target_progress", "2020/4_gender_and_youth_gaps"]:
        page = open_page(site / f"{name}.html", width)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name


def test_code_is_folded_and_one_switch_shows_it(site, open_page):
    page = open_page(site / "2021/1_standards_throughput.html")
    assert page.locator(".source-code").first.is_hidden()
    page.get_by_role("button", name="Show code").click()
    assert page.locator(".source-code").first.is_visible()
    page.get_by_role("button", name="Hide code").click()
    assert page.locator(".source-code").first.is_hidden()


def test_contents_years_and_neighbours_lead_somewhere(site, open_page):
    page = open_page(site / "2021/3_target_progress.html")
    for link in page.locator(".contents a").all():
        assert page.locator(f"[id='{link.get_attribute('href')[1:]}']").count() == 1
    page.get_by_role("link", name="2019").click()
    assert (
        page.url.endswith("2019/3_target_progress.html") and page.locator("[aria-current=page]").inner_text() == "2019"
    )
    page.locator("[rel=next]").click()
    assert page.url.endswith("2019/4_gender_and_youth_gaps.html")


def test_tables_sort_and_search(site, open_page):
    page = open_page(site / "2021/1_standards_throughput.html")
    table = page.locator("#table-by-group")
    first = table.locator("tbody tr").first.locator("th")
    assert first.inner_text() == "SG17"
    table.get_by_role("button", name=re.compile("^All")).click()
    assert first.inner_text() == "SG3" and table.locator("th[aria-sort=ascending]").count() == 1
    table.get_by_label("Search in this table").fill("multimedia")
    assert table.locator("tbody tr:visible").count() == 1


def test_the_data_of_a_figure_can_be_taken_away(site, open_page):
    page = open_page(site / "2021/1_standards_throughput.html")
    with page.expect_download() as waiting:
        page.locator("#figure-by-group a.take", has_text="CSV").click()
    text = waiting.value.path().read_text("utf-8")
    assert text.splitlines()[0].startswith("study_group,name,recommendation") and "SG17,Security,47,1,2,50" in text


def test_a_figure_can_be_taken_away_as_picture(site, open_page):
    page = open_page(site / "2021/1_standards_throughput.html")
    for kind, start in (("svg", b"<svg "), ("png", b"\x89PNG")):
        with page.expect_download() as waiting:
            page.locator(f"#figure-by-group button[data-save={kind}]").click()
        content = waiting.value.path().read_bytes()
        assert waiting.value.suggested_filename == f"by-group.{kind}" and content.startswith(start)
        assert b"var(--" not in content and len(content) > 5000
    assert page.told == []


def test_figures_say_what_they_show(site, open_page):
    page = open_page(site / "2021/1_standards_throughput.html")
    for drawing in page.locator("figure.chart .drawing").all():
        assert len(drawing.get_attribute("aria-label")) > 80
    assert "SG17: 50" in page.locator("#figure-by-group .drawing").get_attribute("aria-label")


def test_theme_follows_and_switches(site, open_page):
    page = open_page(site / "2021/1_standards_throughput.html", color_scheme="dark")
    colour = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(colour)
    page.get_by_role("button", name="Light").click()
    assert page.evaluate(colour) != dark


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(site, open_page, scheme):
    from axe_playwright_python.sync_playwright import Axe

    axe, rules = Axe(), ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    checked = 0
    for path in sorted(site.rglob("*.html")):
        if scheme == "dark" and path.parent.name not in (site.name, "2020"):
            continue  # the theme is the same for every year
        page = open_page(path, color_scheme=scheme)
        found = axe.run(page, options={"runOnly": rules}).response["violations"]
        said = [(v["id"], v["nodes"][0]["html"][:120], v["nodes"][0]["failureSummary"][:200]) for v in found]
        assert said == [], (path.name, said)
        page.context.close()
        checked += 1
    assert checked == 2 + (40 if scheme == "light" else 8)


def test_axe_does_see_faults(open_page, tmp_path):
    from axe_playwright_python.sync_playwright import Axe

    path = tmp_path / "bad.html"
    path.write_text(
        "<html><body><img src='data:,'><p style='color:#ccc;background:#fff'>pale</p></body></html>", "utf-8"
    )
    found = {violation["id"] for violation in Axe().run(open_page(path)).response["violations"]}
    assert {"image-alt", "color-contrast", "html-has-lang"} <= found


def test_a_source_leads_to_its_row(site, open_page):
    page = open_page(site / "2020/4_gender_and_youth_gaps.html")
    page.locator("#figure-gender a.trace").first.click()
    page.wait_for_url("**/data.html#line-1417")
    row = page.locator("#line-1417")
    assert row.is_visible() and "1417" in row.inner_text() and "individuals_using_internet" not in page.title()


def test_a_source_tells_its_rows_on_hover(site, open_page):
    page = open_page(site / "2020/4_gender_and_youth_gaps.html")
    told = page.locator("#figure-gender a.trace").first.get_attribute("title")
    assert told.startswith("observations: gender, individuals_using_internet, World, M, 2020, exact, 62, percent")
    assert "more rows" in told


def test_headline_figures_stand_on_top_with_their_source(site, open_page):
    page = open_page(site / "2021/1_standards_throughput.html")
    tile = page.locator(".tiles li").first
    assert tile.locator("strong").inner_text() == "189 partial" and "down 28 %" in tile.inner_text()
    assert tile.locator("a.trace").get_attribute("href") == "../data.html#line-314"
    assert page.locator(".kicker").inner_text() == "2021 · partial: counts close on 1 November 2021"
    for path in site.glob("*/*.html"):
        assert path.read_text("utf-8").count('<ul class="tiles"') == 1, path


def test_data_page_has_every_table_with_csv(site, open_page):
    from helpers.tables import load as data

    page = open_page(site / "data.html")
    assert page.told == [] and page.locator("section").count() == len(data.tables())
    assert page.locator("section a.take").count() == len(data.tables())


def test_workbook_has_every_table_and_no_formula(site):
    from io import BytesIO

    from openpyxl import load_workbook

    from helpers.site import data_page
    from helpers.tables import load as data

    content = (site / "data.xlsx").read_bytes()
    book = load_workbook(BytesIO(content))
    assert book.sheetnames == ["contents", *data.tables()]
    assert book["itut_recommendations"].max_row == 1097
    assert not [c for sheet in book for row in sheet.iter_rows() for c in row if c.data_type == "f"]
    assert data_page.workbook() == content, "the same tables must give the same bytes"


def test_bundle_of_a_year_opens_from_its_zip(site, open_page, tmp_path, capsys):
    from zipfile import ZipFile

    from helpers.__main__ import main

    assert main(["bundle", "--year", "2020", "--out", str(site)]) == 0
    target = site / "itu-plan-report-2020.zip"
    ZipFile(target).extractall(tmp_path)
    target.unlink()
    folder = tmp_path / "itu-plan-report-2020"
    for path in folder.rglob("*.html"):
        for link in re.findall(r'href="([^":#]+)["#]', path.read_text("utf-8")):
            assert (path.parent / link).is_file(), f"{path.name} leads to {link}, which is not in the bundle"
    page = open_page(folder / "index.html")
    page.locator("a[href='2020/1_standards_throughput.html']").click()
    assert page.locator("h1").inner_text() == "Standards throughput" and page.told == []
    assert main(["bundle", "--year", "2017", "--out", str(site)]) == 2
    assert main(["bundle", "--year", "2020", "--out", str(tmp_path / "none")]) == 2
    assert "has no pages" in capsys.readouterr().err


def test_print_leaves_out_what_paper_cannot_use(site, open_page):
    page = open_page(site / "2021/1_standards_throughput.html")
    page.emulate_media(media="print")
    assert (
        page.locator(".bar").is_hidden()
        and page.locator(".contents").is_hidden()
        and page.locator("figure.chart").first.is_visible()
    )
    assert len(page.pdf()) > 20_000


def test_figures_and_findings_keep_their_anchors(site):
    for year in ("2018", "2021"):
        text = (site / year / "1_standards_throughput.html").read_text("utf-8")
        for anchor in ("figure-by-group", "figure-by-year", "figure-itur", "table-by-group", "the-answer"):
            assert text.count(f'id="{anchor}"') == 1


def test_keyboard_reaches_content_and_tables_first(site, open_page):
    page = open_page(site / "2021/1_standards_throughput.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
