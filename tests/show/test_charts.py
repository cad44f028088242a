"""Charts: every kind really drawn, from whole, partial, missing and hostile data."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, partial
from itertools import cycle

import pandas as pd
import pytest
from lxml import etree, html

from helpers.sentences.caption import Caption
from helpers.show import charts, svg, theme
from helpers.show.charts import Chart, fields
from helpers.show.tables import Shown
from tests.show.hostile import HOSTILE

BUTTONS = ["SVG", "PNG", "SVG 16:9", "PNG 16:9", "Copy link", "Copy citation"]
SVG = "{http://www.w3.org/2000/svg}"
KEY = "closing day unknown"
GREY_FILL = f"var(--grey, {theme.GREY})"
SAID = Caption("The finding", "things", "section 1, line 9", ("A caveat.",))
YEARS = pd.DataFrame(
    [
        ("SG1", 2020, 10, "whole"),
        ("SG1", 2021, 8, "partial"),
        ("SG2", 2020, 1200, "whole"),
        ("SG2", 2021, 900, "unknown"),
    ],
    columns=["name", "year", "value", "coverage"],
)
ROWS = pd.DataFrame(
    {
        "name": ["first", "second"], "female": [40.0, 62.5], "male": [60.0, 50.0], "low": [30.0, 45.0],
        "high": [50.0, 70.0], "ratio": [0.5, 12.0], "said": ["half way", "there"], "reached": [0.5, 1.0],
        "start": [2018.5, 2019.0], "end": [2019.25, float("nan")], "derived": ["male", ""], "bound": [True, False],
    }
)  # fmt: skip
COURSES = pd.DataFrame(
    [
        ("one", "new", "official", 2020, 10.0), ("one", "new", "official", 2023, 14.0), ("one", "old", "official",
        2020, 9.0),
        ("one", "the report", "report", 2021, 12.0), ("one", "aim", "aim", 2023, 20.0),
        ("one", "needed for 20", "needed", 2020, 10.0), ("one", "needed for 20", "needed", 2023, 20.0),
        ("two", "new", "official", 2022, 5.0),
    ],
    columns=["name", "line", "kind", "year", "value"],
)  # fmt: skip
COURSE = pd.DataFrame(
    [(2019, 40, 30), (2019, 200, 130), (2020, 90, 124), (2021, 10, 60)], columns=["year", "day", "texts"]
)
KINDS = {
    "courses": (COURSES, lambda d, c: charts.courses(d, "name", "line", c, anchor="a")),
    "cumulated": (
        COURSE,
        lambda d, c: charts.cumulated(
            d, "texts", c, anchor="a", highlight=[2019, 2020], mark=305, mark_label="the end"
        ),
    ),
    "stacked_bars": (YEARS, lambda d, c: charts.stacked_bars(d, "name", {"value": "v"}, c, anchor="a")),
    "year_panels": (YEARS, lambda d, c: charts.year_panels(d, "name", "value", c, anchor="a")),
    "year_lines": (YEARS, lambda d, c: charts.year_lines(d, "name", "value", c, anchor="a", equal=900, decimals=1)),
    "intervals": (
        ROWS,
        lambda d, c: charts.intervals(
            d, "name", c, anchor="a", value="female", low="low", high="high", logarithmic=True
        ),
    ),
    "ranges": (YEARS, lambda d, c: charts.ranges(d, "name", "value", c, anchor="a")),
    "ratios": (ROWS, lambda d, c: charts.ratios(d, "name", "ratio", c, anchor="a")),
    "dumbbells": (ROWS, lambda d, c: charts.dumbbells(d, "name", "female", "male", ("Women", "Men"), c, anchor="a")),
    "bullets": (ROWS, lambda d, c: charts.bullets(d, "name", "reached", "said", c, anchor="a", at_most="bound")),
    "timeline": (ROWS, lambda d, c: charts.timeline(d, "name", "start", "end", c, anchor="a", until=2021.8)),
    "grid": (YEARS, lambda d, c: charts.grid(d, "name", "year", "value", c, anchor="a")),
}


def made(kind, data=None, caption=SAID):
    rows, chart = KINDS[kind]
    return chart(rows if data is None else data, caption)


drawn = cache(made)  # a chart draws itself once


def texts(chart):
    return ["".join(text.itertext()) for text in etree.fromstring(chart.svg).iter(f"{SVG}text")]


def fills(chart, tag="path"):
    """What each shape that is not shared is filled with; shapes after one another may say it once, around them."""
    root = etree.fromstring(chart.svg)
    shapes = [shape for shape in root.iter(f"{SVG}{tag}") if shape.getparent().tag in (f"{SVG}svg", f"{SVG}g")]
    return [shape.get("fill") or shape.getparent().get("fill") for shape in shapes]


def hatches(chart):
    """How many shapes are filled with a hatch, and how many hatches there are."""
    return sum(fill.startswith("url(#") for fill in fills(chart)), chart.svg.count("<pattern")


@pytest.mark.whole
@pytest.mark.parametrize("kind", KINDS)
class TestEveryKind:
    def test_is_one_well_formed_drawing_that_asks_for_nothing(self, kind):
        root = etree.fromstring(drawn(kind).svg)
        assert root.tag == f"{SVG}svg" and root.get("viewBox") and root.get("class") == "wide"
        assert root.get("width") is None and root.get("height") is None and root.find(f".//{SVG}metadata") is None
        addresses = [value for e in root.iter() for name, value in e.attrib.items() if name.endswith("href")]
        assert all(address.startswith("#a-") for address in addresses)
        assert "http" not in re.sub(r'xmlns(:xlink)?="[^"]+"', "", drawn(kind).svg)

    def test_takes_its_colours_from_the_page(self, kind):
        svg = drawn(kind).svg
        assert "var(--muted, #5a6672)" in svg or "var(--ink, #1b2733)" in svg
        for colour, name in theme.THEMED.items():
            assert svg.count(colour) == svg.count(f"var(--{name}, {colour})")

    def test_every_reference_leads_to_an_id_of_its_own(self, kind):
        root = etree.fromstring(drawn(kind).svg)
        ids = [e.get("id") for e in root.iter() if e.get("id")]
        asked = set(re.findall(r'(?:url\(|href=")#([^)"]+)', drawn(kind).svg))
        assert len(ids) == len(set(ids)) and asked <= set(ids) and all(name.startswith("a-") for name in ids)

    def test_the_figure_says_title_caveat_source_and_data(self, kind):
        figure = html.fromstring(drawn(kind)._repr_html_())
        assert figure.get("id") == "figure-a" and figure.findtext("figcaption/a") == "The finding"
        assert [li.text for li in figure.findall("ul[@class='notes']/li")] == ["A caveat."]
        assert figure.find("p[@class='source']").text == "Source: ITU report, section 1, line 9. "
        assert [b.text for b in figure.iter("button")] == BUTTONS and figure.find(".//a[@download='a.csv']") is not None
        assert len(figure.findall(".//tbody/tr")) == len(KINDS[kind][0])
        alternative = figure.find("div").get("aria-label")
        assert ". The finding. " in alternative and alternative.endswith(".")

    def test_without_rows_the_title_stands_alone(self, kind):
        nothing = made(kind, KINDS[kind][0].iloc[:0], Caption("The report lists no <things>."))
        assert isinstance(nothing, Shown) and nothing._repr_html_() == "<p>The report lists no &lt;things&gt;.</p>"

    def test_without_rows_and_types_the_title_stands_alone(self, kind):
        assert isinstance(made(kind, pd.DataFrame(columns=KINDS[kind][0].columns)), Shown)

    def test_one_row(self, kind):
        chart = made(kind, KINDS[kind][0].iloc[:1])
        assert isinstance(chart, Chart) and "<svg" in chart.svg

    @pytest.mark.filterwarnings("error")
    @pytest.mark.parametrize("share", [2, 1], ids=["half", "all"])
    def test_missing_values_are_said_and_not_drawn(self, kind, share):
        data = KINDS[kind][0].astype(object).reset_index(drop=True)
        told = ("name", "year", "day", "coverage", "derived", "bound", "line", "kind")
        numbers = [column for column in data.columns if column not in told]
        for column, missing in zip(numbers, cycle([pd.NA, None, float("nan")]), strict=False):
            data.loc[: len(data) // share - 1, column] = missing
        chart = made(kind, data)
        if kind != "timeline":
            assert "not reported" in chart.description
        shown = {"year_panels": "no", "grid": "–", "cumulated": "2019 not reported"}.get(kind, "not reported")
        assert shown in texts(chart) and "nan" not in chart.svg.lower().replace("dominant", "")

    def test_the_data_of_the_call_is_drawn(self, kind):
        data = KINDS[kind][0].copy()
        chart, same = made(kind, data), drawn(kind)
        for column in data.columns:
            data[column] = data[column].iloc[::-1].to_numpy()
        assert chart.svg == same.svg and chart._repr_html_() == same._repr_html_()


@pytest.mark.parametrize("kind", ["stacked_bars", "year_panels"])
def test_partial_and_unknown_years_have_hatches_of_their_own(kind):
    assert hatches(drawn(kind)) == (4, 4)  # two bars and their keys
    assert hatches(made(kind, YEARS[YEARS["coverage"] == "whole"])) == (0, 0)
    assert hatches(made(kind, YEARS.drop(columns="coverage"))) == (0, 0)
    partial = etree.fromstring(made(kind, YEARS[YEARS["name"] == "SG1"]).svg).find(f".//{SVG}pattern/{SVG}path")
    unknown = etree.fromstring(made(kind, YEARS[YEARS["name"] == "SG2"]).svg).find(f".//{SVG}pattern/{SVG}path")
    assert "a" not in partial.get("d") and "a" in unknown.get("d")  # lines, and dots


@pytest.mark.whole
def test_partial_and_unknown_years_are_hollow_and_of_their_own_shape():
    def marks(rows):
        chart = charts.ranges(rows, "name", "value", SAID, anchor="a")
        root = etree.fromstring(chart.svg)
        shapes = {path.get("id"): path.get("d") for path in root.iterfind(f".//{SVG}defs/{SVG}path")}
        drawn = [use.get("{http://www.w3.org/1999/xlink}href")[1:] for use in root.iter(f"{SVG}use")]
        return [
            ("C" in shapes[name], "var(--paper" in fill) for name, fill in zip(drawn, fills(chart, "use"), strict=True)
        ]

    round_full, round_hollow, diamond_hollow = (True, False), (True, True), (False, True)
    one = YEARS[YEARS["name"] == "SG2"]
    assert round_full in marks(one) and diamond_hollow in marks(one) and round_hollow not in marks(one)
    cut = marks(YEARS[YEARS["name"] == "SG1"])
    assert round_full in cut and round_hollow in cut and diamond_hollow not in cut


SAID_OF = {
    "courses": "Small line charts. The finding. one: new 10 in 2020 to 14 in 2023, old 9 in 2020, the report 12 "
    "in 2021, "
    "aim 20 in 2023; two: new 5 in 2022.",
    "cumulated": "Cumulated lines of things over the days of each year. The finding. 2019: 130; 2020: 124; 2021: 60.",
    "stacked_bars": "Bar chart of things. The finding. "
    "SG1: 10; SG1: 8 (partial); SG2: 1,200; SG2: 900 (closing day unknown).",
    "year_panels": "Small bar charts of things by year. The finding. "
    "SG1: 2020 10, 2021 8 (partial); SG2: 2020 1,200, 2021 900 (closing day unknown).",
    "year_lines": "Small line charts of things by year. The finding. "
    "SG1: 2020 10.0, 2021 8.0 (partial); SG2: 2020 1,200.0, 2021 900.0 (closing day unknown).",
    "ranges": "Dots on a log scale, things. The finding. "
    "SG1: 2020 10, 2021 8 (partial); SG2: 2020 1,200, 2021 900 (closing day unknown).",
    "intervals": "Dots with intervals, things. The finding. "
    "first: 40.00, between 30.00 and 50.00; second: 62.50, between 45.00 and 70.00.",
    "ratios": "Bars from 1, things. The finding. first: 0.50; second: 12.00.",
    "dumbbells": "Pairs of dots, things. The finding. first: Women 40, Men 60; second: Women 62.5, Men 50.",
    "bullets": "Bars towards a target line. The finding. first: half way; second: there.",
    "timeline": "Timeline. The finding. 2 bars, 1 of them ended: first.",
    "grid": "Grid of things. The finding. SG1, 2020: 10; SG1, 2021: 8; SG2, 2020: 1,200; SG2, 2021: 900.",
}


@pytest.mark.parametrize("kind", KINDS)
def test_the_text_alternative(kind):
    assert drawn(kind).description == SAID_OF[kind]


class TestLabels:
    def test_totals_of_parts_with_a_part_missing(self):
        rows = pd.DataFrame({"name": ["a", "b", "c"], "p": [1, 2, None], "q": [3, None, None]})
        chart = charts.stacked_bars(rows, "name", {"p": "P", "q": "Q"}, SAID, anchor="a")
        assert chart.description.endswith("a: 4; b: 2; c: not reported.")
        assert {"P", "Q", "4", "2", "not reported", "things"} <= set(texts(chart))

    @pytest.mark.whole
    def test_ranges_lead_from_the_first_to_the_last_year_or_mark_the_chosen_one(self):
        assert {"10 → 8", "1,200 → 900"} <= set(texts(drawn("ranges")))
        chosen = charts.ranges(YEARS, "name", "value", SAID, anchor="a", highlight=(2020,))
        assert {"10", "1,200"} <= set(texts(chosen)) and not [text for text in texts(chosen) if "→" in text]
        absent = charts.ranges(YEARS, "name", "value", SAID, anchor="a", highlight=(2019,))
        assert texts(absent).count("not reported") == 2
        alone = charts.ranges(YEARS.iloc[:1], "name", "value", SAID, anchor="a")
        assert "10" in texts(alone) and not [text for text in texts(alone) if "→" in text]

    @pytest.mark.filterwarnings("error")
    def test_a_zero_stands_on_a_log_scale_as_a_word(self):
        none = YEARS.assign(value=[0, 0, 5, 0])
        assert {"0 → 0", "5 → 0"} <= set(texts(charts.ranges(none, "name", "value", SAID, anchor="a")))
        assert "× 0.00" in texts(charts.ratios(ROWS.assign(ratio=[0, 2]), "name", "ratio", SAID, anchor="a"))
        assert charts.year_panels(none.assign(value=0), "name", "value", SAID, anchor="a").svg

    def test_intervals_say_the_value_or_else_the_interval(self):
        rows = ROWS.assign(female=[None, 1.234], low=[1.5, None], high=[20.25, None])
        chart = charts.intervals(rows, "name", SAID, anchor="a", value="female", low="low", high="high")
        assert {"1.5–20.25", "1.23"} <= set(texts(chart))
        assert chart.description.endswith("first: between 1.50 and 20.25; second: 1.23.")

    def test_a_figure_below_zero_has_the_sign_that_print_uses(self):
        chart = charts.intervals(
            ROWS.assign(female=[-0.756, 1.0]), "name", SAID, anchor="a", value="female", low="low", high="high"
        )
        assert "−0.76" in texts(chart) and "first: −0.76" in chart.description

    def test_the_printed_figure_is_the_one_said(self):
        rows = ROWS.assign(female=[1.245, 2.0], own=[1.24, None])
        chart = charts.intervals(rows, "name", SAID, anchor="a", value="female", low="low", high="high", printed="own")
        assert {"1.24", "2.00"} <= set(texts(chart)) and "1.25" not in texts(chart)
        assert "first: 1.24, between 30.00 and 50.00; second: 2.00, between" in chart.description

    def test_intervals_show_band_reference_and_printed_figure(self):
        def paths(**more):
            chart = charts.intervals(ROWS, "name", SAID, anchor="a", value="female", low="low", high="high", **more)
            return len(re.findall("<path|<use", chart.svg)), texts(chart)

        bare = paths()[0]
        assert paths(reference=50)[0] == bare + 1 and paths(printed="male")[0] > bare + 1
        assert paths(band=(40, 50), band_label="parity")[0] == bare + 1
        assert "parity" in paths(band=(40, 50), band_label="parity")[1]

    def test_ratios(self):
        assert {"× 0.50", "× 12", "× 10"} <= set(texts(drawn("ratios")))

    def test_year_panels(self):
        chart = charts.year_panels(
            YEARS.assign(value=[1, None, 3, 4]), "name", "value", SAID, anchor="a", missing="gap"
        )
        assert {"SG1", "SG2", "’20", "’21", "gap", "1", "3", "4", KEY, "things"} == set(texts(chart))
        assert GREY_FILL not in fills(chart)[:3]
        chosen = charts.year_panels(YEARS, "name", "value", SAID, anchor="a", highlight=(2021,))
        assert fills(chosen).count(GREY_FILL) == 2

    def test_year_lines(self):
        def points(value, equal):
            """Values said, and the heights of the line's points above those of the first panel's line of equality."""
            data = YEARS.assign(year=[2019, 2021, 2019, 2020], value=value)
            chart = charts.year_lines(data, "name", "value", SAID, anchor="a", equal=equal, decimals=1)
            drawn = re.findall(r'<path[^>]* d="(M[^"]+)"', chart.svg.partition("</defs>")[2])
            lines = [line for line, fill in zip(drawn, fills(chart), strict=True) if fill == "none"]
            said = [re.findall(r"[ML][\d.]+ ([\d.]+)", line) * (1 + ("H" in line)) for line in lines]
            heights = [[float(y) for y in line] for line in said]
            return texts(chart)[1:], [[round(heights[0][0] - y) for y in line] for line in heights[:2]]

        said, (equal, line) = points([1, -3, 2, 4], 0)
        assert said == ["1.0", "’19", "−3.0", "’21", "SG1", "2.0", "’19", "4.0", "’20", "SG2"]
        assert equal == [0, 0] and len(line) == 2 and line[0] * -3 == pytest.approx(line[1], abs=2)
        assert points([2, 4, 4, 2], 1)[1][1][1] == pytest.approx(3 * points([2, 4, 4, 2], 1)[1][1][0], abs=2)
        said, (equal, _) = points([1, 1, None, None], 1)
        assert said == ["1.0", "’19", "1.0", "’21", "SG1", "not reported", "SG2"] and equal == [0, 0]
        assert points([5, None, 2, 4], 1)[0] == ["5.0", "’19", "SG1", "2.0", "’19", "4.0", "’20", "SG2"]

    def test_panels_share_their_scale_unless_told_not_to(self):
        def heights(shared):
            chart = charts.year_panels(YEARS, "name", "value", SAID, anchor="a", shared=shared)
            corners = r'data-says="[^>]+ d="M[\d.]+ ([\d.]+)H[\d.]+V([\d.]+)H'
            tall = [float(base) - float(top) for base, top in re.findall(corners, chart.svg)]
            return [round(height / max(tall), 3) for height in tall]

        near = partial(pytest.approx, abs=0.001)  # figures have one decimal
        assert heights(shared=True) == near([0.008, 0.007, 1, 0.75])  # 10, 8, 1200, 900
        assert heights(shared=False) == near([1, 0.8, 1, 0.75])

    def test_dumbbells_have_a_hollow_mark_for_what_is_derived(self):
        def hollow(**more):
            rows = ROWS.assign(male=[60.0, None])
            chart = charts.dumbbells(rows, "name", "female", "male", ("Women", "Men"), SAID, anchor="a", **more)
            return sum("--paper" in fill for fill in fills(chart, "use")), texts(chart)

        assert hollow()[0] == 0 and hollow(open_marks="derived")[0] == 1
        assert {"40", "60", "62.5", "Women", "Men"} <= set(hollow()[1])

    def test_dumbbells_of_before_and_now_keep_their_sides_in_a_column(self):
        rows = pd.DataFrame({"name": ["5G", "IoT"], "before": [71.0, None], "now": [66.0, 54.0]})
        chart = charts.dumbbells(rows, "name", "before", "now", ("2020", "2021"), SAID, anchor="a")
        said = texts(chart)
        assert {"71 → 66", "– → 54"} <= set(said) and not {"71", "66", "54"} & set(said)

    def test_bullets_hatch_an_upper_bound(self):
        assert hatches(drawn("bullets")) == (1, 1)
        exact = charts.bullets(ROWS.assign(bound=False), "name", "reached", "said", SAID, anchor="a", at_most="bound")
        assert hatches(exact) == (0, 0)
        assert {"0 %", "target", "half way", "share of the value to reach"} <= set(texts(drawn("bullets")))

    def test_timeline_runs_on_where_nothing_has_ended(self):
        assert hatches(drawn("timeline")) == (1, 1)
        assert {"2018", "2021", "report closes", "first"} <= {text.strip() for text in texts(drawn("timeline"))}

    def test_ratios_of_an_unknown_year_are_dotted(self):
        def dotted(states):
            chart = charts.ratios(ROWS.assign(coverage=states), "name", "ratio", SAID, anchor="a")
            return KEY in texts(chart), chart.description

        assert not dotted(["whole", "partial"])[0]
        assert dotted(["whole", "unknown"])[0]
        assert dotted(["partial", "unknown"])[1].endswith("first: 0.50 (partial); second: 12.00 (closing day unknown).")

    def test_grid_adds_up_and_leaves_room_for_what_is_not_there(self):
        rows = pd.DataFrame({"kind": ["b", "b", "a", "c"], "year": [2021, 2021, 2019, 2021], "n": [3, 4, 1, None]})
        chart = charts.grid(rows, "kind", "year", "n", SAID, anchor="a")
        assert texts(chart) == ["2021", "2019", "b", "a", "c", "7", "1", "–"]  # in the order of the rows
        assert chart.description.endswith("b, 2021: 3; b, 2021: 4; a, 2019: 1; c, 2021: not reported.")


def test_ids_are_unique_across_two_figures_of_a_page():
    one = charts.stacked_bars(YEARS, "name", {"value": "v"}, SAID, anchor="one").svg
    two = charts.stacked_bars(YEARS, "name", {"value": "v"}, SAID, anchor="two").svg
    ids = re.findall(r' id="([^"]+)"', one + two)
    assert len(ids) == len(set(ids)) > 4


def test_hostile_texts_come_out_inert():
    drawable = [text for text in HOSTILE if text.isascii()]  # the chart's font has no full-width signs
    rows = pd.DataFrame({"name": drawable, "value": range(1, len(drawable) + 1)})
    said = Caption(HOSTILE[0], HOSTILE[0], HOSTILE[0], tuple(HOSTILE))
    shown = charts.stacked_bars(rows, "name", {"value": "v"}, said, anchor="x")._repr_html_()
    tree = html.fromstring(shown)
    assert not list(tree.iter("script")) and "<script" not in shown and "{{ 7*7 }}" in shown
    assert not [e for e in tree.iter() for name in e.attrib if name.startswith("on")]
    assert [li.text for li in tree.find("ul[@class='notes']")] == HOSTILE


def test_the_same_data_gives_the_same_drawing():
    assert made("stacked_bars")._repr_html_() == drawn("stacked_bars")._repr_html_()


def test_the_users_own_chart_settings_change_nothing():
    import matplotlib

    before = drawn("stacked_bars").svg
    matplotlib.rcParams.update({"lines.linewidth": 9, "axes.labelpad": 30, "font.family": "serif"})
    assert made("stacked_bars").svg == before


def test_a_chart_is_drawn_once_and_only_when_shown(monkeypatch):
    asked = []
    chart = replace(made("grid"), draw=lambda width: asked.append(width))
    monkeypatch.setattr(
        "helpers.show.svg.themed", lambda figure, anchor, kind: f'<svg class="{kind}" viewBox="0 0 9 9"/>'
    )
    assert repr(chart) == "<figure a: The finding>" and asked == []
    assert '<div class="drawing"' in chart.html("") and "<svg" not in chart.html("") and asked == []
    assert chart._repr_html_() and chart._repr_html_() and asked == [theme.WIDE, theme.NARROW]


def test_no_figure_stays_open():
    from matplotlib import pyplot as plt

    assert made("grid").svg and made("year_panels").svg
    assert plt.get_fignums() == []


def test_courses_draw_editions_apart_and_what_was_needed():
    svg = drawn("courses").svg
    assert ">14<" in svg and ">old<" in svg and "stroke-dasharray" in svg


class TestCumulated:
    def test_chosen_years_are_named_beside_their_ends_and_apart(self):
        chart = drawn("cumulated")
        assert {"2019 130", "2020 124", "the end"} <= set(texts(chart)) and "2021 60" not in texts(chart)
        assert chart.description.startswith(
            "Cumulated lines of things over the days of each year. The finding. 2019: 130;"
        )
        assert fields._apart({2019: 130.0, 2020: 124.0, 2018: 10.0}, 7.0) == {2018: 10, 2020: 124, 2019: 131}

    def test_without_a_mark_and_without_chosen_years(self):
        chart = charts.cumulated(COURSE, "texts", SAID, anchor="a")
        assert "the end" not in texts(chart) and not [text for text in texts(chart) if " " in text]


@pytest.mark.whole
def test_a_grid_takes_the_declared_order_and_turns_long_names():
    names = pd.Categorical(["SG20", "SG3"], ["SG3", "SG20"])
    frame = pd.DataFrame({"row": ["a", "a"], "column": names, "value": [5, 7]})
    chart = charts.grid(frame, "row", "column", "value", SAID, anchor="a")
    assert [text for text in texts(chart) if text.startswith("SG")] == ["SG3", "SG20"]

    def turned(many):
        wide = pd.DataFrame({"row": "a", "column": [f"name {n:02d}" for n in range(many)], "value": 1})
        chart = charts.grid(wide, "row", "column", "value", SAID, anchor="a")
        names = [text for text in etree.fromstring(chart.svg).iter(f"{SVG}text") if text.text == "name 00"]
        return "rotate(-90 " in etree.tostring(names[0], encoding="unicode")

    assert turned(30) and not turned(7)


def laid(chart, width):
    """A drawing laid out: its texts with their boxes, and its lines that cross all rows, in points."""
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.text import Text

    theme.style()
    figure = chart.draw(width)
    FigureCanvasAgg(figure).draw()
    found = [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]
    boxes = [(text.get_text(), text.get_window_extent().padded(-1)) for text in found]
    rules = [
        line.get_window_extent() for axis in figure.axes for line in axis.lines
        if axis.axison and list(line.get_ydata()) == [0, 1]
    ]  # fmt: skip
    return [(text, box) for text, box in boxes if box.x0 < width - 1 and box.x1 > 1], rules


LONG = "Countries with a national emergency telecommunication plan"
CROWDED = {
    "intervals": lambda: charts.intervals(
        pd.DataFrame({"n": [LONG, "b", "c"], "v": [0.97, 1.4, 0.5], "l": [0.02, 1.2, 0.4], "h": [0.99, 30, 0.6]}), "n",
        SAID, anchor="a", value="v", low="l", high="h", reference=1, logarithmic=True,
    ),
    "ratios": lambda: charts.ratios(
        pd.DataFrame({"n": [LONG, "b", "c"], "r": [0.3, 211, 1.2]}), "n", "r", SAID, anchor="a"
    ),
    "bullets": lambda: charts.bullets(
        pd.DataFrame({"n": [LONG * 2, "b"], "r": [0.3, 1.0], "s": [LONG * 2, "s"], "most": False}), "n", "r", "s", SAID,
        anchor="a", at_most="most",
    ),
    "stacked_bars": lambda: charts.stacked_bars(
        pd.DataFrame({"n": [LONG, LONG], "v": [12345, 1_234_567]}), "n", {"v": "V"}, SAID, anchor="a"
    ),
    "dumbbells": lambda: charts.dumbbells(
        pd.DataFrame({"n": [LONG, "b"], "female": [1, 99], "male": [1, 98]}), "n", "female", "male", ("W", "M"), SAID,
        anchor="a",
    ),
    "year_panels": lambda: charts.year_panels(
        pd.DataFrame([(n, y, 252_555) for n in (LONG, "b", "c", "d") for y in range(2018, 2023)], columns=list("nyv"))
        .rename(columns={"y": "year"}), "n", "v", SAID, anchor="a",
    ),
}  # fmt: skip


@pytest.mark.whole
@pytest.mark.parametrize("width", [theme.WIDE, theme.NARROW], ids=["column", "phone"])
@pytest.mark.parametrize("kind", [*KINDS, *(f"crowded {kind}" for kind in CROWDED)])
def test_no_text_meets_another_or_a_reference_line(kind, width):
    crowded = kind.removeprefix("crowded ")
    boxes, rules = laid(CROWDED[crowded]() if kind != crowded else drawn(kind), width)
    for place, (text, box) in enumerate(boxes):
        assert box.x0 > -2 and box.x1 < width + 2, text
        for other, beside in boxes[place + 1 :]:
            assert not box.overlaps(beside), (text, other)
        for rule in rules:
            if box.y0 < rule.y1 and box.y1 > rule.y0:
                assert not box.x0 < rule.x0 < box.x1, text


@pytest.mark.parametrize("kind", KINDS)
def test_every_mark_says_its_value_at_both_widths(kind):
    said = [re.findall(r'data-says="([^"]+)"', svg) for svg in (drawn(kind).svg, drawn(kind).narrow)]
    assert said[0] == said[1] and len(said[0]) >= len(KINDS[kind][0].iloc[:, 0].unique())


def test_what_marks_say():
    def said(chart):
        return re.findall(r'data-says="([^"]+)"', chart.svg)

    assert said(drawn("stacked_bars"))[1::2] == ["SG1: 8 (partial)", "SG2: 900 (closing day unknown)"]
    assert said(drawn("dumbbells")) == ["first: Women 40", "second: Women 62.5", "first: Men 60", "second: Men 50"]
    assert "one, new: 14 in 2023" in said(drawn("courses")) and "SG2, 2020: 1,200" in said(drawn("grid"))


def test_an_outlier_does_not_flatten_the_rest():
    shown = set(texts(CROWDED["ratios"]()))
    assert {"× 211 ›", "× 2", "× 0.5"} <= shown and "× 10" not in shown


def test_only_clear_changes_have_colour():
    rows = ROWS.assign(clear=[True, False])
    chart = charts.intervals(rows, "name", SAID, anchor="a", value="female", low="low", high="high", clear="clear")
    assert {"clear", "may be chance"} <= set(texts(chart)) and "var(--sky" in chart.svg and "var(--grey" in chart.svg


def test_only_what_reaches_over_its_axis_is_clipped():
    from matplotlib.figure import Figure

    def drawn(width):
        figure = Figure((2, 1), dpi=72)
        axis = figure.add_axes((0.25, 0, 0.5, 1))
        axis.barh([0], [width], color=theme.BLUE)
        axis.set(xlim=(0, 10), xticks=[], yticks=[])
        return svg.themed(figure, "a", "wide")

    assert "clip" not in drawn(10)
    assert '<clipPath id="a-1"><rect x="36" y="0" width="72" height="72"/></clipPath>' in drawn(20)
    assert drawn(20).count('clip-path="url(#a-1)"') == 1
