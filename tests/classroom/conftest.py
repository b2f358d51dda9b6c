"""A class made up, with every kind of student; and a small one that hands in code."""

from dataclasses import dataclass, field, replace
from datetime import datetime, timezone
from pathlib import Path

import pytest

from grader import course as courses
from grader.classroom.handin import Graded, Student
from grader.course import Course, Exercise
from grader.verdict import CheckResult, ExerciseResult, Finding, Report, Verdict

WHEN = datetime(2026, 10, 5, 12, 0, tzinfo=timezone.utc)
WORKING = ("window x[0, 0, 0:1, 0:2]:", " 5  -3")


def finding(call="double(x=np.array([1]))", problem="expected 2, got 1"):
    return Finding(problem, call=call, working=WORKING, hint="Looks like this.")


@pytest.fixture(scope="session")
def pretend():
    """Return the maker of reports, students and courses that never were."""
    return Pretend


class Pretend:
    """Makes values as the judge would, without judging."""

    @staticmethod
    def course(*names, points=10, root=Path("nowhere"), **fields):
        names = names or ("stride", "pooling")
        exercises = tuple(Exercise(name, name.title(), points) for name in names)
        return Course(root, "Convolutional networks", "key", exercises, **fields)

    @staticmethod
    def check(name, verdict, points=5, *, public=True, beliefs=(), found=None):
        score = points if verdict is Verdict.PASS else 0
        return CheckResult(
            name=name,
            claim=f"The `{name}` is right.",
            visibility="public" if public else "hidden",
            verdict=verdict,
            score=None if verdict is Verdict.INTERNAL else score,
            max_score=points,
            misconceptions=beliefs,
            finding=None if verdict is Verdict.PASS else found or finding(),
        )

    @classmethod
    def exercise(cls, name, first, second=None, **fields):
        checks = (
            cls.check("shape", first, **fields),
            cls.check("values", second or first, public=False, **fields),
        )
        return ExerciseResult(name, name.title(), checks)

    @staticmethod
    def report(*exercises):
        title = "Convolutional networks"
        return Report(title, "live", 7, "sealed (seccomp)", tuple(exercises))

    @classmethod
    def graded(cls, id_, first, second=Verdict.PASS, name=None, **fields):
        """Return a student with one verdict in each of two exercises."""
        beliefs = ("stride-ignored",) if first is Verdict.WRONG else ()
        report = cls.report(
            cls.exercise("stride", first, beliefs=beliefs),
            cls.exercise("pooling", second),
        )
        student = Student(id_, name or id_.title(), **fields.pop("known", {}))
        made = Graded(
            student,
            report,
            origin=f"{id_}.zip",
            submitted_at=WHEN,
            files=("stride.py", "pooling.py"),
            cpu_seconds=1.5,
        )
        return replace(made, **fields)

    @classmethod
    def refused(cls, id_, problem="the zip is broken"):
        return Graded(Student(id_, id_.title()), None, problem=problem)

    @classmethod
    def a_class(cls):
        """Return one student of each kind."""
        verdict = Verdict
        return (
            cls.graded("ada", verdict.PASS),
            cls.graded("björn", verdict.WRONG),
            cls.graded("chiara", verdict.WRONG, verdict.ERROR),
            cls.graded("dora", verdict.TODO, verdict.TODO, files=()),
            cls.graded("emil", verdict.CRASH),
            cls.graded("fay", verdict.PASS, verdict.INTERNAL),
            cls.refused("gil"),
        )


RIGHT = "def double(x, times=1):\n    if times < 0:\n        raise ValueError\n"
RIGHT += "    return x * 2.0**times\n"
FILES = {
    "ada": RIGHT,
    "bob": RIGHT.replace("2.0**times", "2.0"),
    "cid": "def double(x, times=1):\n    raise NotImplementedError\n",
    "dot": RIGHT,  # as Ada
    "eve": "import os\nos._exit(0)\n",
    "fay": "def double(x, times=1):\n    while True: pass\n",
}
SCORES = {"ada": 5.0, "bob": 3.0, "cid": 0.0, "dot": 5.0, "eve": 0.0, "fay": 0.0}
LIMITS = "limits: {import_seconds: 1, call_seconds: 0.3, submission_seconds: 5}\n"


@dataclass(frozen=True)
class SmallClass:
    """A course that gives up soon, and what a class handed in."""

    root: Path
    scores: dict[str, float] = field(default_factory=lambda: dict(SCORES))

    @property
    def course(self):
        return courses.load(self.root / "course.yml")

    @property
    def folder(self) -> Path:
        return self.root / "class"

    def hand_in(self, name: str, text: str) -> None:
        (self.folder / name).mkdir(parents=True, exist_ok=True)
        (self.folder / name / "double.py").write_text(text, encoding="utf-8")


@pytest.fixture
def small_class(small_course) -> SmallClass:
    """Return six students: right, wrong, unfinished, right again, two hostile."""
    made = SmallClass(small_course())
    file = made.root / "course.yml"
    file.write_text(file.read_text("utf-8") + LIMITS, "utf-8")
    for name, text in FILES.items():
        made.hand_in(name, text)
    return made
