"""Make the students' skeletons from the solutions: their single source.

What stands between ``# BEGIN SOLUTION`` and ``# END SOLUTION`` goes. Inside a function
``raise NotImplementedError`` takes its place; at the top of a module nothing does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.errors import CourseError

if TYPE_CHECKING:
    from pathlib import Path

    from grader.course import Course

BEGIN = "# BEGIN SOLUTION"
END = "# END SOLUTION"


def skeleton(source: str, *, file: Path | str) -> str:
    """Return the skeleton of a solution.

    Parameters
    ----------
    source : str
        The solution's text.
    file : Path or str
        Its name, for complaints.

    Raises
    ------
    CourseError
        If the marks do not pair, or there are none.
    """
    lines: list[str] = []
    begun: int | None = None
    regions = 0
    for number, line in enumerate(source.splitlines(), start=1):
        mark = line.strip()
        if mark == BEGIN:
            if begun is not None:
                raise CourseError(
                    f"{BEGIN} stands inside the region begun at line {begun}",
                    file=file,
                    line=number,
                    remedy=f"Write {END} first.",
                )
            begun = number
            regions += 1
            indent = line[: len(line) - len(line.lstrip())]
            if indent:
                lines.append(f"{indent}# TODO: write this function.")
                lines.append(f"{indent}raise NotImplementedError")
        elif mark == END:
            if begun is None:
                raise CourseError(
                    f"{END} without {BEGIN}", file=file, line=number, remedy="Pair it."
                )
            begun = None
        elif begun is None:
            lines.append(line)
    if begun is not None:
        raise CourseError(
            f"{BEGIN} without {END}", file=file, line=begun, remedy="Pair it."
        )
    if not regions:
        raise CourseError(
            f"there is no {BEGIN}",
            file=file,
            remedy=f"Put each body between {BEGIN} and {END}.",
        )
    return _tidy(lines)


def _tidy(lines: list[str]) -> str:
    """Return the text, with the gaps that removed regions leave closed to two lines."""
    kept: list[str] = []
    for line in lines:
        blank_before = len(kept) - len(_rstripped(kept))
        if not line.strip() and blank_before == 2:
            continue
        kept.append(line)
    return "\n".join(_rstripped(kept)) + "\n"


def _rstripped(lines: list[str]) -> list[str]:
    end = len(lines)
    while end and not lines[end - 1].strip():
        end -= 1
    return lines[:end]


def skeletons(course: Course) -> dict[Path, str]:
    """Return the text that every file in ``assignments/`` must have.

    Raises
    ------
    CourseError
        If a solution is missing or its marks do not pair.
    """
    texts = {}
    for exercise in course.exercises:
        solution = course.solutions / f"{exercise.name}.py"
        try:
            source = solution.read_text(encoding="utf-8")
        except FileNotFoundError:
            raise CourseError(
                "is missing", file=solution, remedy="Every exercise has a solution."
            ) from None
        except (OSError, UnicodeDecodeError) as error:
            raise CourseError(f"cannot be read: {error}", file=solution) from None
        texts[course.assignments / solution.name] = skeleton(source, file=solution)
    return texts


def stale(course: Course) -> list[Path]:
    """Return the skeletons that are missing or not what their solution gives."""
    return [file for file, text in skeletons(course).items() if _read(file) != text]


def write(course: Course) -> list[Path]:
    """Write the skeletons that are not current, and return them."""
    changed = []
    for file, text in skeletons(course).items():
        if _read(file) != text:
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
            changed.append(file)
    return changed


def _read(file: Path) -> str | None:
    try:
        return file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
