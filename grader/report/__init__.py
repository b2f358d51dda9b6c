"""Renderers of a report: one a file, from a `Report` to text."""
