"""How figures and sentences look: charts, tables, tiles, and menus in JupyterLab."""
