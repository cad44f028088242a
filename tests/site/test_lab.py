"""A real JupyterLab in Chromium: every notebook runs, a menu redraws its chart."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request

import pytest

from helpers.files import ROOT
from helpers.site import jobs
from tests.chromium import CHROMIUM

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("lab")]  # one JupyterLab


# What 'Run All Cells' of the menu runs, but only when the kernel answers (Lab
# says 'idle' before that, and drops what it is told to run) and until it is through.
RUN_ALL = """async () => {
    const panel = window.jupyterapp.shell.currentWidget;
    await Promise.all([panel.context.ready, panel.sessionContext.ready]);
    await panel.sessionContext.session.kernel.info;
    return Promise.race([
        window.jupyterapp.commands.execute("notebook:run-all-cells"),
        new Promise((_, fail) => setTimeout(() => fail(new Error("cells still run after 3 minutes")), 180_000)),
    ]);
}"""


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    """Address of a JupyterLab on a copy of the notebooks."""
    import shutil

    folder = tmp_path_factory.mktemp("lab")
    shutil.copytree(jobs.NOTEBOOKS, folder / "notebooks")
    shutil.copy(ROOT / "README.md", folder)
    bad = (jobs.NOTEBOOKS / "4_gender_and_youth_gaps.ipynb").read_text("utf-8")
    (folder / "bad.ipynb").write_text(bad.replace("geography: list = []", "geography: list = ['Atlantis']"), "utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    options = [
        "--no-browser",
        "--allow-root",
        f"--port={port}",
        f"--notebook-dir={folder}",
        "--ServerApp.ip=127.0.0.1",
        "--ServerApp.password=",
        "--IdentityProvider.token=",
        "--LabApp.news_url=",
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
        "--LabApp.expose_app_in_browser=True",
    ]
    command = [sys.executable, "-m", "jupyterlab", *options]
    homes = {
        "JUPYTER_CONFIG_DIR": str(folder / "config"),
        "JUPYTER_DATA_DIR": str(folder / "data"),
        "JUPYTER_CONFIG_PATH": str(ROOT / ".jupyter"),  # as `make lab` sets it
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "s"),
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "w"),
    }
    server = subprocess.Popen(
        command, cwd=folder, env=os.environ | homes, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    for _ in range(300):
        try:
            urllib.request.urlopen(f"{address}/api", timeout=1)
            break
        except OSError:
            time.sleep(0.2)
    yield address
    server.terminate()
    server.wait(20)


@pytest.fixture(scope="module")
def page(lab):
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield browser.new_page(viewport={"width": 1400, "height": 1000})
        browser.close()


def test_the_readme_opens_as_a_page_and_not_as_source(lab, page):
    assert 'JUPYTER_CONFIG_PATH="$(CURDIR)/.jupyter"' in (ROOT / "Makefile").read_text("utf-8")
    page.goto(f"{lab}/lab/tree/README.md")
    page.locator(".jp-MarkdownViewer h1").wait_for(timeout=60_000)
    assert "How the ITU delivered" in page.locator(".jp-MarkdownViewer h1").inner_text()


def test_a_bad_parameter_says_in_the_lab_what_it_says_elsewhere(lab, page):
    page.goto(f"{lab}/lab/workspaces/bad/tree/bad.ipynb?reset")
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60_000)
    assert not page.evaluate(RUN_ALL)
    errors = page.locator(".jp-OutputArea-output", has_text="ParameterError")
    assert errors.count() == 1 and "geography: unknown Atlantis; allowed are World" in str(errors.text_content())


WITH_MENU = [notebook for notebook in jobs.manifest() if "explore(" in notebook.path.read_text("utf-8")]


@pytest.mark.parametrize("notebook", WITH_MENU, ids=lambda notebook: notebook.name)
def test_notebook_runs_and_its_menu_redraws_the_chart(lab, page, notebook):
    page.goto(f"{lab}/lab/workspaces/{notebook.name}/tree/notebooks/{notebook.name}.ipynb?reset")
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60_000)
    assert page.evaluate(RUN_ALL), "a cell did not run"
    menu = page.locator(".widget-dropdown select").first
    menu.wait_for(timeout=60_000)
    assert page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count() == 0

    output = (
        menu.locator("xpath=ancestor::div[contains(@class,'jp-OutputArea ')][1]")
        .locator(".jp-RenderedHTMLCommon")
        .first
    )
    before = output.inner_text()
    options = [text.replace("\xa0", " ") for text in menu.locator("option").all_inner_texts()]
    menu.select_option(index=len(options) - 1)
    for _ in range(100):
        if output.inner_text() != before:
            break
        page.wait_for_timeout(100)
    assert output.inner_text() != before
    assert re.search(re.escape(options[-1]), output.inner_text(), re.IGNORECASE), output.inner_text()[:200]
