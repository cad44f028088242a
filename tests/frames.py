"""What tests of DataFrames share."""

from __future__ import annotations


def values(frame, *columns):
    """Rows of a frame as tuples, missing values as None."""
    rows = frame[list(columns)].astype(object)
    return list(rows.where(rows.notna(), None).itertuples(index=False, name=None))
