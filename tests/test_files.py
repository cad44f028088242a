"""Files that are there whole or not at all, whenever the process that writes them is killed."""

from __future__ import annotations

import os
import shutil
import signal
import sys

import pytest

from helpers import files
from helpers.__main__ import main
from helpers.extract import extract, write
from helpers.extract import new_edition as start
from helpers.published import Reading
from helpers.published import write as write_published
from helpers.tables import editions, load
from tests.conftest import TESTS

STEPS = {"os.mkdir", "os.rename", "os.remove", "os.rmdir"}  # audit events that change a folder, beside `open` to write


def state(folder):
    """Every file of a data folder that a reader looks at."""
    parts = [(path, path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()]
    return {str(name): path.read_bytes() for path, name in parts if not name.parts[0].startswith(".wri")}


def killed_at(step, job, folder):
    """Run a job on a folder in a process of its own that is killed right before its n-th step there; True if it was."""
    child = os.fork()
    if child == 0:
        left = step

        def count(event, arguments):
            nonlocal left
            if event in STEPS or (event == "open" and arguments[2] & os.O_WRONLY):
                left -= str(folder) in str(arguments[0])
                if not left:
                    os.kill(os.getpid(), signal.SIGKILL)

        sys.addaudithook(count)
        try:
            job(folder)
        except BaseException:
            os._exit(1)
        os._exit(0)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def extraction(small):
    found = extract(small, editions.edition("", TESTS))
    for table in found.tables.values():
        table["section"] = table["section"].replace("1.3", "1.33")
    return lambda folder: write(found, folder)


def publication(small):
    source = {"source": "made-up", "publisher": "P", "title": "T", "link": "L", "licence": "not stated"}
    reading = Reading()
    reading.tables["sources"].append(source)
    reading.tables["economies"].append(
        {"name": "Here", "ldc": True, "lldc": False, "sids": False, "source": "made-up", "place": "row 2"}
    )
    return lambda folder: write_published(reading, folder)


def new_edition(small):
    found = start(small, "trial", TESTS)
    return lambda folder: write(found, folder)


@pytest.mark.slow
@pytest.mark.parametrize("make", [extraction, publication, new_edition])
def test_a_write_that_is_killed_anywhere_is_done_or_never_was(make, small, other, tmp_path):
    def copied(name):  # by links, as no file is ever changed in its place
        return shutil.copytree(other, tmp_path / str(name), copy_function=os.link)

    job, whole = make(small), copied("whole")
    job(whole)
    old, new = state(other), state(whole)
    assert old != new and load.problems(whole) == []
    step, done, told = 1, [], []
    while killed_at(step, job, folder := copied(step)):
        found = state(folder)
        if found not in (old, new) and step % 5 == 0:  # between two files, whoever reads past the commands is told
            told.append(bool(load.problems(folder)) or found["datapackage.json"] == old["datapackage.json"])
        files.finish(folder)  # as every command does before anything else
        done.append(state(folder))
        assert done[-1] in (old, new), step
        step += 1
        if step % 10 == 0:
            job(folder)  # the next one goes through and leaves nothing behind
            assert state(folder) == new and not list(folder.glob(".*")), step
    assert all(told) and told
    first = done.index(new)  # before one moment none, after it all
    assert 0 < first < len(done) - 5 and all(found == new for found in done[first:])


def test_nothing_is_written_through_a_link_that_leads_elsewhere(tmp_path, capsys):
    """A data folder from somebody else cannot make `check` write outside of it."""
    (tmp_path / "home").mkdir()
    folder = tmp_path / "data"
    (folder / files.WRITTEN / "editions").mkdir(parents=True)
    (folder / files.WRITTEN / "editions" / "profile").write_text("bad", "utf-8")
    (folder / "editions").symlink_to(tmp_path / "home")
    assert main(["check", "--data", str(folder)]) == 2
    assert "a link leads out of" in capsys.readouterr().err and not list((tmp_path / "home").iterdir())
    shutil.rmtree(folder / files.WRITTEN)
    with pytest.raises(OSError, match="a link leads out of"):
        files.write_all(folder, {"x": b"x", "editions/y": b"y"})
    assert sorted(path.name for path in folder.iterdir()) == ["editions"]


def test_a_full_disk_leaves_everything_as_it_was(tmp_path, monkeypatch):
    files.write_all(tmp_path, {"a": b"old", "b/c": b"old"})

    def full(path, content):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(type(tmp_path), "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        files.write_all(tmp_path, {"a": b"new", "b/c": b"new"})
    assert state(tmp_path) == {"a": b"old", "b/c": b"old"} and not list(tmp_path.glob(".*"))
