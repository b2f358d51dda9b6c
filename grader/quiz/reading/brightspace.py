"""Read the CSV that Brightspace's question library imports."""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING

from grader.quiz.reading import Answer, Item, MalformedError
from grader.quiz.reading.page import plain, read
from grader.quiz.reading.source import decoded, number

if TYPE_CHECKING:
    from collections.abc import Iterator

_TYPES = {"MC": "single", "MS": "multiple", "TF": "truefalse", "WR": "essay"}
_NUMBER = re.compile(
    r"\^\\s\*(?P<sign>\[-−\])?(?P<digits>[\d,?.\\]+)(\(\\\.0\*\)\?|0\*)\\s\*\$"
)


def looks_like(content: bytes) -> bool:
    """Tell whether a line begins a question."""
    return re.search(rb"(^|\n)\W*NewQuestion\s*,", content) is not None


def items(content: bytes) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    """Return the questions of a file and notes on what could not be read."""
    found: list[Item] = []
    notes: list[str] = []
    for line, rows in _questions(decoded(content)):
        item = _item(rows)
        found.append(item)
        if not item.answers and item.type != "essay":
            notes.append(f"line {line}: a {item.type} without answers")
        if any(row[0] == "Image" and row[1:2] not in ([], [""]) for row in rows):
            notes.append(f"line {line}: its image must be in the course already")
    return tuple(found), tuple(notes)


def _questions(text: str) -> Iterator[tuple[int, list[list[str]]]]:
    """Yield the first line and the rows of each question."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: list[list[str]] = []
    start = 1
    try:
        for cells in reader:
            key = cells[0].strip() if cells else ""
            if key == "NewQuestion":
                if rows:
                    yield start, rows
                rows, start = [], reader.line_num
            if key and not key.startswith("//"):
                rows.append([key, *cells[1:]])
    except csv.Error as error:
        raise MalformedError(
            f"line {reader.line_num}: not sound CSV: {error}."
        ) from None
    if rows:
        yield start, rows


def _item(rows: list[list[str]]) -> Item:
    fields = {row[0]: row for row in rows}
    kind = _cell(rows[0], 1).strip().upper()
    answers = tuple(_answers(rows, kind))
    prompt, figures = _page(fields.get("QuestionText", []))
    feedback, worked = _page(fields.get("Feedback", []))
    numeric = kind == "SA" and any(_typed(row) for row in rows if row[0] == "Answer")
    short = "numeric" if numeric else "shortanswer"
    return Item(
        title=_cell(fields.get("Title", []), 1).strip() or prompt[:80],
        type=short if kind == "SA" else _TYPES.get(kind, kind),
        answers=answers,
        feedback=feedback,
        figures=figures + worked,
        points=number(_cell(fields.get("Points", []), 1), 1.0),
        prompt=prompt,
        unscored=kind != "WR" and max((a.fraction for a in answers), default=0) <= 0,
    )


def _answers(rows: list[list[str]], kind: str) -> Iterator[Answer]:
    options = [row for row in rows if row[0] == "Option"]
    right = sum(number(_cell(row, 1), 0.0) > 0 for row in options) or 1
    # Only this way of scoring takes something off for a wrong choice.
    strict = any(row[:2] == ["Scoring", "RightMinusWrong"] for row in rows)
    for row in rows:
        share = number(_cell(row, 1), 0.0)
        if row[0] == "Option" and kind == "MS":
            wrong = -1 / right if strict else 0.0
            yield _option(row, 1 / right if share > 0 else wrong)
        elif row[0] == "Option":
            yield _option(row, share / 100)
        elif row[0] in ("TRUE", "FALSE"):
            yield Answer(row[0].title(), share / 100, _cell(row, 2).strip())
        elif row[0] == "Answer":
            typed = _typed(row)
            yield Answer(typed or _cell(row, 2).strip(), share / 100)
        elif row[0] in ("Choice", "Match", "Item"):
            yield Answer(_cell(row, 2 if row[0] != "Item" else 1).strip(), 1.0)


def _option(row: list[str], share: float) -> Answer:
    html = _cell(row, 3).strip().upper() == "HTML"
    text = plain(_cell(row, 2)) if html else _cell(row, 2).strip()
    return Answer(text, share, _cell(row, 4).strip())


def _typed(row: list[str]) -> str:
    """Return the number that a regular expression of ours stands for, or nothing."""
    found = _NUMBER.fullmatch(_cell(row, 2))
    if found is None:
        return ""
    digits = found["digits"].replace(",?", "").replace("\\", "")
    return ("-" if found["sign"] else "") + digits


def _page(row: list[str]) -> tuple[str, int]:
    if _cell(row, 2).strip().upper() == "HTML":
        return read(_cell(row, 1))
    return _cell(row, 1).strip(), 0


def _cell(row: list[str], place: int) -> str:
    return row[place] if place < len(row) else ""
