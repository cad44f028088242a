"""Batch, pages and site: the only part that knows papermill and nbconvert."""
