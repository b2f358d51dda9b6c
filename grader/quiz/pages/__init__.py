"""Self-contained pages: styles and scripts stand in the page itself."""

from __future__ import annotations

from functools import cache
from html import escape
from importlib.resources import files


@cache
def asset(name: str) -> str:
    """Return the text of a style sheet or script that lies beside this module."""
    return files(__name__).joinpath(name).read_text(encoding="utf-8")


def page(title: str, body: str, styles: str, script: str = "") -> str:
    """Return a whole page; nothing in it is loaded from elsewhere."""
    running = f"<script>\n{script}\n</script>\n" if script else ""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n"
        f"<style>\n{asset('common.css')}{styles}</style>\n</head>\n"
        f"<body>\n{body}\n{running}</body>\n</html>\n"
    )
