"""Every chart of the notebooks, as one figure for page and Lab.

A chart function takes a table that an analysis made and a caption, and returns the
finished figure: the finding as title, the drawing as SVG that follows the page's
theme, a text alternative written from the data, caveats, source, and the data to take
away. A table without rows gives the caption's title alone, as a paragraph.

A missing value is never drawn: its row is labelled 'not reported'. Where a table has a
column `coverage`, a year marked `partial` or `unknown` (closing day unknown) is hatched,
or hollow, and the text alternative says so. Charts compute no statistics.

Bars, dots, lines and cells are seaborn's (`barplot`, `scatterplot`, `lineplot`,
`heatmap`), so that who knows seaborn can change them. By hand, measured with seaborn 0.13:
small multiples (14 facets take 0.6 s, panels on one bare axis 0.03 s), the interval lines
(seaborn draws only those that it computes) and stacked bars, half of all charts: a `barplot`
a part takes 17 ms against 2.5 ms, which makes the batch a tenth slower, `objects.Stack` and
`histplot` twice that.
"""

from helpers.show.charts.bars import bullets, ratios, stacked_bars, timeline
from helpers.show.charts.dots import dumbbells, intervals, ranges
from helpers.show.charts.fields import cumulated, grid
from helpers.show.charts.figure import Chart
from helpers.show.charts.panels import courses, year_lines, year_panels

__all__ = [
    "Chart", "bullets", "courses", "cumulated", "dumbbells", "grid", "intervals", "ranges", "ratios", "stacked_bars",
    "timeline", "year_lines", "year_panels",
]  # fmt: skip
