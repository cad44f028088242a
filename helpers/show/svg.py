"""A drawing as SVG for a page that holds many and has a light and a dark theme.

matplotlib draws with our own renderer: one short element a mark, figures to a tenth of a point,
nothing that is not seen. Its own SVG of the same chart is four times as long and takes twice the time.
"""

from __future__ import annotations

import html
from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from matplotlib.backend_bases import GraphicsContextBase, RendererBase
from matplotlib.colors import to_hex
from matplotlib.font_manager import FontProperties
from matplotlib.path import Path
from matplotlib.transforms import Affine2D

from helpers.show import theme

if TYPE_CHECKING:
    from matplotlib.figure import Figure

HATCHES = {  # a small tile, its side, and what is drawn on it
    "/": (5, 'd="M-1 1l2 -2M-1 6l7 -7M4 6l2 -2" fill="none"'),
    ".": (4, 'd="M1 2a1 1 0 1 0 2 0a1 1 0 1 0 -2 0z" fill="{colour}"'),
}
SAYS, NEXT = "says:", "\u2028"  # an id that starts with `SAYS` is what the mark says, `NEXT` between points
ANCHORS = {"left": "", "center": ' text-anchor="middle"', "right": ' text-anchor="end"'}


def themed(figure: Figure, anchor: str, kind: str) -> str:
    """SVG of `figure`; its class is `kind`.

    It fills the width of its place, takes its colours from the page's CSS variables, and its ids
    start with `anchor`, because ids are only unique within one drawing. A mark has what it says
    in `data-says`. Only a wide drawing shows where no style sheet chooses.
    """
    width, height = figure.bbox.size
    pen = _Pen(width, height, anchor)
    figure.draw(pen)
    runs = [list(run) for _, run in groupby(pen.drawn, lambda mark: mark.style)]
    hidden = ' style="display: none"' if kind == "narrow" else ""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'viewBox="0 0 {_short(width)} {_short(height)}" class="{kind}" aria-hidden="true" focusable="false" '
        f'preserveAspectRatio="xMinYMin" font-family="DejaVu Sans, sans-serif" font-size="{theme.SMALL}" '
        f'fill="{_themed(theme.INK)}"{hidden}>'
        + "".join(["<defs>", *(element for _, element in pen.shared.values()), "</defs>", *map(_run, runs)])
        + "</svg>"
    )


class _Mark(NamedTuple):
    """One element: its start, attributes that marks after one another may share, and the rest."""

    tag: str
    style: str
    rest: str


def _run(marks: list[_Mark]) -> str:
    """Marks after one another in one style, which is said once."""
    style = marks[0].style
    if len(marks) == 1 or not style:
        return "".join("".join(mark) for mark in marks)
    return f"<g{style}>{''.join(mark.tag + mark.rest for mark in marks)}</g>"


class _Pen(RendererBase):
    """Writes what matplotlib draws, each mark as one element."""

    def __init__(self, width: float, height: float, anchor: str) -> None:
        super().__init__()
        self.width, self.height, self.anchor = width, height, anchor
        self.drawn: list[_Mark] = []
        self.shared: dict[str, tuple[str, str]] = {}  # markers, hatches and clips, by what they are
        self.groups: list[tuple[str, int]] = []

    def get_text_width_height_descent(self, s: str, prop: FontProperties, ismath: Any) -> tuple[float, float, float]:
        return _extent(s, prop.get_size_in_points(), prop.get_weight())

    def get_canvas_width_height(self) -> tuple[float, float]:
        return self.width, self.height

    def open_group(self, s: str, gid: str | None = None) -> None:
        self.groups.append((gid or "", len(self.drawn)))

    def close_group(self, s: str) -> None:
        """What a mark, or each point of a line, says goes to what was drawn since its group was opened."""
        gid, start = self.groups.pop()
        if not gid.startswith(SAYS):
            return
        texts = [f' data-says="{html.escape(text)}"' for text in gid.removeprefix(SAYS).split(NEXT)]
        marks = self.drawn[start:]
        points = [mark for mark in marks if mark.tag == "<use"] if len(texts) > 1 else []
        if len(texts) == 1 and len(marks) != 1:
            self.drawn[start:] = [_Mark(f"<g{texts[0]}>", "", ""), *marks, _Mark("</g>", "", "")]
            return
        said = iter(texts)
        self.drawn[start:] = [
            mark._replace(tag=mark.tag + next(said)) if mark in points or not points else mark for mark in marks
        ]

    def draw_path(self, gc: GraphicsContextBase, path: Path, transform: Any, rgbFace: Any = None) -> None:
        paint, line = self._paint(gc, rgbFace), self._line(path, transform)
        if paint and line:
            rest = f' d="{line}"{self._clip(gc, path, transform)}/>'
            self.drawn.append(_Mark("<path", paint + self._ends(gc, line), rest))

    def draw_markers(
        self, gc: GraphicsContextBase, marker_path: Path, marker_trans: Any, path: Path, trans: Any, rgbFace: Any = None
    ) -> None:
        line = self._line(marker_path, marker_trans + Affine2D().translate(0, self.height))
        name = self._share(line, f'<path id="NAME" d="{line}"/>')
        points = [vertices[-2:] for vertices, _ in path.iter_segments(trans, simplify=False)]
        style, use = self._paint(gc, rgbFace) + self._ends(gc, line), f' xlink:href="#{name}"'
        self.drawn += [
            _Mark("<use", style, f'{use} x="{_short(x)}" y="{_short(self.height - y)}"/>') for x, y in points
        ]

    def draw_text(
        self, gc: GraphicsContextBase, x: float, y: float, s: str, prop: FontProperties, angle: float,
        ismath: Any = False, mtext: Any = None,
    ) -> None:  # fmt: skip
        """Text hangs on its own anchor, because a page's font is not as wide as ours."""
        said = f' fill="{colour}"' if (colour := _colour(gc.get_rgb())) != _themed(theme.INK) else ""
        turned = ""
        if angle:
            turned = f' transform="rotate({_short(-angle)} {_short(x)} {_short(y)})"'
        elif mtext:
            x = mtext.get_transform().transform(mtext.get_unitless_position())[0]
            said += ANCHORS[mtext.get_horizontalalignment()]
        if (size := prop.get_size_in_points()) != theme.SMALL:
            said += f' font-size="{size:g}"'
        if prop.get_weight() == "bold":
            said += ' font-weight="bold"'
        place = f' x="{_short(x)}" y="{_short(y)}"{turned}'
        self.drawn.append(_Mark("<text", said, f"{place}>{html.escape(s, quote=False)}</text>"))

    def _line(self, path: Path, transform: Any) -> str:
        """A path in words: no further from where it is than a twentieth of a point."""
        said, before = [], ("", "")
        for vertices, code in path.iter_segments(transform):
            if code == Path.CLOSEPOLY:
                said.append("z")
                continue
            pairs = [(_short(x), _short(self.height - y)) for x, y in vertices.reshape(-1, 2)]
            (x, y), letter = pairs[-1], LETTERS[code]
            if letter == "L" and (x == before[0] or y == before[1]):
                said.append(f"V{y}" if x == before[0] else f"H{x}")
            else:
                said.append(letter + " ".join(f"{x} {y}" for x, y in pairs))
            before = x, y
        return "".join(said)

    def _paint(self, gc: GraphicsContextBase, face: Any) -> str:
        """Attributes of fill and stroke; nothing where neither is seen."""
        filled = face is not None and (len(face) < 4 or face[3] > 0)
        stroked = gc.get_linewidth() > 0 and gc.get_rgb()[3] > 0
        hatch = gc.get_hatch()
        if not (filled or stroked):
            return ""
        said = f' fill="{self._hatched(gc, face, hatch) if hatch else _colour(face) if filled else "none"}"'
        if filled and len(face) == 4 and face[3] < 1:
            said += f' fill-opacity="{face[3]:g}"'
        if stroked:
            said += f' stroke="{_colour(gc.get_rgb())}" stroke-width="{gc.get_linewidth():g}"'
            dashes: Any = gc.get_dashes()[1]
            if dashes is not None:
                said += f' stroke-dasharray="{" ".join(map(_short, dashes))}"'
        return said

    def _ends(self, gc: GraphicsContextBase, line: str) -> str:
        """Attributes of caps and joins, where a line has them and they are not SVG's own."""
        if gc.get_linewidth() == 0:
            return ""
        cap, join = {"projecting": "square"}.get(gc.get_capstyle(), gc.get_capstyle()), gc.get_joinstyle()
        said = f' stroke-linecap="{cap}"' if cap != "butt" and not line.endswith("z") else ""
        return said + (f' stroke-linejoin="{join}"' if join != "miter" and line.count(" ") > 2 else "")

    def _hatched(self, gc: GraphicsContextBase, face: Any, hatch: str) -> str:
        side, drawn = HATCHES[hatch]
        ground, colour = _colour(face), _colour(gc.get_hatch_color())
        name = self._share(
            f"{hatch}{ground}{colour}",
            f'<pattern id="NAME" patternUnits="userSpaceOnUse" width="{side}" height="{side}">'
            f'<rect width="{side}" height="{side}" fill="{ground}"/>'
            f'<path {drawn.format(colour=colour)} stroke="{colour}" stroke-width="{gc.get_hatch_linewidth():g}"/>'
            "</pattern>",
        )
        return f"url(#{name})"

    def _clip(self, gc: GraphicsContextBase, path: Path, transform: Any) -> str:
        """Only what reaches over its axis by a point or more is clipped."""
        box = gc.get_clip_rectangle()
        if box is None:
            return ""
        drawn = path.get_extents(transform)
        if box.x0 - 1 < drawn.x0 and drawn.x1 < box.x1 + 1 and box.y0 - 1 < drawn.y0 and drawn.y1 < box.y1 + 1:
            return ""
        sides = zip(("x", "y", "width", "height"), (box.x0, self.height - box.y1, box.width, box.height), strict=True)
        rectangle = "<rect" + "".join(f' {name}="{_short(side)}"' for name, side in sides) + "/>"
        name = self._share(rectangle, f'<clipPath id="NAME">{rectangle}</clipPath>')
        return f' clip-path="url(#{name})"'

    def _share(self, key: str, element: str) -> str:
        """Name of an element that others refer to."""
        name = f"{self.anchor}-{len(self.shared) + 1}"
        return self.shared.setdefault(key, (name, element.replace("NAME", name)))[0]


LETTERS = {Path.MOVETO: "M", Path.LINETO: "L", Path.CURVE3: "Q", Path.CURVE4: "C"}


def _short(value: float) -> str:
    """A figure to one decimal, without the zero of a whole one."""
    said = f"{value:.1f}".removesuffix(".0")
    return "0" if said == "-0" else said


@cache
def _themed(colour: str) -> str:
    """A colour as that of the page's theme, the colour itself where there is no theme."""
    return f"var(--{theme.THEMED[colour]}, {colour})" if colour in theme.THEMED else colour


def _colour(rgba: Any) -> str:
    return _hex(tuple(rgba[:3]))


@cache
def _hex(rgb: Any) -> str:
    return _themed(to_hex(rgb))


@cache
def _extent(text: str, size: float, weight: Any) -> tuple[float, float, float]:
    """Width, height and descent of a line: matplotlib would measure it again for each drawing."""
    from matplotlib.textpath import text_to_path

    font = FontProperties(family="DejaVu Sans", size=size, weight=weight)
    return text_to_path.get_text_width_height_descent(text, font, False)
