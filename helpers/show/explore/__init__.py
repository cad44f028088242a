"""The live end of each notebook: menus that redraw a chart in JupyterLab.

One module a notebook, so that a page depends only on what its notebook shows.
"""
