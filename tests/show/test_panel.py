"""Menus that draw a chart again."""

from __future__ import annotations

import IPython.display

from helpers.show.explore.panel import panel
from helpers.show.tables import Shown


def test_a_menu_draws_again_with_what_all_menus_say(monkeypatch):
    shown, drawn = [], []

    class Picture:
        def update(self, again):
            shown.append(again._repr_html_())

    def display(what, display_id=False):
        shown.append(what._repr_html_() if isinstance(what, Shown) else what)
        return Picture()

    def draw(**chosen):
        drawn.append(chosen)
        return Shown(f"{chosen}")

    monkeypatch.setattr(IPython.display, "display", display)
    panel(draw, study_group=["All", "SG1"], year=["all", 2021])
    first, box = shown
    assert first == "{'study_group': 'All', 'year': 'all'}"
    assert [menu.description for menu in box.children] == ["study group", "year"]
    assert box.children[1].options == ("all", "2021")
    box.children[0].value = "SG1"
    box.children[1].value = "2021"
    assert drawn[1:] == [{"study_group": "SG1", "year": "all"}, {"study_group": "SG1", "year": "2021"}]
    assert shown[-1] == "{'study_group': 'SG1', 'year': '2021'}"
