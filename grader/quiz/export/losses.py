"""Say what a format cannot hold: nothing is dropped in silence."""

from __future__ import annotations

from textwrap import shorten

import click


class Losses:
    """Collects what could not be written, and says it in one line each.

    Parameters
    ----------
    form : str
        The format, as the lines name it.

    Examples
    --------
    >>> losses = Losses("gift")
    >>> losses.add("points are not kept", "Padding")
    >>> losses.add("points are not kept", "Stride")
    >>> losses.lines()
    ['gift: points are not kept (2 questions, the first: Padding)']
    """

    def __init__(self, form: str) -> None:
        self.form = form
        self._found: dict[str, tuple[int, str]] = {}

    def add(self, what: str, title: str) -> None:
        """Note a loss in the question of that title."""
        count, first = self._found.get(what, (0, title))
        self._found[what] = (count + 1, first)

    def lines(self) -> list[str]:
        """Return a line for each kind of loss."""
        return [
            f"{self.form}: {what} ({count} question{'s' if count != 1 else ''}, "
            f"the first: {shorten(first, 60, placeholder='…')})"
            for what, (count, first) in self._found.items()
        ]

    def say(self) -> None:
        """Write the lines to stderr."""
        for line in self.lines():
            click.echo(f"quiz: {line}", err=True)
