"""The style of the HTML report: one palette for light, one for dark.

Every rule is about what lies inside ``.grader-report``, so that a fragment changes
nothing of the page that it stands in.
"""

from __future__ import annotations

from functools import cache

from grader.report.pages import asset

ROOT = ".grader-report"
_NOTEBOOKS = {
    "light": ('[data-jp-theme-light="true"]', ".vscode-light", 'html[theme="light"]'),
    "dark": ('[data-jp-theme-light="false"]', ".vscode-dark", 'html[theme="dark"]'),
}
"""How Jupyter, VS Code and Colab say which theme they show, whatever the system's."""


@cache
def fragment_style() -> str:
    """Return the style of a fragment."""
    return _palettes(ROOT) + asset("report.css")


@cache
def page_style() -> str:
    """Return the style of a whole page."""
    return _palettes(f":root, {ROOT}") + asset("report.css") + asset("page.css")


def _palettes(where: str) -> str:
    light, dark = asset("light.css"), asset("dark.css")
    rules = [
        f"{where} {{ {light} }}",
        f"@media (prefers-color-scheme: dark) {{ {where} {{ {dark} }} }}",
    ]
    for theme, palette in (("light", light), ("dark", dark)):
        selector = ", ".join(f"{said} {ROOT}" for said in _NOTEBOOKS[theme])
        rules.append(f"{selector} {{ {palette} }}")
    # On paper always light, whatever the theme: hence last, and as specific.
    selector = ", ".join((where, *(f"{said} {ROOT}" for said in _NOTEBOOKS["dark"])))
    rules.append(f"@media print {{ {selector} {{ {light} }} }}")
    return "\n".join(rules) + "\n"
