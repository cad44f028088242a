"""The find page: its records, and the page in a real browser with the network cut."""

from __future__ import annotations

import json
import re

import pandas as pd
import pytest

from helpers.sentences.caption import Caption
from helpers.show import charts
from helpers.site import find
from helpers.site.execute import Result
from helpers.site.index import Site
from helpers.site.jobs import plan
from helpers.tables import contract, editions, load
from tests.site import made

pytestmark = pytest.mark.whole

EDITION = editions.edition()
THROUGHPUT = f"{EDITION.name}/2021/1_standards_throughput"
FIGURE = charts.stacked_bars(
    pd.DataFrame({"group": ["SG17"], "texts": [50]}), "group", {"texts": "texts"},
    Caption("SG17 approved most", "texts"), anchor="by-group",
)._repr_html_()  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A folder with one page and its figure, the data page, and the find page over both."""
    out = Site(tmp_path_factory.mktemp("found"))
    store(out, "k")
    out.refresh([EDITION], {})
    return out


def store(site, key):
    (job,) = plan(["2021"], ["1"], {}, EDITION)
    page = f"<!doctype html>\n<head>\n<!-- job -->\n</head><body>{FIGURE}</body></html>"
    assert not site.store(Result(job, 1, "SG17 approved 50 texts."), page, key).failed


def records(site):
    text = (site.out / "find.html").read_text("utf-8")
    return json.loads(re.search(r'id="records">(.*?)</script>', text, re.DOTALL)[1])


def test_every_row_of_every_table_is_a_record(site):
    kinds = {kind["title"]: kind for kind in records(site)["kinds"]}
    for name, table in load.every(EDITION).items():
        title = contract.declaration()["tables"][name]["title"]
        assert len(kinds[title]["rows"] if title in kinds else []) == len(table), name
    published = {name: load.published(name) for name in ("series", "approvals")}
    titles = {name: contract.published()[name]["title"] for name in published}
    assert len(kinds[titles["approvals"]]["rows"]) == len(published["approvals"])
    series = published["series"].drop_duplicates(["indicator", "geography", "unit"])
    assert len(kinds[titles["series"]]["rows"]) == len(series)


def test_a_record_says_what_its_row_does(site):
    kinds = {kind["title"].partition(",")[0]: kind for kind in records(site)["kinds"]}
    resolutions = kinds["Plenipotentiary Resolutions and Decisions and what is reported on each"]
    (row,) = [row for row in resolutions["rows"] if row[0] == "Resolution 70"]
    assert row[2:] == ["cross-reference only", "", 1592, "Annex 1", ["Section 1.7"]]
    assert resolutions["pages"] == [["6_resolutions_and_results", "Resolutions and results"]]
    cirts = [row for row in kinds["Figures stated in sentences"]["rows"] if row[0].startswith("Countries with CIRT")]
    assert cirts[0] == ["Countries with CIRT, World", "56 percent", "World", "2019", 1424, "3"]
    approvals = kinds["Texts of ITU-T and ITU-R as catalogued"]
    row = next(row for row in approvals["rows"] if row[0] == "Y.3800")
    assert approvals["texts"][row[1]].startswith("Overview on networks supporting quantum key distribution")
    assert row[2:] == ["SG13", "2019"]
    assert kinds["Answers of the pages"]["rows"] == [
        ["SG17 approved 50 texts.", "Standards throughput", "Standards throughput", "2021", f"{THROUGHPUT}.html"]
    ]
    assert kinds["Figures of the pages"]["rows"][0][4] == f"{THROUGHPUT}.html#figure-by-group"
    assert kinds["Findings of the audit"]["rows"][0][2] == "contradiction"


def test_records_do_not_end_their_script(site):
    said = "</script><script>alert(1)</script>"
    page = find.page([], {THROUGHPUT: said}, [])
    assert "alert(1)</script>" not in page and r"\u003c/script>" in page


def test_the_find_page_is_written_again_only_when_it_changes(site):
    before, listed = ((site.out / name).stat().st_mtime_ns for name in ("find.html", "index.html"))
    site.refresh([EDITION], {})
    store(site, "another")  # a page made again that says what it said
    site.refresh([EDITION], {})
    assert site.index.stat().st_mtime_ns != listed
    assert (site.out / "find.html").stat().st_mtime_ns == before
    assert (site.out / "find.html").stat().st_size < 1_500_000
    assert 'href="find.html"' in site.index.read_text("utf-8")
    assert 'href="../find.html"' in (site.out / EDITION.name / "data.html").read_text("utf-8")


def test_two_editions_are_found_each_by_its_span(two_editions, older, newer, tmp_path):
    made.package(two_editions)
    site = Site(tmp_path / "out")
    site.prepare()
    site.refresh([newer], {})
    assert {kind["edition"] for kind in records(site)["kinds"]} == {"newer"}, "the older one has no data page yet"
    site.refresh([older], {})
    titles = [kind["title"] for kind in records(site)["kinds"] if "ITU-T Recommendations" in kind["title"]]
    assert [title.rpartition(", ")[2] for title in titles] == ["January 2023 – June 2026", "January 2020 – June 2022"]


@pytest.fixture
def ask(site, open_page):
    """Open the page and type: `ask(words)` gives the page with what is found."""

    def asked(words, width=1280, **more):
        page = open_page(site.out / "find.html", width, **more)
        page.wait_for_selector("body[data-ready]")
        page.get_by_role("searchbox").fill(words)
        return page

    return asked


def part(page, title):
    return page.locator("#found section").filter(has=page.get_by_role("heading", name=re.compile(f"^{title}")))


RECOMMENDATIONS, CATALOGUE = "ITU-T Recommendations", "Texts of ITU-T"


def counted(page, title):
    return part(page, title).locator(".tally button").all_text_contents()


@pytest.mark.slow
def test_resolution_70_is_found_alone_with_what_it_refers_to(ask, site):
    page = ask("Resolution 70")
    assert page.locator("#count").text_content() == "1 record" and page.locator("#found section li").count() == 1
    line = page.get_by_role("link", name="Annex 1, line 1592")
    assert line.get_attribute("href") == f"{EDITION.name}/data.html#line-1592"
    page.get_by_role("link", name="Section 1.7", exact=True).click()
    assert page.get_by_role("searchbox").input_value() == "Section 1.7"
    assert part(page, "Figures stated").locator("li").count() == 20
    part(page, "Figures stated").get_by_role("button", name="All 50").click()
    assert part(page, "Figures stated").locator("li").count() == 50
    page.get_by_role("link", name="section 1.7, line 750").click()
    page.locator("#line-750").wait_for(state="visible")
    assert page.url.endswith("/data.html#line-750")


@pytest.mark.slow
def test_a_series_is_counted_by_group_and_year_and_narrowed(ask):
    page = ask("X series")
    table = load.table("itut_recommendations")
    texts = table[table["series"] == "X"]
    years = [f"{year}: {n}" for year, n in texts["year"].value_counts().sort_index(ascending=False).items()]
    assert counted(page, RECOMMENDATIONS) == ["SG17: 107", "SG11: 8", "SG2: 2", *years]
    page.get_by_role("button", name="SG11: 8").click()
    assert part(page, RECOMMENDATIONS).get_by_role("heading").text_content().endswith(": 8 of 117")
    assert part(page, RECOMMENDATIONS).locator("li").count() == 8
    assert page.get_by_role("button", name="SG11: 8").get_attribute("aria-pressed") == "true"


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "kind", "first"),
    [
        ("Africa", "Figures stated", "Africa"),
        ("Africa", "Official series", "Africa"),
        ("CIRT", "Figures stated", "Countries with CIRT, World 56 percent"),
        ("cirt 2020", "Figures stated", "60.82 percent"),
        ("Y.3800", RECOMMENDATIONS, "Y.3800"),
        ("y.38", RECOMMENDATIONS, "Y.38"),
        ("study group 17", RECOMMENDATIONS, "SG17"),
        ("bo.1130-1", CATALOGUE, "BO.1130-1"),
    ],
)
def test_what_is_typed_is_found(ask, words, kind, first):
    page = ask(words)
    assert first in (part(page, kind).locator("li").first.text_content() or "")


@pytest.mark.slow
def test_a_group_is_not_another_that_starts_as_it(ask):
    table = load.table("itut_recommendations")
    for group in ("SG17", "SG2"):
        heading = part(ask(group), RECOMMENDATIONS).get_by_role("heading").text_content()
        assert heading.endswith(f": {(table['study_group'] == group).sum()}"), heading


@pytest.mark.slow
def test_a_year_leads_to_the_page_of_that_year(ask):
    page = ask("SG17")
    assert part(page, RECOMMENDATIONS).locator("a[href*='/1_standards']").count() == 0, "no page of the whole period"
    part(page, RECOMMENDATIONS).get_by_role("button", name=re.compile("^2021")).click()
    shown = part(page, RECOMMENDATIONS).get_by_role("link", name="Standards throughput, 2021")
    assert shown.get_attribute("href") == f"{THROUGHPUT}.html"


@pytest.mark.slow
def test_by_keyboard_alone(site, open_page):
    page = open_page(site.out / "find.html")
    page.wait_for_selector("body[data-ready]")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "find":
            break
    page.keyboard.type("X series")
    page.keyboard.press("Enter")
    assert page.locator("#found section").count() == 2 and page.url.endswith("#q=X%20series")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == "SG11: 8":
            break
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.textContent") == "SG11: 8", "the focus stays on what was pressed"
    assert part(page, RECOMMENDATIONS).locator("li").count() == 8
    page.reload()
    page.wait_for_selector("body[data-ready]")
    assert page.get_by_role("searchbox").input_value() == "X series" and page.locator("#found section").count() == 2


@pytest.mark.slow
@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (1280, "dark")])
def test_wide_enough_silent_and_accessible(ask, site, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    for words in ("", "Resolution 70", "X series", "Africa", "SG17", "Y.3800", "CIRT", "nothing of the kind"):
        page = ask(words, width, color_scheme=scheme)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), words
        found = Axe().run(page, options={"runOnly": rules}).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found] == [], words
        assert page.told == [] and page.asked == [(site.out / "find.html").as_uri()]
        page.context.close()
