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
