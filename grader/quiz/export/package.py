"""Packages that a learning system imports: a zip with a manifest and the figures.

The same paper gives the same bytes: members carry no date, and identifiers come
from content, so that importing a file again updates what is there.
"""

from __future__ import annotations

import re
import zipfile
from contextlib import contextmanager
from decimal import Decimal
from functools import lru_cache
from hashlib import sha256
from io import SEEK_SET, BytesIO
from typing import IO, TYPE_CHECKING

from grader.quiz.export.mould import encoded
from grader.quiz.figure import svg

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.blocks import Figure
    from grader.quiz.paper import Paper
    from grader.quiz.question import Number

# The first date that a zip can hold: a package does not say when it was made.
_NO_DATE = (1980, 1, 1, 0, 0, 0)
# Level 1 makes files a fifth larger than level 6, in a third of the time.
_LEVEL = 1
_ABOUT = re.compile(
    r'aria-label="([^"]*)" viewBox="[^"]*" width="([\d.]+)" height="([\d.]+)"'
)


def digest(*parts: object) -> str:
    """Return an identifier for `parts`: the same for the same content."""
    return sha256(repr(parts).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def paper_identifier(paper: Paper) -> str:
    """Return the identifier of a paper: the same draw of a quiz has the same one."""
    return f"quiz-{digest(paper.quiz, paper.families, paper.seed, paper.student)}"


@lru_cache(maxsize=1024, typed=True)
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


class _Growing(BytesIO):
    """The end of a file: what is finished is taken away, and it goes on from there.

    `zipfile` comes back to the header of the member that it writes, and no further.
    """

    def __init__(self) -> None:
        super().__init__()
        self._taken = 0

    def tell(self) -> int:
        return self._taken + super().tell()

    def seek(self, place: int, whence: int = SEEK_SET) -> int:
        before = self._taken if whence == SEEK_SET else 0
        return self._taken + super().seek(place - before, whence)

    def take(self) -> bytes:
        """Return what was written since the last call."""
        piece = self.getvalue()
        self._taken += len(piece)
        super().seek(0)
        self.truncate(0)
        return piece


class Package:
    """A zip that grows member by member.

    Parameters
    ----------
    figures : str
        The folder of the figures.
    source : str
        What stands before a figure's file name in ``src``.
    again : str, optional
        Another folder that holds the same figures.
    """

    def __init__(self, figures: str, source: str, *, again: str | None = None) -> None:
        self.figures: list[str] = []
        self._folder, self._source, self._again = figures, source, again
        self._tags: dict[str, str] = {}
        self._shown: dict[str, None] = {}
        self._waiting: list[tuple[str, bytes]] = []
        self._file = _Growing()
        self._zip = zipfile.ZipFile(self._file, "w")

    def __enter__(self) -> Package:
        return self

    def __exit__(self, *_: object) -> None:
        # Left to the garbage collector it would complain of its closed stream.
        self._zip.close()

    def add(self, name: str, content: bytes) -> None:
        """Add a member."""
        self._zip.writestr(_member(name), content, compresslevel=_LEVEL)

    @contextmanager
    def growing(self, name: str) -> Iterator[IO[bytes]]:
        """Open a member to write to; figures shown meanwhile follow it."""
        with self._zip.open(_member(name), "w") as member:
            yield member

    def image(self, figure: Figure) -> str:
        """Add a figure, once, and return the ``<img/>`` that shows it."""
        drawn = encoded(svg(figure))
        drawing = drawn.decode()
        name = f"{digest(drawing)}.svg"
        member = f"{self._folder}/{name}"
        self._shown[member] = None
        tag = self._tags.get(name)
        if tag is None:
            self._waiting.append((member, drawn))
            if self._again is not None:
                self._waiting.append((f"{self._again}/{name}", drawn))
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

    def ready(self) -> bytes:
        """Return what the file grew by since the last call, with all figures shown."""
        for name, drawn in self._waiting:
            self.add(name, drawn)
        self._waiting.clear()
        return self._file.take()

    def end(self) -> bytes:
        """Return what is left, and the list that ends the package."""
        before = self.ready()
        self._zip.close()
        return before + self._file.take()


def _member(name: str) -> zipfile.ZipInfo:
    member = zipfile.ZipInfo(name, _NO_DATE)
    member.compress_type = zipfile.ZIP_DEFLATED
    member._compresslevel = _LEVEL  # type: ignore[attr-defined]  # public in 3.13
    member.external_attr = 0o644 << 16
    return member
