"""What a source holds, and what `data/published/*.yaml` declares of names, places, sources and what is left out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml

from helpers.files import InputError
from helpers.tables.editions import LOADER


class PublishError(InputError):
    """The source cannot be read, or is none of the known kinds."""


@dataclass
class Reading:
    """Rows by table (`sources` among them), what could not be placed, and what is left out by declaration."""

    tables: dict[str, list[dict[str, Any]]] = field(default_factory=lambda: defaultdict(list))
    lost: dict[tuple[str, str], list[str]] = field(default_factory=lambda: defaultdict(list))
    left: Counter[str] = field(default_factory=Counter)

    def lose(self, sheet: str, where: str, why: str) -> None:
        """Note what could not be placed; the same reason on the same sheet is told once."""
        self.lost[sheet, why].append(where)

    @property
    def unplaced(self) -> list[str]:
        """One line for each thing that could not be placed: where it is first, and why."""
        return [
            f"{places[0]}: {why}" + (f" (and {len(places) - 1} more)" if len(places) > 1 else "")
            for (_, why), places in self.lost.items()
        ]

    @property
    def left_out(self) -> list[str]:
        """One line for each thing that is left out by declaration, with how often."""
        return [f"{why} ({count})" for why, count in self.left.items()]


def clean(text: object) -> str:
    """A heading or label without footnote asterisks, in one line."""
    return " ".join(str(text).replace("*", "").split())


def key(text: object) -> str:
    """A label as it is looked up."""
    return clean(text).casefold()


def shown(value: object) -> str:
    """A cell's content in a message."""
    return repr(str(value)[:60])


@dataclass(frozen=True)
class Declared:
    """The three files of declarations."""

    indicators: dict[str, Any]
    geographies: dict[str, Any]
    sources: dict[str, Any]

    @classmethod
    def read(cls, *folders: Path) -> Declared:
        """Each file from the first folder that has it. Raises `PublishError` for one that is missing or no YAML."""
        found = []
        for name in ("indicators.yaml", "geographies.yaml", "sources.yaml"):
            path = next((folder / name for folder in folders if (folder / name).is_file()), folders[0] / name)
            try:
                found.append(yaml.load(path.read_text("utf-8"), LOADER))
            except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
                raise PublishError(f"{path}: cannot be read ({' '.join(str(error).split())})") from None
        return cls(*found)

    @cached_property
    def _labels(self) -> dict[str, dict[str, Any]]:
        return {part: {key(label): said for label, said in named.items()} for part, named in self.indicators.items()}

    @cached_property
    def _places(self) -> dict[str, dict[str, str]]:
        names = [(label, name, place["kind"]) for name, place in self.geographies.items() for label in place["labels"]]
        return {key(label): {"geography": name, "geography_kind": kind} for label, name, kind in names}

    def named(self, part: str, label: object) -> Any:
        """What a part of `indicators.yaml` has under a label; None where it has nothing."""
        return self._labels[part].get(key(label))

    def geography(self, label: object) -> dict[str, str] | None:
        """Our name of a place and its kind; None for an unknown label."""
        return self._places.get(key(label))

    def heading(self, text: object) -> tuple[str, str]:
        """A heading without its unit, and the unit's word (empty where it names none).

        `Individuals using the Internet (millions)`, `…/Millions` and
        `Percentage of individuals using the Internet, by gender` have one heading.
        """
        title = clean(text)
        if share := re.fullmatch(r"(?i)percentage of (.+?)(, by .+)?", title):
            return share[1], "Percentage"
        for word, unit in self.indicators["units"].items():
            if tail := re.fullmatch(rf"(?i)(.+?)[\s,(/]+(?:in )?{re.escape(word)}\)?", title):
                return tail[1], unit
        return title, ""

    def source(self, kind: str, date: str, note: str = "") -> dict[str, str]:
        """The row of `sources` for an edition of a kind of source."""
        said = dict(self.sources["kinds"][kind])
        return said | {
            "source": f"{said['source']}-{date[:7]}",
            "edition_date": date,
            "note": f"{said['note']} {note}".strip(),
        }
