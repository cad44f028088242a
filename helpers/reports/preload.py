"""What every notebook needs, imported once in the process that kernels fork from."""

import warnings

from helpers import (
    charts,
)


def warm() -> None:
    """Draw one small figure: loads fonts, style and both backends."""
    import pandas as pd

    rows = pd.DataFrame({"name": ["a"], "value": [1]})
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        charts.stacked_bars(rows, "name", {"value": "v"}, unit="u", anchor="warm", title="t", source="s")


warm()
