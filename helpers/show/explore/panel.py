"""Controls that combine, and what they choose: sentences, a chart, a table, the rows as CSV, the selection to copy.

A notebook's module says which controls an edition has and what their values show (`Question`); it
uses the analyses, sentences and charts of the notebook, so that a page with the same parameters says the same.
"""

from __future__ import annotations

import html
import json
import re
import shlex
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from helpers import files, selection
from helpers.period import ALL, LATEST, ParameterError, listing
from helpers.selection import Selection
from helpers.sentences.caption import Caption
from helpers.show import tables, theme, tiles
from helpers.show.charts import Chart
from helpers.show.tables import Shown
from helpers.tables import editions

ANCHOR = "explore"  # of every chart and table here, as the notebook's own have theirs
MOST = 100  # rows of a table that are shown
EVERY = ("all", "")  # first option of a control that takes several
FIELD = '<input readonly size="70" value="{0}" aria-label="{1}" onfocus="this.select()">'
COPY = '<button onclick="const f = this.previousElementSibling; f.select(); navigator.clipboard?.writeText(f.value)">'


class Control(NamedTuple):
    """One choice: label and value of each option (none: a field for words), and whether it takes `several`.

    A `parameter` of the notebook has its name; the others choose among what this panel shows.
    """

    name: str
    label: str
    options: Sequence[tuple[str, Any]] = ()
    several: bool = False
    parameter: bool = False


class View(NamedTuple):
    """What a selection shows: sentences, a chart, the rows behind it, a table (none: the data of the chart)."""

    said: list[str]
    chart: Chart | Shown
    rows: pd.DataFrame
    table: pd.DataFrame | None = None
    caption: Caption = Caption("")
    headings: dict[str, str] | None = None


class Question(NamedTuple):
    """The controls of a notebook in one edition, and the view of a selection and the other controls' values."""

    controls: list[Control]
    view: Callable[..., View]


Ask = Callable[[Selection], Question]


def plain(names: Iterable[Any]) -> list[tuple[str, Any]]:
    """Options that are called what they are."""
    return [(str(name), name) for name in names]


def kept(frame: pd.DataFrame, column: str, values: Sequence[Any]) -> pd.DataFrame:
    """The rows with one of the `values`; all where none is chosen."""
    return frame[frame[column].isin(list(values))] if values else frame


class Panel:
    """The panel of one notebook; `start` are the values that its controls have at first."""

    def __init__(self, notebook: str, ask: Ask, chosen: Selection, **start: Any) -> None:
        from ipywidgets import HTML, Button, VBox

        self.notebook, self.ask = notebook, ask
        self.box, self.copied, self.saved = VBox(), HTML(), HTML()
        self.save_button = Button(description="Save the rows as CSV", layout={"width": "auto"})
        self.save_button.on_click(self.save)
        self.picture: Any = None
        self.values: dict[str, Any] = {}
        self.view: View | None = None  # none where the selection is refused
        theme.style()  # loads what the first drawing would have to wait for
        years = () if chosen.period.whole else chosen.period.chosen
        self.build(chosen, {"edition": chosen.edition.name, "year": years, **chosen.picked, **start})

    def build(self, chosen: Selection, start: dict[str, Any]) -> None:
        """Make the controls of an edition, with these values where they have them."""
        from ipywidgets import HBox

        folder = chosen.edition.data_dir
        self.chosen, self.question = chosen, self.ask(chosen)
        self.controls = [
            Control("edition", "Edition", plain(editions.names(folder)), parameter=True),
            *self.question.controls,
            Control("year", "Years", plain(chosen.period.years), several=True, parameter=True),
        ]
        self.widgets = {control.name: _widget(control, start.get(control.name)) for control in self.controls}
        for name, widget in self.widgets.items():
            widget.observe(self.reopen if name == "edition" else self.redraw, "value")
        shown = [self.widgets[c.name] for c in self.controls if c.name != "edition" or len(c.options) > 1]
        taken = HBox([self.save_button, self.saved])
        self.box.children = [
            HBox(shown, layout={"flex_flow": "row wrap", "align_items": "flex-start", "grid_gap": "0 1.5rem"}),
            self.copied,
            taken,
        ]

    def reopen(self, change: Any) -> None:
        """Another edition: other tables, and other options."""
        self.build(selection.choose(LATEST, change["new"], self.chosen.edition.data_dir), {"edition": change["new"]})
        self.redraw()

    def read(self) -> dict[str, Any]:
        """What each control says: of one that takes several, the tuple of what is chosen, empty for all."""
        said = {control.name: self.widgets[control.name].value for control in self.controls}
        for control in self.controls:
            if control.several:
                said[control.name] = tuple(value for value in said[control.name] if value != EVERY[1])
            elif not control.options:
                said[control.name] = [word.strip() for word in said[control.name].split(",") if word.strip()]
        return said

    def look(self) -> View:
        """The view of what is chosen. Raises `ParameterError` as the notebook does."""
        values = dict(self.values)
        years, edition = values.pop("year"), values.pop("edition")
        chosen = selection.choose(_year(years), edition, self.chosen.edition.data_dir)
        for control in self.question.controls:
            if control.parameter and control.several:
                allowed = [value for _, value in control.options]
                chosen = chosen.pick(control.name, list(values.pop(control.name)), allowed)
        return narrowed(self.question.view(chosen, **values), self.only())

    def only(self) -> str:
        """What is chosen in controls that are no parameters of the notebook; empty where nothing is."""
        return ", ".join(
            listing(label for label, value in control.options if value in self.values[control.name])
            for control in self.controls
            if control.several and not control.parameter and self.values[control.name]
        )

    def parameters(self) -> dict[str, Any]:
        """What is chosen as parameters of the notebook, those left out that have their default."""
        found = {c.name: self.values[c.name] for c in self.controls if c.parameter and self.values[c.name]}
        found |= {"year": _year(found.pop("year", ()))}
        folder = self.chosen.edition.data_dir
        if found["edition"] == editions.names(folder)[-1]:
            del found["edition"]
        return found if folder == files.DATA else found | {"data_dir": str(folder)}

    def redraw(self, change: Any = None) -> None:
        """Show what is chosen, and how to take it along."""
        from IPython.display import display

        self.values, self.view = self.read(), None
        try:
            self.view = self.look()
            shown = Shown(markup(self.view))
        except ParameterError as error:
            shown = tables.nothing(Caption(str(error)))
        parameters = self.parameters()
        lines = {"Parameters": assignments(parameters), "Command": command(self.notebook, parameters)}
        fields = [f"{name} {FIELD.format(html.escape(line), name)} {COPY}Copy</button>" for name, line in lines.items()]
        aside = [f"Chosen here alone, no page takes it: {html.escape(self.only())}."] if self.only() else []
        self.copied.value, self.saved.value = "<br>".join(fields + aside), ""
        self.save_button.disabled = self.view is None
        if self.picture:
            self.picture.update(shown)
        else:
            display(self.box)
            self.picture = display(shown, display_id=True)

    def save(self, button: Any = None) -> None:
        """Write the rows to a file in the notebook's folder, and say where."""
        assert self.view  # else the button is disabled
        caption = self.view.chart.caption if isinstance(self.view.chart, Chart) else self.view.caption
        about = replace(caption, title=f"Rows behind: {caption.title}", unit="")
        words = [str(value) for value in self.values.values() if value] + [self.only()]
        name = re.sub(r"[^\w]+", "-", " ".join(words)).strip("-")[:100]
        path = Path.cwd() / f"{self.notebook}-{name}.csv"
        try:
            files.write(path, tables.csv(self.view.rows, about))
            self.saved.value = f"{len(self.view.rows)} rows are in {html.escape(str(path))}"
        except OSError as error:
            self.saved.value = f"Not saved: {html.escape(str(error))}"


def _widget(control: Control, value: Any) -> Any:
    """The widget of a control, its label above it; the first option where `value` is none."""
    from ipywidgets import Dropdown, Layout, SelectMultiple, Text

    high = "auto" if control.several or not control.options else "3.7rem"  # a menu would take all it can
    layout = Layout(flex_flow="column", align_items="flex-start", width="auto", height=high, max_width="18rem")
    looks = {"description": control.label, "style": {"description_width": "initial"}, "layout": layout}
    if not control.options:
        return Text(", ".join(value or ()), continuous_update=False, placeholder="one, two words", **looks)
    there = [known for _, known in control.options]
    if control.several:
        chosen = tuple(item for item in value or () if item in there) or (EVERY[1],)
        return SelectMultiple(options=[EVERY, *control.options], value=chosen, rows=5, **looks)
    return Dropdown(options=control.options, value=value if value in there else there[0], **looks)


def _year(years: tuple[int, ...]) -> object:
    """Chosen years as the notebook's parameter; none stand for all."""
    return ALL if not years else years[0] if len(years) == 1 else years


def narrowed(view: View, only: str) -> View:
    """The view with what it is limited to in its sentences and titles."""
    if not only:
        return view
    chart, caption = view.chart, replace(view.caption, title=f"{only}: {view.caption.title}")
    if isinstance(chart, Chart):
        chart = replace(chart, caption=replace(chart.caption, title=f"{only}: {chart.caption.title}"))
    return view._replace(said=[f"Only {only}.", *view.said], chart=chart, caption=caption)


def markup(view: View) -> str:
    """Sentences, chart and table as HTML; a long table scrolls in its own box."""
    said, chart = tiles.sentences(view.said)._repr_html_(), view.chart
    drawn = chart.html(chart.svg) if isinstance(chart, Chart) else chart._repr_html_()  # of a chart the wide drawing
    if view.table is None:
        shown = drawn.replace('<details class="data">', '<details class="data" open>')
    else:
        table, caption = view.table, view.caption
        if len(table) > MOST:
            table, of = table.head(MOST), f"the first {MOST} of {len(table):,} rows"
            caption = replace(caption, title=f"{caption.title}: {of}")
        shown = drawn + tables.show(table, caption, anchor=ANCHOR, headings=view.headings)._repr_html_()
    return said + shown.replace('<div class="scroll', '<div style="max-height: 26rem; overflow: auto" class="scroll')


def assignments(parameters: dict[str, Any]) -> str:
    """Parameters as a line for the notebook's `parameters` cell, or for papermill (`year = "2021"; …`)."""
    return "; ".join(f"{name} = {_literal(value)}" for name, value in parameters.items())


OPTIONS = {"year": "--year", "edition": "--edition", "data_dir": "--data"}


def command(notebook: str, parameters: dict[str, Any]) -> str:
    """The command that makes the page with these parameters."""
    words = [".venv/bin/python", "-m", "helpers", "run", "--notebook", notebook.split("_")[0]]
    for name, value in parameters.items():
        said = ",".join(map(str, value)) if isinstance(value, tuple) else str(value)
        words += [OPTIONS[name], said] if name in OPTIONS else ["-p", f"{name}={_literal(value)}"]
    return shlex.join(words)


def _literal(value: Any) -> str:
    """A value that Python and YAML read alike."""
    return json.dumps(list(value) if isinstance(value, tuple) else value, ensure_ascii=False)
