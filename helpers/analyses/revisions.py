"""What later editions made of the report's own figures."""

from __future__ import annotations

import re

import pandas as pd

from helpers.analyses import official
from helpers.tables.query import TOTAL

SCALE = {
    "billion people": ("million people", 1000.0),
    "fraction": ("percent", 100.0),
}  # the official unit, and how many
# A report's figure that two years of an official one make: the end of its indicator, how, its unit.
CHANGES = {
    "_growth": (lambda now, base: 100 * (now / base - 1), "percent"),
    "_multiple": (lambda now, base: now / base, "times"),
    "_added": (lambda now, base: now - base, "million people"),
}
ABOUT = ["indicator", "geography", "sex", "age", "year", "unit"]
COLUMNS = [*ABOUT, "topic", "breakdown", "qualifier", "value", "worked_out",
           "later", "revised", "economies", "source", "place", "made", "section", "line"]  # fmt: skip
TYPES = dict.fromkeys(COLUMNS, "string") | dict.fromkeys(["value", "later", "revised"], "Float64")
TYPES |= dict.fromkeys(["year", "line", "economies"], "Int64") | {"worked_out": "boolean"}


def revisions(observations: pd.DataFrame, series: official.Series, until: int) -> pd.DataFrame:
    """The report's figures up to the year `until` beside each later edition's: columns `COLUMNS`, newest edition first.

    Editions of the month of the report and before are no later ones.
    value is the report's figure in the unit of the official one, `revised` is `later` less that.
    """
    after = [source for source, date in series.dates.items() if date > series.written]
    rows = series.figures[series.figures["source"].isin(after)]
    rows = rows[(rows["location"] == TOTAL) & (rows["panel"] == "")]
    told = observations[observations["year"] <= until].reset_index(drop=True)
    told = told.assign(breakdown=told["breakdown"].fillna(""), position=told.index)
    told = pd.concat([told, _men(told)], ignore_index=True)
    scaled = [SCALE.get(unit, (unit, 1.0)) for unit in told["unit"]]
    told["value"] *= [factor for _, factor in scaled]
    told["unit"] = pd.Series([unit for unit, _ in scaled], dtype="string")
    plain = told[told["breakdown"] == ""].merge(rows.rename(columns={"value": "later"}), on=ABOUT)
    both = pd.concat([plain, _changes(told, rows)], ignore_index=True)
    both["worked_out"] = both["worked_out"].astype("boolean").fillna(False)
    both = both.assign(revised=both["later"] - both["value"]).sort_values("made", kind="stable")
    both = official.newest_first(both, series.dates).sort_values("position", kind="stable")
    return both.drop_duplicates([*ABOUT, "breakdown", "value", "source"])[COLUMNS].astype(TYPES).reset_index(drop=True)


def _men(told: pd.DataFrame) -> pd.DataFrame:
    """Men where the report gives women and the gap: women's share and the gap."""
    gaps, people = (told[told["indicator"] == name] for name in ("gender_gap", official.USE))
    keys = ["geography", "year"]
    both = people[people["sex"] == "F"].merge(gaps[[*keys, "value"]], on=keys, suffixes=("", "_gap"))
    men = people.loc[people["sex"] == "M", keys].assign(there=True)
    rows = both.merge(men, on=keys, how="left")
    rows = rows[rows["there"].isna()]
    return rows.assign(sex="M", value=rows["value"] + rows["value_gap"], worked_out=True)[[*told.columns, "worked_out"]]


def _changes(told: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """The report's growths, multiples and gains, worked out of the official figures of both years."""
    found = []
    for row in told.to_dict("records"):
        said = re.fullmatch(r"(.+?)(_growth|_multiple|_added)(?:_since_(\d{4}))?", row["indicator"])
        since = re.fullmatch(r"since (\d{4})|", row["breakdown"])
        if said is None or since is None:
            continue
        make, unit = CHANGES[said[2]]
        base = int(said[3] or since[1] or row["year"] - 1)
        of = rows[(rows["indicator"] == said[1]) & (rows[["sex", "age"]] == TOTAL).all(axis=1)]
        of = of[(of["geography"] == row["geography"])]
        pairs = of[of["year"] == row["year"]].merge(
            of[of["year"] == base], on=["source", "made", "unit"], suffixes=("", "_base")
        )
        for pair in pairs.to_dict("records"):
            later, place = make(pair["value"], pair["value_base"]), f"{pair['place']}, {pair['place_base']}"
            found.append(row | {name: pair[name] for name in ("source", "economies")} | {"later": later, "unit": unit,
                         "place": place, "made": official.DERIVED})  # fmt: skip
    return pd.DataFrame(found, columns=[*told.columns, "later", "economies", "source", "place", "made"])
