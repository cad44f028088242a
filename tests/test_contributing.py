"""The walk-throughs of CONTRIBUTING.md do what they say."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap

import pytest

from helpers.files import ROOT
from tests.small_report import edition

STEP = re.compile(r"^ *```(sh|text|yaml)(?: (\S+))?\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
PARTS = re.split(r"(?m)^## ", (ROOT / "CONTRIBUTING.md").read_text("utf-8"))
WALKS = {title: STEP.findall(body) for title, _, body in (part.partition("\n") for part in PARTS[1:])}


def add(path, lines):
    """Lines of a rule into a file, below its first line where the file has that."""
    text, (first, _, rest) = path.read_text("utf-8"), lines.partition("\n")
    assert text.endswith("\n")
    found = f"\n{first}\n"
    path.write_text(text.replace(found, found + rest, 1) if found in text else text + lines, "utf-8")


@pytest.mark.slow
@pytest.mark.parametrize("walk", ["A check", "A statement", "An edition"])
def test_a_walk_through_leads_where_it_says(tmp_path, walk):
    assert "python -m tests.small_report trial" in PARTS[0]
    (tmp_path / "trial").mkdir()
    edition(tmp_path / "trial")
    path = os.pathsep.join([os.path.dirname(sys.executable), os.environ["PATH"]])
    environment = os.environ | {"PATH": path, "PYTHONPATH": str(ROOT), "LC_ALL": "C.UTF-8"}
    said = ""
    for kind, name, indented in WALKS[walk]:
        text = textwrap.dedent(indented)
        if kind == "yaml":
            add(tmp_path / name, text)
        elif kind == "sh":
            run = subprocess.run(["sh", "-ec", text], cwd=tmp_path, env=environment, capture_output=True, text=True)
            said = run.stdout + run.stderr
            assert run.returncode == 0, said
        else:
            assert [line for line in text.splitlines() if line not in said] == [], said


def test_each_walk_has_steps_and_says_what_comes_of_them():
    assert {walk: [kind for kind, *_ in steps].count("text") for walk, steps in WALKS.items() if steps} == {
        "A check": 3,
        "A statement": 2,
        "An edition": 3,
    }
