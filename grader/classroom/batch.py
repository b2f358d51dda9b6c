"""Grade a class: everything once, nothing twice, and nothing lost."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from grader.classroom.handin import Graded
from grader.classroom.keys import conditions
from grader.classroom.task import Setting, Task
from grader.errors import GraderError
from grader.files import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

    from grader.classroom.handin import HandIn
    from grader.classroom.keys import Conditions
    from grader.classroom.store import Result, Store
    from grader.course import Course, Exercise

SEED_FILE = "seed.txt"


class Runner(Protocol):
    """What judges tasks: processes of this machine, or a cluster."""

    def run(self, tasks: Iterable[Task]) -> Iterator[Result]:
        """Yield a result for each task, in any order; take tasks one by one."""

    def close(self) -> None:
        """End what was started."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is.

    Parameters
    ----------
    done : int
        Hand-ins that have their result.
    total : int
        Hand-ins in all.
    rate : float
        Submissions judged a second, up to now.
    """

    done: int
    total: int
    rate: float

    def __str__(self) -> str:
        text = f"{self.done} of {self.total}"
        if self.rate <= 0:
            return text
        left = (self.total - self.done) / self.rate
        minutes, seconds = divmod(round(left), 60)
        return f"{text}, {self.rate:.1f} a second, {minutes}:{seconds:02} left"


@dataclass(slots=True)
class Summary:
    """What a run did, counted as it goes.

    Parameters
    ----------
    judged : int
        Submissions that were judged now.
    reused : int
        Students whose result was there, or is that of an equal submission.
    refused : int
        Hand-ins that could not be taken.
    failed : int
        Submissions on which the grader itself failed.
    notes : list of str
        What the instructor should know.
    """

    judged: int = 0
    reused: int = 0
    refused: int = 0
    failed: int = 0
    notes: list[str] = field(default_factory=list)


def class_seed(out: Path, seed: int | None) -> int:
    """Return the seed of a class: the one asked for, the one it has, or a new one.

    It is kept in a file of its own, so that a class keeps its inputs whatever
    becomes of the database.

    Raises
    ------
    GraderError
        If the file holds no seed, or cannot be written.
    """
    path = out / SEED_FILE
    if seed is None and path.exists():
        try:
            text = path.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            text = ""
        if not re.fullmatch(r"\d{1,20}", text):
            raise GraderError(
                f"{path}: holds no seed. Name one with --seed, or remove the file to "
                "draw new inputs, with which everything is judged again."
            )
        return int(text)
    if seed is None:
        from grader.judge import fresh_seed  # noqa: PLC0415  (once a class)

        seed = fresh_seed()
    write_whole(path, f"{seed}\n".encode())
    return seed


class Batch:
    """Grades the hand-ins of a class into a store.

    Parameters
    ----------
    course : Course
        The course.
    exercises : sequence of Exercise
        Which ones to judge.
    store : Store
        Where results are kept.
    seed : int
        Fixes every input.
    require : str, optional
        Judge nothing under a weaker isolation.
    """

    def __init__(
        self,
        course: Course,
        exercises: Sequence[Exercise],
        store: Store,
        *,
        seed: int,
        require: str | None = None,
    ) -> None:
        self._store = store
        self._conditions = conditions(course, exercises, seed)
        self._sealed = require == "sealed"
        self.setting = Setting(
            str(course.root), tuple(e.name for e in exercises), seed, require
        )
        self.summary = Summary()
        self._done = 0
        self._waiting: dict[str, list[Graded]] = {}

    def grade(
        self,
        hand_ins: Iterable[HandIn],
        total: int,
        runner: Runner,
        tell: Callable[[Progress], None] = lambda progress: None,
        heed: Callable[[Graded], None] | None = None,
    ) -> Summary:
        """Judge what has no result yet.

        Parameters
        ----------
        hand_ins : iterable of HandIn
            The class, in its order; each is read when its turn comes.
        total : int
            How many there are.
        runner : Runner
            Judges.
        tell : callable, optional
            Told how far it is.
        heed : callable, optional
            Given what is known of each student whose submission was judged now, as
            soon as it is.

        Raises
        ------
        GraderError
            If the store cannot be written, or nothing can be judged. What has been
            judged is kept.
        """
        self._compare_conditions()
        self._done, begun = 0, time.monotonic()

        def report() -> None:
            seconds = max(time.monotonic() - begun, 1e-9)
            tell(Progress(self._done, total, self.summary.judged / seconds))

        for result in runner.run(self._tasks(hand_ins, report)):
            self._store.put(result)
            self.summary.judged += 1
            self.summary.failed += result.failed
            students = self._waiting.pop(result.key)
            self._done += len(students)
            report()
            if heed is not None:
                for student in students:
                    heed(result.of(student))
        self._store.note("conditions", " ".join(_facts(self._conditions)))
        return self.summary

    def _tasks(
        self, hand_ins: Iterable[HandIn], report: Callable[[], None]
    ) -> Iterator[Task]:
        seen = set()
        for position, hand_in in enumerate(hand_ins):
            seen.add(hand_in.student.id)
            task = self._register(position, hand_in)
            if task is not None:
                yield task
            else:
                report()
        self._store.keep_only(seen)

    def _register(self, position: int, hand_in: HandIn) -> Task | None:
        """Store a hand-in; return its task where nobody judges or has judged it."""
        if hand_in.submission is None:
            self._store.hand_in(position, hand_in, None)
            self.summary.refused += 1
            self._done += 1
            return None
        key = self._conditions.key(hand_in.submission)
        self._store.hand_in(position, hand_in, key)
        if key in self._waiting:
            self._waiting[key].append(Graded.of(hand_in))
        elif self._store.holds(key, sealed=self._sealed):
            self._done += 1
        else:
            student = Graded.of(hand_in)
            self._waiting[key] = [student]
            return Task.of(key, hand_in.submission, student)
        self.summary.reused += 1
        return None

    def _compare_conditions(self) -> None:
        """Say why results are judged again that were there before."""
        before = self._store.fact("conditions")
        if before is None or not len(self._store):
            return
        names = ("the suite or the solutions have", "the grader has", "the seed has")
        pairs = zip(before.split(" "), _facts(self._conditions), names, strict=False)
        changed = [name for old, new, name in pairs if old != new]
        if changed:
            self.summary.notes.append(
                # A run that was killed has told nobody, and has judged a part.
                f"{' and '.join(changed)} changed since the last complete run: its "
                "results no longer count, and submissions are judged again."
            )


def _facts(conditions: Conditions) -> tuple[str, str, str]:
    return conditions.suite, conditions.engine, str(conditions.seed)
