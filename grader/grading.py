"""How points become marks: the ``grading`` section of ``course.yml``, parsed once."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta, tzinfo
from types import MappingProxyType
from typing import TYPE_CHECKING

from grader.errors import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from grader.yamlfile import Entry

_DATE = "Write it as '2026-10-05 23:59'; a date alone means the end of that day."
_ZONE = "Add 'time_zone: Europe/Berlin', or an offset: '2026-10-05T23:59+02:00'."


@dataclass(frozen=True, slots=True)
class Late:
    """What handing in late costs.

    Parameters
    ----------
    grace_minutes : float
        Up to so many minutes after the date, nothing is late.
    percent_per_day : float
        Taken off the points earned, for every day begun.
    at_most_days : int, optional
        What comes later than so many days earns nothing; None for no such end.
    floor_percent : float
        What is kept at the least while it is accepted.
    """

    grace_minutes: float = 0
    percent_per_day: float = 0
    at_most_days: int | None = None
    floor_percent: float = 0

    def days(self, handed_in: datetime, due: datetime) -> int:
        """Return the days begun after the date; 0 within the grace."""
        # Subtracting instants, since two times of one zone are subtracted as clocks
        # on the wall, which jump twice a year.
        late_by = handed_in.timestamp() - due.timestamp()
        if late_by <= self.grace_minutes * 60:
            return 0
        return max(1, -int(-late_by // timedelta(days=1).total_seconds()))

    def kept(self, days: int) -> float:
        """Return the share of the points that is kept, from 0 to 1."""
        if days <= 0:
            return 1.0
        if self.at_most_days is not None and days > self.at_most_days:
            return 0.0
        left = 100 - self.percent_per_day * days
        return max(self.floor_percent, left, 0.0) / 100


@dataclass(frozen=True, slots=True)
class Grading:
    """The rules of a course.

    Parameters
    ----------
    due : mapping of str to datetime
        When each exercise is due, with a time zone; an exercise that is not in it
        is never late.
    late : Late
        What handing in late costs.
    drop_lowest : int
        How many exercises may be left out where that helps.
    required : tuple of str
        Exercises that are never left out.
    optional : tuple of str
        Exercises that count only where they help, whatever else is left out.
    time_zone : tzinfo, optional
        For times that come without one.
    """

    due: Mapping[str, datetime] = field(default_factory=lambda: MappingProxyType({}))
    late: Late = field(default_factory=Late)
    drop_lowest: int = 0
    required: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    time_zone: tzinfo | None = None


def grading(entry: Entry, exercises: Sequence[str]) -> Grading:
    """Read the section.

    Parameters
    ----------
    entry : Entry
        The section.
    exercises : sequence of str
        The names of the course's exercises.

    Raises
    ------
    CourseError
        Naming file, line, key and remedy.
    """
    keys = entry.mapping(
        optional=("time_zone", "due", "late", "drop_lowest", "required", "optional")
    )
    zone = _zone(keys["time_zone"]) if "time_zone" in keys else None
    drop = keys["drop_lowest"].integer() if "drop_lowest" in keys else 0
    if drop >= len(exercises):
        keys["drop_lowest"].fail(
            f"{drop} of {len(exercises)} exercises leaves none to count",
            f"Write at most {len(exercises) - 1}.",
        )
    required = _names(keys.get("required"), exercises)
    optional = _names(keys.get("optional"), exercises)
    both = sorted(set(required) & set(optional))
    if both:
        keys["optional"].fail(
            f"{both[0]!r} is required and optional", "Keep it in one of the two."
        )
    return Grading(
        due=_due(keys["due"], zone, exercises) if "due" in keys else Grading().due,
        late=_late(keys["late"]) if "late" in keys else Late(),
        drop_lowest=drop,
        required=required,
        optional=optional,
        time_zone=zone,
    )


def _zone(entry: Entry) -> tzinfo:
    # Only a course that names a zone pays for the import.
    from zoneinfo import ZoneInfo  # noqa: PLC0415

    name = entry.text()
    try:
        return ZoneInfo(name)
    except (OSError, ValueError, KeyError):
        # Also where the system has no list of zones at all, as on Windows.
        entry.fail(
            f"there is no time zone {name!r} on this machine",
            "Name one such as 'Europe/Berlin'; where none is known: pip install tzdata",
        )


def _due(
    entry: Entry, zone: tzinfo | None, exercises: Sequence[str]
) -> Mapping[str, datetime]:
    if not isinstance(entry.value, dict):
        moment = _moment(entry, zone)
        return MappingProxyType(dict.fromkeys(exercises, moment))
    dates = {}
    for name, item in entry.mapping().items():
        if name not in exercises:
            item.fail(
                f"there is no exercise {name!r}{did_you_mean(name, exercises)}",
                f"Known: {', '.join(exercises)}.",
            )
        dates[name] = _moment(item, zone)
    return MappingProxyType(dates)


def _moment(entry: Entry, zone: tzinfo | None) -> datetime:
    value = entry.value
    if isinstance(value, str):
        # Python 3.10 reads fewer forms than later ones: "Z" is the common one.
        text = value.strip().replace("Z", "+00:00")
        try:
            alone = "T" not in text and " " not in text
            value = date.fromisoformat(text) if alone else datetime.fromisoformat(text)
        except ValueError:
            entry.fail(f"cannot read the date {entry.value!r}", _DATE)
    if isinstance(value, date) and not isinstance(value, datetime):
        try:
            value = datetime.combine(value + timedelta(days=1), time())
        except OverflowError:
            entry.fail(f"cannot read the date {entry.value}", _DATE)
    if not isinstance(value, datetime):
        entry.fail(f"expected a date, got {value!r}", _DATE)
    if value.tzinfo is None:
        if zone is None:
            entry.fail("the date has no time zone", _ZONE)
        value = value.replace(tzinfo=zone)
    try:
        value.timestamp()
    except (OverflowError, ValueError, OSError):
        entry.fail(f"cannot read the date {entry.value}", _DATE)
    return value


def _late(entry: Entry) -> Late:
    keys = entry.mapping(
        optional=("grace_minutes", "percent_per_day", "at_most_days", "floor_percent")
    )
    for name in ("percent_per_day", "floor_percent"):
        if name in keys and keys[name].number() > 100:
            keys[name].fail(f"{keys[name].value} is more than 100 percent")
    nothing = Late()
    return Late(
        grace_minutes=keys["grace_minutes"].number() if "grace_minutes" in keys else 0,
        percent_per_day=_number(keys, "percent_per_day"),
        at_most_days=keys["at_most_days"].integer()
        if "at_most_days" in keys
        else nothing.at_most_days,
        floor_percent=_number(keys, "floor_percent"),
    )


def _number(keys: Mapping[str, Entry], name: str) -> float:
    return keys[name].number() if name in keys else 0


def _names(entry: Entry | None, exercises: Sequence[str]) -> tuple[str, ...]:
    if entry is None:
        return ()
    for item in entry.items():
        name = item.text()
        if name not in exercises:
            item.fail(
                f"there is no exercise {name!r}{did_you_mean(name, exercises)}",
                f"Known: {', '.join(exercises)}.",
            )
    return tuple(item.text() for item in entry.items())
