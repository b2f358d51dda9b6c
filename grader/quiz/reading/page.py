"""HTML as plain text, with its pictures counted."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_LINES = frozenset(
    ["br", "p", "div", "tr", "li", "table", "caption", "pre", "h1", "h2", "h3", "ul"]
)
_SPACES = re.compile(r"[ \t\r\n]*\n[ \t\r\n]*")


def plain(html: str) -> str:
    r"""Return what a page says, a line for each paragraph.

    Examples
    --------
    >>> plain("<p>4 &lt; 5<br>and <b>more</b></p>")
    '4 < 5\nand more'
    """
    return read(html)[0]


def read(html: str) -> tuple[str, int]:
    """Return what a page says, and how many pictures it shows."""
    if "<" not in html and "&" not in html:
        return html.strip(), 0
    reader = _Reader()
    reader.feed(html)
    reader.close()
    text = _SPACES.sub("\n", "".join(reader.parts))
    return text.strip(), reader.pictures


class _Reader(HTMLParser):
    """Collects text; a formula says its alternative text, a picture is counted."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.pictures = 0
        self.formula = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        said = dict(attrs)
        if tag in ("img", "svg", "object"):
            self.pictures += 1
        elif tag == "math" and said.get("alttext"):
            self.parts.append(str(said["alttext"]))
            self.formula = True
        elif tag in _LINES:
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag == "math":
            self.formula = False
        elif tag in _LINES:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.formula:
            self.parts.append(data)
