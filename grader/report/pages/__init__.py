"""Style sheets of the HTML report."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def asset(name: str) -> str:
    """Return the text of a style sheet that lies beside this module."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")
