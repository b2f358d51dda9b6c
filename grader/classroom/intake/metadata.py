"""Read what matters of Gradescope's ``submission_metadata.yml``, event by event.

The file holds every student's whole result: tens of megabytes for a large class. So
it is never built as a tree, and an alias costs nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import yaml

from grader.errors import SubmissionError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.classroom.intake.node import Node

MAX_BYTES = 256 << 20
MAX_RECORDS = 100_000
MAX_SUBMITTERS = 200
_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOTHING = {"", "~", "null"}
_TIME = re.compile(
    r"(\d{4})-(\d\d)-(\d\d)[T ]+(\d\d):(\d\d):(\d\d)(?:\.\d*)?"
    r"\s*(?:Z|UTC|(?P<sign>[+-])(?P<hours>\d\d):?(?P<minutes>\d\d))?"
)


@dataclass(frozen=True, slots=True)
class Record:
    """What the file says of one submission.

    Parameters
    ----------
    submitters : tuple of dict
        Whose it is: ``:name``, ``:sid``, ``:email`` of each.
    created_at : datetime, optional
        When it was handed in.
    """

    submitters: tuple[dict[str, str], ...] = ()
    created_at: datetime | None = None


def read_records(node: Node) -> dict[str, Record]:
    """Return the records by the name of their folder.

    Raises
    ------
    SubmissionError
        If the file cannot be read, or is no such file.
    """
    try:
        text = node.read(MAX_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SubmissionError("is not UTF-8") from None
    reader = _Reader(text)
    try:
        return reader.records()
    except (yaml.YAMLError, StopIteration, ValueError):
        raise SubmissionError("is not valid YAML") from None


class _Reader:
    """The events of a file, and the scalars that it named to repeat them."""

    def __init__(self, text: str) -> None:
        self._events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)
        self._anchors: dict[str, str] = {}

    def records(self) -> dict[str, Record]:
        """Return all records."""
        event = self._next()
        while isinstance(event, (yaml.StreamStartEvent, yaml.DocumentStartEvent)):
            event = self._next()
        if not isinstance(event, yaml.MappingStartEvent):
            raise SubmissionError("does not name submissions")
        found: dict[str, Record] = {}
        for key, value in self._entries():
            if len(found) >= MAX_RECORDS:
                raise SubmissionError(f"names more than {MAX_RECORDS} submissions")
            found[key] = self._record(value)
        return found

    def _record(self, event: Any) -> Record:
        submitters: list[dict[str, str]] = []
        created_at: datetime | None = None
        if not isinstance(event, yaml.MappingStartEvent):
            self._skip(event)
            return Record()
        for key, value in self._entries():
            if key == ":submitters" and isinstance(value, yaml.SequenceStartEvent):
                submitters = self._submitters()
            elif key == ":created_at":
                created_at = _time(self._text(value))
            else:
                self._skip(value)
        return Record(tuple(submitters[:MAX_SUBMITTERS]), created_at)

    def _submitters(self) -> list[dict[str, str]]:
        found: list[dict[str, str]] = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            if isinstance(event, yaml.MappingStartEvent):
                found.append({key: self._text(v) for key, v in self._entries()})
            else:
                self._skip(event)
        return found

    def _entries(self) -> Iterator[tuple[str, Any]]:
        """Yield keys, and the first event of their values, of an open mapping."""
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key = self._text(event)
            yield key, self._next()

    def _text(self, event: Any) -> str:
        """Return a scalar; of anything else, nothing."""
        if isinstance(event, yaml.ScalarEvent):
            plain = event.style is None
            return "" if plain and event.value in _NOTHING else str(event.value)
        if isinstance(event, yaml.AliasEvent):
            return self._anchors.get(str(event.anchor), "")
        self._skip(event)
        return ""

    def _skip(self, event: Any) -> None:
        """Pass over the rest of a value that has begun."""
        depth = int(isinstance(event, yaml.CollectionStartEvent))
        while depth:
            event = self._next()
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)

    def _next(self) -> Any:
        event = next(self._events)
        if isinstance(event, yaml.ScalarEvent) and event.anchor:
            self._anchors[event.anchor] = str(event.value)
        return event


def _time(text: str) -> datetime | None:
    """Return a time as Ruby writes it; without a zone it is UTC."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    try:
        year, month, day, hour, minute, second = map(int, match.groups()[:6])
        when = datetime(year, month, day, hour, minute, second, tzinfo=timezone.utc)
        if match["sign"]:
            ahead = timedelta(hours=int(match["hours"]), minutes=int(match["minutes"]))
            when += -ahead if match["sign"] == "+" else ahead
    except (ValueError, OverflowError):
        return None
    return when
