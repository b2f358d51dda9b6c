"""Colour for a terminal, as ANSI escapes."""

from __future__ import annotations

from dataclasses import dataclass

_CODES = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "magenta": "35",
    "cyan": "36",
}


@dataclass(frozen=True, slots=True)
class Style:
    """Paints, or leaves text as it is.

    Parameters
    ----------
    colour : bool
        Whether to paint at all.
    """

    colour: bool

    def paint(self, text: str, name: str) -> str:
        """Return the text in a colour, where colour is wanted."""
        return f"\x1b[{_CODES[name]}m{text}\x1b[0m" if self.colour else text
