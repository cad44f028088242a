"""Figures only: one module a question, DataFrame in, DataFrame out."""
