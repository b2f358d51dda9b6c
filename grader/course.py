"""The course: ``course.yml`` and the folders beside it, parsed once."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from grader import yamlfile
from grader.errors import CourseError, did_you_mean
from grader.grading import Grading, grading
from grader.limits import Limits

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FORMAT_VERSION = 1
FILE_NAME = "course.yml"
VISIBILITIES = ("visible", "after_due_date", "after_published", "hidden")
"""When a learning system may show a result to students, in Gradescope's words."""


@dataclass(frozen=True, slots=True)
class Exercise:
    """One exercise: a module that students write.

    Parameters
    ----------
    name : str
        The module's name: ``assignments/<name>.py``.
    title : str
        What people call it.
    points : float
        The sum of the points of its checks.
    needs : tuple of str
        Exercises that must be passed before this one is judged.
    hints : tuple of str
        Hints, from the gentlest to the plainest.
    """

    name: str
    title: str
    points: float
    needs: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Course:
    """A course and where its files lie.

    Parameters
    ----------
    root : Path
        The folder that holds ``course.yml``.
    title : str
        What people call it.
    key : str
        The text that all seeds of quizzes start from.
    exercises : tuple of Exercise
        In the order of the syllabus.
    limits : Limits
        What a submission may use.
    quizzes : mapping of str to Entry
        The blueprints, read by `grader.quiz`.
    hidden_visibility : str
        When learning systems show hidden checks: one of `VISIBILITIES`.
    grading : Grading
        How points become marks.
    """

    root: Path
    title: str
    key: str
    exercises: tuple[Exercise, ...]
    limits: Limits = field(default_factory=Limits)
    quizzes: Mapping[str, yamlfile.Entry] = field(
        default_factory=lambda: MappingProxyType({})
    )
    hidden_visibility: str = "after_published"
    grading: Grading = field(default_factory=Grading)

    @property
    def assignments(self) -> Path:
        """The folder of skeletons, where students work."""
        return self.root / "assignments"

    @property
    def solutions(self) -> Path:
        """The folder of reference implementations."""
        return self.root / "solutions"

    @property
    def suite(self) -> Path:
        """The folder of the hidden suite."""
        return self.root / "tests" / "hidden"

    def exercise(self, name: str) -> Exercise:
        """Return the exercise of that name.

        Raises
        ------
        CourseError
            If there is none; the message proposes the nearest name.
        """
        for exercise in self.exercises:
            if exercise.name == name:
                return exercise
        known = [exercise.name for exercise in self.exercises]
        problem = f"there is no exercise {name!r}{did_you_mean(name, known)}"
        raise CourseError(problem, remedy=f"Known: {', '.join(known)}.")

    def select(self, names: Iterable[str]) -> tuple[Exercise, ...]:
        """Return the named exercises in the course's order; all when none is named."""
        chosen = {self.exercise(name).name for name in names}
        return tuple(e for e in self.exercises if not chosen or e.name in chosen)


def find(start: Path | None = None) -> Course:
    """Read the course whose ``course.yml`` is here or nearest above.

    Parameters
    ----------
    start : Path, optional
        Where to start walking up; the current folder by default.

    Raises
    ------
    CourseError
        If there is no ``course.yml`` here or above, or it is not sound.
    """
    try:
        here = (start or Path.cwd()).resolve()
    except OSError:
        raise CourseError("the current folder no longer exists") from None
    for folder in (here, *here.parents):
        file = folder / FILE_NAME
        try:
            found = file.is_file()
        except OSError as error:  # a folder that may not be entered
            raise CourseError(f"{file}: cannot be read: {error.strerror}") from None
        if found:
            return load(file)
    problem = f"no {FILE_NAME} in {here} or above"
    raise CourseError(problem, remedy="Run this inside the course's folder.")


def load(file: Path) -> Course:
    """Read and check a ``course.yml``.

    Raises
    ------
    CourseError
        Naming file, line, key and remedy.
    """
    top = yamlfile.read(file)
    keys = top.mapping(
        required=("format_version", "title", "key", "exercises"),
        optional=("limits", "quizzes", "grading", "feedback"),
    )
    version = keys["format_version"]
    if version.integer(at_least=1) > FORMAT_VERSION:
        version.fail(
            f"this grader reads format_version {FORMAT_VERSION}, not {version.value}",
            "Install a newer grader.",
        )
    exercises = tuple(_exercise(entry) for entry in keys["exercises"].items())
    if not exercises:
        keys["exercises"].fail("there are no exercises", "Add at least one.")
    _check_names(keys["exercises"], exercises)
    quizzes = keys["quizzes"].mapping() if "quizzes" in keys else {}
    return Course(
        root=file.parent,
        title=keys["title"].text(),
        key=keys["key"].text(),
        exercises=exercises,
        limits=_limits(keys["limits"]) if "limits" in keys else Limits(),
        quizzes=MappingProxyType(quizzes),
        hidden_visibility=_hidden_visibility(keys.get("feedback")),
        grading=grading(keys["grading"], [e.name for e in exercises])
        if "grading" in keys
        else Grading(),
    )


def _hidden_visibility(entry: yamlfile.Entry | None) -> str:
    if entry is None:
        return "after_published"
    chosen = entry.mapping(required=("hidden_visibility",), optional=())
    word = chosen["hidden_visibility"]
    if word.text() not in VISIBILITIES:
        word.fail(
            f"unknown visibility {word.value!r}"
            f"{did_you_mean(word.value, VISIBILITIES)}",
            f"Known: {', '.join(VISIBILITIES)}.",
        )
    return word.text()


def _exercise(entry: yamlfile.Entry) -> Exercise:
    keys = entry.mapping(
        required=("name", "title", "points"), optional=("needs", "hints")
    )
    name = keys["name"].text()
    if not name.isidentifier() or not name.isascii():
        keys["name"].fail(f"{name!r} is not a module name", "Use letters, digits, _.")
    points = keys["points"].number()
    if points <= 0:
        keys["points"].fail("an exercise is worth more than 0 points")
    return Exercise(
        name=name,
        title=keys["title"].text(),
        points=points,
        needs=_texts(keys.get("needs")),
        hints=_texts(keys.get("hints")),
    )


def _texts(entry: yamlfile.Entry | None) -> tuple[str, ...]:
    return () if entry is None else tuple(item.text() for item in entry.items())


def _check_names(entry: yamlfile.Entry, exercises: tuple[Exercise, ...]) -> None:
    seen: set[str] = set()
    for item, exercise in zip(entry.items(), exercises, strict=True):
        fields = item.mapping()
        if exercise.name in seen:
            fields["name"].fail(
                f"the exercise {exercise.name!r} stands twice", "Rename one of them."
            )
        for needed in exercise.needs:
            if needed not in seen:
                names = [e.name for e in exercises]
                fields["needs"].fail(
                    f"{needed!r} does not come before {exercise.name!r}"
                    f"{did_you_mean(needed, names) if needed not in names else ''}",
                    "An exercise needs only exercises listed above it.",
                )
        seen.add(exercise.name)


def _limits(entry: yamlfile.Entry) -> Limits:
    seconds = ("import_seconds", "call_seconds", "submission_seconds")
    sizes = ("memory_mb", "payload_mb")
    keys = entry.mapping(optional=(*seconds, *sizes))
    values: dict[str, float] = {}
    for name, limit in keys.items():
        if name in seconds:
            values[name] = float(limit.number())
        else:
            values[name] = limit.integer(at_least=1)
        if values[name] <= 0:
            limit.fail("a limit is more than 0")
    return Limits(**values)  # type: ignore[arg-type]
