"""Exploring in JupyterLab: controls above the sentences, chart and table that follow them.

One module a notebook. Its cell has the tag that nbclient skips: papermill does not run it, a page does not show it.
"""
