"""What ``quiz check`` says of a file, for people and for programs."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from typing import TYPE_CHECKING

from grader.quiz.question import show
from grader.quiz.reading.losses import IN_PART, SYSTEMS, losses, remarks, takers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.reading import Answer, Contents, Item

WIDTH = 60
EXAMPLES = 3


def sound(contents: Contents) -> bool:
    """Tell whether nothing would be lost in the systems that take the file."""
    return not contents.notes and not any(
        losses(contents, system) for system in takers(contents.format)
    )


def as_text(contents: Contents, name: str) -> str:
    """Return the questions, their sum, and what would be lost where."""
    lines: list[str] = []
    for number, item in enumerate(contents.items, 1):
        lines += _question(number, item)
    lines += ["", _sum(contents, name), *_lost(contents)]
    return "\n".join(_printable(line) for line in lines).lstrip("\n")


def _question(number: int, item: Item) -> Iterator[str]:
    pool = f", pool {item.pool}" if item.pool else ""
    figures = f", {_count(item.figures, 'figure')}" if item.figures else ""
    points = _count(item.points, "point")
    yield f"{number}. {item.title} ({item.type}, {points}{figures}{pool})"
    for answer in item.answers:
        yield _answer(answer)


def _answer(answer: Answer) -> str:
    blank = f"blank {answer.blank}: " if answer.blank else ""
    margin = f" ± {show(answer.tolerance)}" if answer.tolerance else ""
    feedback = f"   {_short(answer.feedback)}" if answer.feedback else ""
    percent = show(round(answer.fraction * 100, 2))
    return f"  {percent:>6} %  {blank}{_short(answer.text)}{margin}{feedback}"


def _sum(contents: Contents, name: str) -> str:
    items = contents.items
    kinds = Counter(item.type for item in items)
    types = ", ".join(f"{count:,} {kind}" for kind, count in kinds.items())
    points = _count(round(sum(item.points for item in items), 6), "point")
    figures = _count(sum(item.figures for item in items), "figure")
    pools = _count(len({item.pool for item in items if item.pool}), "pool")
    questions = _count(len(items), "question") + (f" ({types})" if types else "")
    return f"{name}: {contents.format}, {questions}, {points}, {figures}, {pools}"


def _lost(contents: Contents) -> Iterator[str]:
    for note in contents.notes:
        yield f"note: {note}"
    for system in takers(contents.format):
        found: dict[str, list[str]] = {}
        for loss in losses(contents, system):
            found.setdefault(loss.what, []).append(loss.title)
        if not found:
            yield f"{system}: nothing is lost"
        for what, titles in found.items():
            named = "; ".join(_short(title) for title in titles[:EXAMPLES] if title)
            more = f" and {len(titles) - EXAMPLES:,} more" if titles[EXAMPLES:] else ""
            yield f"{system}: {what}" + (f": {named}{more}" if named else "")
    yield from remarks(contents)
    known = {*takers(contents.format), *IN_PART.get(contents.format, ())}
    others = [name for name in SYSTEMS if name not in known]
    yield f"does not read {contents.format}: {'; '.join(others)}"


def as_json(contents: Contents) -> str:
    """Return the same as JSON."""
    whole = {
        "format_version": 1,
        "format": contents.format,
        "sound": sound(contents),
        "questions": [asdict(item) for item in contents.items],
        "notes": list(contents.notes),
        "lost": {
            system: [asdict(loss) for loss in losses(contents, system)]
            for system in takers(contents.format)
        },
        "remarks": list(remarks(contents)),
    }
    return json.dumps(whole, ensure_ascii=False, indent=1)


def _count(number: float, what: str) -> str:
    return f"{show(number)} {what}{'' if number == 1 else 's'}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= WIDTH else f"{line[: WIDTH - 1]}…"


def _printable(line: str) -> str:
    """Return a line without the control characters of someone else's file."""
    return "".join(sign if sign.isprintable() else " " for sign in line)
