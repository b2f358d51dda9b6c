"""Packages that a learning system imports: a zip with a manifest and the figures.

The same paper gives the same bytes: members carry no date, and identifiers come
from content, so that importing a file again updates what is there.
"""

from __future__ import annotations

import re
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING

from grader.quiz.export.mould import encoded
from grader.quiz.export.zipped import Member, Zip
from grader.quiz.figure import svg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.blocks import Figure
    from grader.quiz.paper import Paper
    from grader.quiz.question import Number

_ABOUT = re.compile(
    r'aria-label="([^"]*)" viewBox="[^"]*" width="([\d.]+)" height="([\d.]+)"'
)


def digest(*parts: object) -> str:
    """Return an identifier for `parts`: the same for the same content."""
    return sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def paper_identifier(paper: Paper) -> str:
    """Return the identifier of a paper: the same draw of a quiz has the same one."""
    return f"quiz-{digest(paper.quiz, paper.seed, paper.student)}"


def number(value: Number) -> str:
    """Return a number with all its digits and no exponent.

    Examples
    --------
    >>> number(28.0), number(-0.5), number(1e-07)
    ('28', '-0.5', '0.0000001')
    """
    return _digits(Decimal(repr(value)))


def bounds(value: Number, slack: float) -> tuple[str, str]:
    """Return the least and the greatest number within `slack` of `value`.

    Examples
    --------
    >>> bounds(0.3, 0.1)
    ('0.2', '0.4')
    """
    middle, width = Decimal(repr(value)), Decimal(repr(slack))
    return _digits(middle - width), _digits(middle + width)


def _digits(exact: Decimal) -> str:
    plain = format(exact, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


class Package:
    """A zip that grows member by member.

    Parameters
    ----------
    figures : str
        The folder of the figures.
    source : str
        What stands before a figure's file name in ``src``.
    """

    def __init__(self, figures: str, source: str) -> None:
        self.figures: list[str] = []
        self._folder, self._source = figures, source
        self._tags: dict[str, str] = {}
        self._shown: dict[str, None] = {}
        self._zip = Zip()
        self._ready: list[bytes] = []

    def add(self, name: str, content: bytes | Member) -> None:
        """Add a member; its parts, if it has grown as others were added."""
        if isinstance(content, Member):
            self._ready += self._zip.members(name, content)
        else:
            self._ready.append(self._zip.member(name, content))

    def image(self, figure: Figure) -> str:
        """Add a figure, once, and return the ``<img/>`` that shows it."""
        drawn = encoded(svg(figure))
        drawing = drawn.decode()
        name = f"{digest(drawing)}.svg"
        member = f"{self._folder}/{name}"
        self._shown[member] = None
        tag = self._tags.get(name)
        if tag is None:
            self.add(member, drawn)
            self.figures.append(member)
            # The drawing says already what it shows and how large it is.
            found = _ABOUT.search(drawing)
            assert found is not None
            words, width, height = found[1], *map(round, map(float, found.groups()[1:]))
            tag = (
                f'<img src="{self._source}{name}" alt="{words}" '
                f'width="{width}" height="{height}"/>'
            )
            self._tags[name] = tag
        return tag

    def shown(self) -> tuple[str, ...]:
        """Return the figures shown since the last call."""
        shown = tuple(self._shown)
        self._shown.clear()
        return shown

    def ready(self) -> Iterator[bytes]:
        """Yield what was added since the last call, for the file to grow."""
        yield from self._ready
        self._ready.clear()

    def end(self) -> Iterator[bytes]:
        """Yield what is left, and the list that ends the package."""
        yield from self.ready()
        yield self._zip.end()
