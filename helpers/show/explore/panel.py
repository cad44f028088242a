"""A chart with menus under it.

Where no one can move a menu (papermill, a page) the chart stays a still picture.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from helpers.show.charts import Chart
from helpers.show.tables import Shown

Drawing = Callable[..., Chart | Shown]


def panel(draw: Drawing, **choices: Sequence[object]) -> None:
    """Show `draw` of the first of each choice, and a menu for every choice.

    A drawing without data is the sentence that says so.
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
