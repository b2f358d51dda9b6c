"""Read a table of students: a CSV file with a column ``student``."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from grader.errors import QuizError, did_you_mean

if TYPE_CHECKING:
    from pathlib import Path

COLUMN = "student"


def rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of a CSV file by column, every row with a ``student``.

    Raises
    ------
    QuizError
        When the file cannot be read, has no such column, or names nobody, an empty
        student, or one twice.
    """
    reader = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    try:
        lines = [(reader.line_num, cells) for cells in reader if any(cells)]
    except csv.Error as error:
        raise QuizError(f"{path}:{reader.line_num}: not CSV: {error}.") from None
    if not lines:
        raise QuizError(f"{path} is empty. Its first line names the columns.")
    header = [name.strip() for name in lines[0][1]]
    _check_header(path, header)
    found: dict[str, int] = {}
    table = []
    for number, cells in lines[1:]:
        if len(cells) > len(header):
            raise QuizError(
                f"{path}:{number}: {len(cells)} cells under {len(header)} columns. "
                "Quote cells that hold commas."
            )
        padded = [*cells, *([""] * (len(header) - len(cells)))]
        row = dict(zip(header, padded, strict=True))
        student = row[COLUMN] = row[COLUMN].strip()
        if not student:
            raise QuizError(f"{path}:{number}: the student is empty.")
        if student in found:
            raise QuizError(
                f"{path}:{number}: {student!r} stands in line {found[student]} already."
            )
        found[student] = number
        table.append(row)
    if not table:
        raise QuizError(f"{path} names no students.")
    return table


def students(path: Path) -> tuple[str, ...]:
    """Return the students of a roster in its order; see `rows`."""
    return tuple(row[COLUMN] for row in rows(path))


def _check_header(path: Path, header: list[str]) -> None:
    if COLUMN not in header:
        near = did_you_mean(COLUMN, header)
        raise QuizError(
            f"{path} has no column {COLUMN!r}{near}. Its columns: {', '.join(header)}."
        )
    twice = next((name for name in header if header.count(name) > 1), None)
    if twice is not None:
        raise QuizError(f"{path}:1: the column {twice!r} stands twice.")


def _text(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise QuizError(f"cannot read {path}: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise QuizError(f"{path} is not UTF-8. Save it as CSV UTF-8.") from None
