"""A real JupyterLab in Chromium: every notebook runs, its controls change what is under them."""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pandas as pd
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


def opened(lab, page, name):
    """Run all cells of a notebook, and return the output under its controls, which no cell has complained of."""
    page.goto(f"{lab}/lab/workspaces/{name}/tree/notebooks/{name}.ipynb?reset")
    page.wait_for_selector(".jp-NotebookPanel .jp-Cell", timeout=60_000)
    assert page.evaluate(RUN_ALL), "a cell did not run"
    menu = page.locator(".widget-dropdown select").first
    menu.wait_for(timeout=60_000)
    menu.scroll_into_view_if_needed()  # what is not in view is not laid out, and has no words
    assert page.locator(".jp-OutputArea-output[data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    return menu.locator("xpath=ancestor::div[contains(@class,'jp-OutputArea ')][1]")


def answered(page, output, change):
    """What `change` makes of the words under the controls; fails where nothing new comes in ten seconds."""
    shown = output.locator(".jp-RenderedHTMLCommon", has=page.locator(".answer"))
    before = shown.inner_text()
    change()
    for _ in range(100):
        if (after := shown.inner_text()) != before:
            return after
        page.wait_for_timeout(100)
    raise AssertionError(f"nothing new under the controls: {before[:200]}")


WITH_CONTROLS = [notebook for notebook in jobs.manifest() if "explore(" in notebook.path.read_text("utf-8")]
assert len(WITH_CONTROLS) == len(jobs.manifest()) - 1  # all but the overview


@pytest.mark.parametrize("notebook", WITH_CONTROLS[1:], ids=lambda notebook: notebook.name)
def test_notebook_runs_and_its_controls_change_what_is_under_them(lab, page, notebook):
    from playwright.sync_api import expect

    output = opened(lab, page, notebook.name)
    menu, years = output.locator(".widget-dropdown select").first, output.locator(".widget-select-multiple select").last
    last = menu.locator("option").count() - 1
    answered(page, output, lambda: menu.select_option(index=last))
    fields = output.locator("input[readonly]")
    assert "year = 2021" in fields.first.input_value()
    years.select_option(label="all")
    expect(fields.first).to_have_value(re.compile('year = "all"'), timeout=10_000)
    assert f"--notebook {notebook.name[0]} " in fields.last.input_value() + " "
    assert "--year all" in fields.last.input_value()


def test_controls_combine_can_be_copied_and_saved_and_read_in_both_themes(lab, page):
    from playwright.sync_api import expect

    output = opened(lab, page, WITH_CONTROLS[0].name)
    lists, shown = output.locator(".widget-select-multiple select"), output.locator(".jp-RenderedHTMLCommon")
    lists.first.select_option(["SG15", "SG17"])
    expect(shown.filter(has_text="SG15 and SG17 approved ")).to_have_count(1, timeout=10_000)
    lists.nth(1).select_option("Amendments")
    both = shown.filter(has_text="Only Amendments.").filter(has_text="Amendments: SG15 approved more than SG17 in 2021")
    expect(both).to_have_count(1, timeout=10_000)

    parameters, command = (output.locator("input[readonly]").nth(place) for place in range(2))
    assert parameters.input_value() == 'study_groups = ["SG15", "SG17"]; year = 2021'
    command.focus()
    assert page.evaluate("getSelection().toString()") == command.input_value()
    assert "run --notebook 1 -p 'study_groups=[" in command.input_value()

    output.get_by_role("button", name="Save the rows as CSV").click()
    told = output.get_by_text(re.compile(r"\d+ rows are in .+\.csv"))
    told.wait_for(timeout=10_000)
    path = Path(told.inner_text().partition(" rows are in ")[2])
    assert path.parent.name == "notebooks"  # beside the notebook
    rows = pd.read_csv(path, comment="#")
    assert set(rows["study_group"]) == {"SG15", "SG17"} and set(rows["document_type"]) == {"amendment"}

    looks = """figure => {
        const [anchor, caption] = [figure.querySelector("figcaption a"), figure.querySelector("figcaption")];
        const ground = getComputedStyle(figure.querySelector(".drawing")).backgroundColor;
        const style = getComputedStyle(anchor);
        return [style.color === getComputedStyle(caption).color, style.textDecorationLine, ground];
    }"""
    for theme in ("JupyterLab Light", "JupyterLab Dark"):
        page.evaluate(f"window.jupyterapp.commands.execute('apputils:change-theme', {{theme: '{theme}'}})")
        page.wait_for_selector(f"body[data-jp-theme-name='{theme}']", state="attached")
        figure = output.locator("figure.chart")
        assert figure.evaluate(looks) == [True, "none", "rgb(253, 253, 254)"], theme
