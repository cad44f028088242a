"""The browser of this machine, in which pages and JupyterLab are opened."""

from __future__ import annotations

import shutil

CHROMIUM = next(filter(None, map(shutil.which, ["chromium", "chromium-browser", "google-chrome"])), None)
