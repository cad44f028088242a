"""Pages that say what they are, so that none is taken for what it is not.

A page carries in its head its key, headline, error and edition, the hashes of the files
that belong to it (`data.xlsx` to `data.html`), and the hash of its own name and whole
content. So the folder needs no state beside the pages, and what is cut, edited or put
there under another name counts as not made.
"""

from __future__ import annotations

import hashlib
import html
import logging
import re
from collections.abc import Mapping
from pathlib import Path

from helpers.files import write
from helpers.site.keys import digest_of

LOG = logging.getLogger(__name__)  # without a handler it tells stderr
PLACE = "<!-- job -->"
NOTE = re.compile(r'<meta name="job-(\w+)" content="([^"]*)">')
HASH = re.compile(rb'(<meta name="job-hash" content=")(\w*)">')
BESIDE = re.compile(r"(\w[\w.-]*(?:/\w[\w.-]*)*)=(\w+)")  # no way leads out of the page's folder


class Written:
    """What is written under `out`."""

    def __init__(self, out: Path) -> None:
        self.out = out

    def read(self, name: str) -> bytes | None:
        """Content of a file, None where it cannot be read."""
        try:
            return (self.out / name).read_bytes()
        except OSError:
            return None

    def notes(self, name: str) -> dict[str, str]:
        """What a page says of itself: key, headline, error, …; empty where none is or not the one written there."""
        return _own(name, self.read(f"{name}.html") or b"")

    def taken(self, name: str) -> dict[str, str]:
        """What a page says of itself; where it, or a file that belongs to it, is not what was written, names it."""
        content = self.read(f"{name}.html")
        notes = _own(name, content or b"")
        if content is not None and not notes:
            raw = _notes(content)
            changed = [f"{name}.html"] if "hash" in raw or "key" not in raw else []  # a key alone: an older release
        else:
            changed = [file for file in self._files(name, notes)[1] if (self.out / file).exists()]
        if changed:
            LOG.warning("not what was written there, so not taken: %s", ", ".join(changed))
        return notes

    def beside(self, name: str) -> tuple[list[str], list[str]]:
        """The names of the files that belong to a page, and of those that are not what was written, which stay out."""
        return self._files(name, self.notes(name))

    def _files(self, name: str, notes: Mapping[str, str]) -> tuple[list[str], list[str]]:
        folder = name.rpartition("/")[0]
        listed = {f"{folder}/{file}": digest for file, digest in BESIDE.findall(notes.get("files", ""))}
        whole = [file for file, digest in listed.items() if digest_of(self.out / file) == digest]
        return whole, [file for file in listed if file not in whole]

    def write(self, name: str, page: str, notes: Mapping[str, str], files: Mapping[str, bytes] | None = None) -> None:
        """Write the files that belong to a page (name in its folder → content), then the page with its notes."""
        folder, earlier = (self.out / name).parent, BESIDE.findall(self.notes(name).get("files", ""))
        for file, content in (files or {}).items():
            write(folder / file, content)
        listed = " ".join(f"{file}={_sha(content)}" for file, content in (files or {}).items())
        said = {**notes, "files": listed, "hash": ""}
        metas = "\n".join(f'<meta name="job-{part}" content="{html.escape(text)}">' for part, text in said.items())
        write(self.out / f"{name}.html", sealed(name, page.replace(PLACE, metas, 1).encode()))
        for file in {file for file, _ in earlier} - set(files or {}):
            (folder / file).unlink(missing_ok=True)


def sealed(name: str, content: bytes) -> bytes:
    """A page with the hash of its name and content in its head."""
    return HASH.sub(rb"\g<1>" + _hash(name, content).encode() + b'">', content, count=1)


def _own(name: str, content: bytes) -> dict[str, str]:
    """What a page says of itself, where name and content are those that its hash was made of."""
    notes = _notes(content)
    return notes if notes.get("hash") == _hash(name, content) else {}


def _notes(content: bytes) -> dict[str, str]:
    head = content.partition(b"</head>")[0].decode("utf-8", "ignore")
    return {part: html.unescape(text) for part, text in NOTE.findall(head)}


def _hash(name: str, content: bytes) -> str:
    return _sha(name.encode() + b"\0" + HASH.sub(rb'\g<1>">', content, count=1))


def _sha(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
