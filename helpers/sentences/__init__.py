"""Every word that a page computes: one module a question."""
