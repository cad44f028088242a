"""The live end of each notebook: controls that redraw a chart in JupyterLab.

Every function takes the tables of its notebook and shows a chart with controls
under it. Where no one can move a control (papermill, a page) the chart stays as a
still picture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

import pandas as pd

from helpers import audit, charts, gaps, overview, participation, results, spectrum, standards, targets, wording
from helpers.charts import Chart
from helpers.parameters import Period
from helpers.tables import Shown

Drawing = Callable[..., Chart | Shown]


def panel(draw: Drawing, **choices: Sequence[object]) -> None:
    """Show `draw` of the first of each choice, and a menu for every choice.

    A drawing that has no data says so in place of the chart.
    """
    from IPython.display import display
    from ipywidgets import Dropdown, HBox, Layout

    menus = {
        name: Dropdown(
            options=[str(option) for option in options],
            description=name.replace("_", " "),
            layout=Layout(width="18rem"),
        )
        for name, options in choices.items()
    }
    picture = display(draw(**{name: menu.value for name, menu in menus.items()}), display_id=True)

    def redraw(change: object) -> None:
        picture.update(draw(**{name: menu.value for name, menu in menus.items()}))

    for menu in menus.values():
        menu.observe(redraw, names="value")
    display(HBox(list(menus.values())))


EVERY = "all"


def _nothing(what: str) -> Shown:
    return Shown(f"<p>{what}</p>")


def throughput(itut: pd.DataFrame, period: Period) -> None:
    """Approvals by year for a study group and kind of document."""
    labels = {label: name for name, label in standards.TYPE_LABELS.items()}
    draw = partial(_throughput, itut, period, labels)
    panel(draw, study_group=[EVERY, *standards.study_groups(itut)], document=[EVERY, *labels])


def _throughput(
    itut: pd.DataFrame, period: Period, labels: dict[str, str], study_group: str, document: str
) -> Chart | Shown:
    groups = standards.study_groups(itut) if study_group == EVERY else [study_group]
    rows = itut if document == EVERY else itut[itut["document_type"] == labels[document]]
    years = standards.by_year(rows[rows["study_group"].isin(groups)], period, groups)
    if years.empty:
        return _nothing(f"{study_group} has no {document.lower()} in the table.")
    return charts.stacked_bars(
        years.assign(year=years["year"].astype(str)), "year", standards.TYPE_LABELS, unit="texts approved", anchor="explore",
        title=f"{study_group}, {document.lower()}: {wording.number(years['entries'].sum())} texts", source=wording.source(rows),
        hatched=list(years.loc[years["partial"], "year"].astype(str)),
    )  # fmt: skip


def notices(both: pd.DataFrame) -> None:
    """One series of notices by year."""
    panel(partial(_notices, both), series=list(dict.fromkeys(both["series"])))


def _notices(both: pd.DataFrame, series: str) -> Chart:
    rows = both[both["series"] == series]
    return charts.year_panels(
        rows, "series", "value", unit="items", anchor="explore", title=f"{series}: {wording.number(rows['value'].sum())} in all",
        source=wording.source(rows), notes=spectrum.notes(rows),
    )  # fmt: skip


def goals(progress: pd.DataFrame) -> None:
    """Targets of one goal, measured or not."""
    panel(partial(_goals, progress), goal=[EVERY, *dict.fromkeys(progress["goal"])])


def _goals(progress: pd.DataFrame, goal: str) -> Chart:
    rows = progress if goal == EVERY else progress[progress["goal"] == goal]
    states = targets.summary(rows)
    return charts.stacked_bars(
        states, "state", {"targets": "Targets"}, unit="targets", anchor="explore",
        title=f"{goal}: {len(rows)} targets by state", source=wording.source(rows),
    )  # fmt: skip


def places(observations: pd.DataFrame) -> None:
    """Shares of Internet use for one geography."""
    panel(partial(_places, observations), geography=[EVERY, *gaps.geographies(observations)])


def _places(observations: pd.DataFrame, geography: str) -> Chart | Shown:
    women = gaps.gender(observations)
    rows = women if geography == EVERY else women[women["geography"] == geography]
    if rows.empty:
        return _nothing(f"The report gives no parity score for {geography}.")
    rows = rows.assign(name=rows["geography"] + " " + rows["year"].astype(str))
    return charts.intervals(
        rows, "name", value="score", low="low", high="high", unit="gender parity score", anchor="explore", band=gaps.PARITY,
        band_label="parity", printed="printed_score", title=f"Gender parity score, {geography}", source=wording.source(rows),
    )  # fmt: skip


def figures(observations: pd.DataFrame) -> None:
    """Figures of one topic of participation."""
    from helpers import tables

    def draw(topic: str) -> Shown:
        period = Period(tuple(range(2018, 2022)), None)
        rows = participation.figures(observations[observations["topic"] == topic], period)
        return tables.show(rows, f"{topic}: {len(rows)} figures", anchor="explore")

    panel(draw, topic=participation.TOPICS)


def texts(resolutions: pd.DataFrame) -> None:
    """The longest status texts of one kind."""
    panel(partial(_texts, resolutions), status=[EVERY, *results.STATUSES])


def _texts(resolutions: pd.DataFrame, status: str) -> Chart:
    rows = resolutions if status == EVERY else resolutions[resolutions["status"] == status]
    top = rows.sort_values("words", ascending=False).head(12)
    top = top.assign(name=top["instrument"].str[:3] + ". " + top["number"].astype(str))
    return charts.stacked_bars(
        top, "name", {"words": "Words"}, unit="words of status text", anchor="explore",
        title=f"{status}: {len(rows)} texts, the longest of them", source=wording.source(top),
    )  # fmt: skip


def findings(found: pd.DataFrame) -> None:
    """Findings of one severity, by kind of check."""
    panel(partial(_findings, found), severity=[EVERY, *audit.SEVERITIES])


def _findings(found: pd.DataFrame, severity: str) -> Chart | Shown:
    rows = found if severity == EVERY else found[found["severity"] == severity]
    if rows.empty:
        return _nothing(f"There is no {severity}.")
    return charts.stacked_bars(
        audit.summary(rows), "kind", audit.SEVERITY_LABELS, unit="checks", anchor="explore",
        title=f"{severity}: {len(rows)} checks by kind", source="all tables",
    )  # fmt: skip


def counts(small: pd.DataFrame) -> None:
    """One of the overview's counts by year."""
    panel(partial(_counts, small), series=list(dict.fromkeys(small["series"])))


def _counts(small: pd.DataFrame, series: str) -> Chart:
    rows = small[small["series"] == series]
    return charts.year_panels(
        rows, "series", "value", unit="items", anchor="explore", title=f"{series}: {overview.span(rows)}",
        source="sections 1.2, 1.3 and 1.10",
    )  # fmt: skip
