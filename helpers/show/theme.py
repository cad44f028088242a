"""Colours and sizes, once: matplotlib's style and the page's CSS tokens are both made from here."""

from __future__ import annotations

INK, MUTED, GRID, PAPER = "#1b2733", "#5a6672", "#d5dbe1", "#fdfdfe"
# After Okabe and Ito: told apart with any colour vision. Each mark stands at 3 : 1 or more on either paper.
BLUE, ORANGE, GREEN, PURPLE, SKY, GREY = "#00639c", "#d55e00", "#00875f", "#b2588c", "#3f95cf", "#7d8791"
CELLS = ("#6797c0", "#2878b0", "#135a8a", "#063a5e")  # of a grid, from few to many
# Colours of a drawing that the page's theme replaces; the colour stays as fallback.
THEMED = {
    INK: "ink", MUTED: "muted", GRID: "grid", PAPER: "paper", BLUE: "blue", ORANGE: "orange", GREEN: "green",
    PURPLE: "purple", SKY: "sky", GREY: "grey", **dict(zip(CELLS, ("few", "some", "many", "most"), strict=True)),
}  # fmt: skip
_MARKS = {name: colour for colour, name in THEMED.items() if name not in ("ink", "muted", "grid", "paper")}
PAGE = {
    "light": {
        "paper": PAPER, "ink": INK, "muted": MUTED, "grid": GRID, "soft": "#f1f4f7", "accent": "#005a8e",
        "failure": "#a3261b", **_MARKS,
    },
    "dark": {
        "paper": "#12181f", "ink": "#e6ebf0", "muted": "#a5b1bd", "grid": "#36424e", "soft": "#1b242d",
        "accent": "#7cc4f0", "failure": "#ff9d92", "blue": "#3d97dc", "orange": "#f0803c", "green": "#2fc49a",
        "purple": "#dd8dbd", "sky": "#a6d8f6", "grey": "#7f8a95", "few": "#2f6a99", "some": "#5394c6",
        "many": "#87bfe6", "most": "#c9e6fa",
    },
    "print": {
        "paper": "#fff", "ink": "#000", "muted": "#444", "grid": "#bbb", "soft": "#f4f4f4", "accent": "#00456e",
        **_MARKS,
    },
}  # fmt: skip
PAGE_FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif'

COLOURS = {
    "recommendation": BLUE, "amendment": SKY, "corrigendum": ORANGE,
    "female": ORANGE, "male": BLUE, "young": GREEN, "other": PURPLE,
    "alone": BLUE, "several_rows": SKY, "joint_row": ORANGE,
    "physical": BLUE, "remote": SKY, "under": ORANGE, "virtual_only": SKY, "on_site": BLUE,
    "unsplit": GREY, "before": SKY, "now": BLUE, "pass": BLUE, "note": SKY, "tension": PURPLE, "contradiction": ORANGE,
    "new": BLUE, "revised": SKY,
}  # fmt: skip
HATCH = {"partial": "/", "unknown": "."}  # a year that its table may not cover to the end

# Points. Each chart is drawn for a column of text and for a phone, so that text is 11 px or more on either.
WIDE, NARROW = 533.0, 288.0
FONT, SMALL = 10.5, 9.2  # points: there are no other sizes


def css_tokens() -> str:
    """The page's colours and font as CSS variables: light, dark (by system or switch), and on paper."""
    light, dark, paper = (" ".join(f"--{name}: {colour};" for name, colour in PAGE[kind].items()) for kind in PAGE)
    return (
        f":root {{ {light} --font: {PAGE_FONT}; }}\n"
        f'@media screen and (prefers-color-scheme: dark) {{ :root:not([data-theme="light"]) {{ {dark} }} }}\n'
        f'@media screen {{ :root[data-theme="dark"] {{ {dark} }} }}\n'
        f"@media print {{ :root {{ {paper} }} }}\n"
    )


def style() -> None:
    """Set matplotlib's style, whatever the user's own settings are."""
    import matplotlib

    matplotlib.rcdefaults()
    matplotlib.use("agg")
    import seaborn as sns

    sns.set_theme(
        style="white",
        font="DejaVu Sans",
        rc={
            "font.size": FONT, "axes.titlesize": FONT, "axes.labelsize": SMALL, "xtick.labelsize": SMALL,
            "ytick.labelsize": FONT, "legend.fontsize": SMALL, "axes.spines.top": False,
            "axes.spines.right": False, "axes.spines.left": False, "axes.edgecolor": GRID, "axes.labelcolor": MUTED,
            "xtick.color": MUTED, "ytick.color": INK, "text.color": INK, "grid.color": GRID, "axes.grid": True,
            "axes.axisbelow": True, "figure.facecolor": "none", "axes.facecolor": "none",
            "hatch.linewidth": 0.8, "legend.frameon": False, "patch.edgecolor": PAPER, "text.parse_math": False,
            "figure.dpi": 100,
        },
    )  # fmt: skip
