"""Analyses of the ITU's report on its strategic plan and activities."""

__version__ = "1.2.0"
