"""Where the project stands, and files that are there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import platform
import shutil
import tempfile
import zlib
from collections.abc import Mapping
from pathlib import Path

HELPERS = Path(__file__).parent
ROOT = HELPERS.parent
INSTALLED = (HELPERS / "notebooks").is_dir()  # from a wheel, which carries data and notebooks in the package
DATA = (HELPERS if INSTALLED else ROOT) / "data"
NOTEBOOKS = (HELPERS if INSTALLED else ROOT) / "notebooks"
REPORTS = (Path.cwd() if INSTALLED else ROOT) / "reports"
WRITING, WRITTEN = ".writing", ".written"  # folders of files that are not whole yet, and of whole ones not in place yet


class InputError(Exception):
    """What somebody gave cannot be used; says why and what to do. Each storey has its own kind."""


def scratch() -> str:
    """How the names of this process's temporary folders begin: its machine and number, for `sweep`."""
    return f"{_machine()}{os.getpid()}-"


def sweep() -> None:
    """Remove the temporary folders that processes of this machine have left behind when they were killed."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_machine()}*-*"):
        process = folder.name.removeprefix(_machine()).partition("-")[0]
        if process.isdigit() and not _lives(int(process)):
            shutil.rmtree(folder, ignore_errors=True)


def _machine() -> str:
    return f"itu-{zlib.crc32(platform.node().encode()):08x}-"  # machines of a cluster may share the folder


def _lives(process: int) -> bool:
    if os.name != "posix":  # there, signal 0 is none
        return True
    try:
        os.kill(process, 0)
    except OSError as error:
        return isinstance(error, PermissionError)
    return True


def write(path: Path, content: str | bytes) -> None:
    """Write a file beside its place and move it in when whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, beside = tempfile.mkstemp(prefix=f".{path.name[:100]}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content.encode() if isinstance(content, str) else content)
        os.chmod(beside, 0o644)
        os.replace(beside, path)
    except BaseException:
        Path(beside).unlink(missing_ok=True)
        raise


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files of a folder (path in it → content), all or none, also for a process that is killed on the way.

    They are written beside, and one rename declares them written; what a kill after it
    keeps out of its place is put there by `finish`.
    """
    finish(folder)
    for name in files:
        if (folder / name).is_dir():
            raise IsADirectoryError(f"{folder / name} is a folder; nothing was written")
        _stays_inside(folder, folder / name)
    beside = folder / WRITING
    shutil.rmtree(beside, ignore_errors=True)  # of a process that was killed
    try:
        for name, content in files.items():
            (beside / name).parent.mkdir(parents=True, exist_ok=True)
            (beside / name).write_bytes(content)
        os.rename(beside, folder / WRITTEN)
    except BaseException:
        shutil.rmtree(beside, ignore_errors=True)
        raise
    finish(folder)


def finish(folder: Path) -> None:
    """Put files in their places that a killed `write_all` has written; whoever reads the folder does so first."""
    written = folder / WRITTEN
    files = (path for path in written.rglob("*") if path.is_file())
    for file in sorted(files, key=lambda path: (path.suffix == ".csv", path)):  # last the tables, as they have hashes
        target = folder / file.relative_to(written)
        _stays_inside(folder, target)
        target.parent.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileNotFoundError):  # another process was faster
            os.replace(file, target)
    for empty in [*sorted(written.rglob("*"), reverse=True), written]:
        with contextlib.suppress(OSError):
            empty.rmdir()


def _stays_inside(folder: Path, target: Path) -> None:
    """Refuse a place that links lead to elsewhere: a data folder may be anybody's."""
    if not target.parent.resolve().is_relative_to(folder.resolve()):
        raise OSError(f"{target}: a link leads out of {folder}")
