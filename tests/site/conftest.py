"""A data folder with two made-up editions, and a manifest of two small notebooks."""

from __future__ import annotations

from datetime import date

import pytest

from helpers.site import jobs
from helpers.tables import editions
from tests.chromium import CHROMIUM
from tests.site import made


@pytest.fixture
def own_notebooks(tmp_path, monkeypatch):
    """The manifest is that of two small notebooks of our own."""
    entries = made.notebooks(tmp_path / "notebooks")
    monkeypatch.setattr(jobs, "manifest", lambda: entries)
    return entries


@pytest.fixture
def two_editions(tmp_path, own_notebooks):
    """A data folder with an older edition and a newer one, whose years, groups and tables differ."""
    folder = tmp_path / "data"
    closes = {"itut_recommendations": date(2021, 11, 1), "space_notices": "not stated"}
    made.edition(folder, "older", [2020, 2021], "2022-06", {"SG2": 3, "SG15": 2, "SG17": 1}, closes=closes)
    made.edition(folder, "newer", [2023, 2024], "2026-06", {"SG15": 4, "SG21": 5}, document="Document 9")
    (folder / "editions/newer/tables/itut_workshops.csv").unlink()
    made.package(folder)
    return folder


@pytest.fixture
def older(two_editions):
    return editions.edition("older", two_editions)


@pytest.fixture
def newer(two_editions):
    return editions.edition("newer", two_editions)


@pytest.fixture(scope="module")  # kernels start no loop of events beside the one that it runs
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
