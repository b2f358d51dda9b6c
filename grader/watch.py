"""A folder that is judged again when it changes: only what the change could touch."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from grader import submission
from grader.notebook import SUFFIX
from grader.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from grader.course import Exercise
    from grader.judge import Judge
    from grader.submission import Submission
    from grader.verdict import ExerciseResult, Report

    Stamps = tuple[tuple[str, int, int, int], ...] | None


@dataclass(frozen=True, slots=True)
class Turn:
    """What one look at the folder gave.

    Parameters
    ----------
    report : Report
        On all exercises, those judged now and before.
    judged : tuple of str
        Exercises judged now.
    completed : tuple of str
        Those of them that are complete now, and were not.
    seconds : float
        How long it took.
    """

    report: Report
    judged: tuple[str, ...]
    completed: tuple[str, ...]
    seconds: float


class Watched:
    """A student's folder or notebook, and what was found in it so far.

    Files are looked at, not announced by the system: that works on every disk, needs
    no package, and costs a student's few files next to nothing.

    Parameters
    ----------
    judge : Judge
        With its sandbox running and its suite loaded.
    path : Path
        The folder, or the notebook.
    chosen : sequence of Exercise
        What to judge.
    """

    def __init__(self, judge: Judge, path: Path, chosen: Sequence[Exercise]) -> None:
        self._judge = judge
        self._path = path
        self._chosen = tuple(chosen)
        self._names = [e.name for e in judge.course.exercises]
        self._seen: Stamps = None
        self._last: Submission | None = None
        self._results: dict[str, ExerciseResult] = {}

    def changed(self) -> bool:
        """Tell whether a file was written, renamed, added or removed since the last."""
        return self._stamps() != self._seen

    def settle(self, wait: Callable[[float], None], *, at_most: float = 2.0) -> None:
        """Wait until nothing moves: an editor saves by several steps."""
        before = self._stamps()
        for _ in range(int(at_most / 0.05)):
            wait(0.05)
            now = self._stamps()
            if now == before and now is not None:
                return
            before = now

    def judge(self, tell: Callable[[Sequence[str]], None]) -> Turn | None:
        """Judge what the last change could touch; None where that is nothing.

        Parameters
        ----------
        tell : callable
            Told which exercises are being judged.

        Raises
        ------
        GraderError
            If the folder or the course cannot be read.
        """
        started = time.monotonic()
        self._seen = self._stamps()
        now = submission.read(self._path, self._names)
        stale = self._stale(now)
        chosen = [e for e in self._chosen if e.name in stale]
        if not chosen:
            self._last = now
            return None
        tell([e.name for e in chosen])
        report = self._judge.judge(now, chosen)
        completed = [e.name for e in report.exercises if self._completes(e)]
        self._last = now
        self._results.update((e.name, e) for e in report.exercises)
        every = tuple(self._results[e.name] for e in self._chosen)
        return Turn(
            report=replace(report, exercises=every),
            judged=tuple(e.name for e in chosen),
            completed=tuple(completed),
            seconds=time.monotonic() - started,
        )

    def _completes(self, result: ExerciseResult) -> bool:
        before = self._results.get(result.name)
        was_open = before is not None and before.verdict is not Verdict.PASS
        return was_open and result.verdict is Verdict.PASS

    def _stale(self, now: Submission) -> set[str]:
        if self._last is None:
            return set(self._names)
        stale = touched(self._last, now, self._names)
        for exercise in self._judge.course.exercises:
            if stale & set(exercise.needs):
                stale.add(exercise.name)
        return stale

    def _stamps(self) -> Stamps:
        folder = self._path if self._path.suffix != SUFFIX else self._path.parent
        found = []
        try:
            for path in sorted(folder.iterdir()):
                if path.suffix in (".py", SUFFIX) and not path.name.startswith("."):
                    facts = path.lstat()
                    stamp = (facts.st_mtime_ns, facts.st_size, facts.st_ino)
                    found.append((path.name, *stamp))
        except OSError:
            return None  # on its way, or gone
        return tuple(found)


def touched(before: Submission, now: Submission, exercises: Sequence[str]) -> set[str]:
    """Return the exercises whose answers a change could have changed.

    Parameters
    ----------
    before, now : Submission
        What was handed in.
    exercises : sequence of str
        All exercises of the course.
    """
    own = {s.file(e) for s in (before, now) for e in exercises}
    changed = {
        name
        for name in {*before.files, *now.files, *before.problems, *now.problems}
        if before.files.get(name) != now.files.get(name)
        or before.problems.get(name) != now.problems.get(name)
    }
    if changed - own:  # a module that any exercise may use
        return set(exercises)
    return {
        e
        for e in exercises
        if before.file(e) != now.file(e)
        or not changed.isdisjoint(_with_imported(now.file(e), now, own))
    }


def _with_imported(file: str, handed_in: Submission, own: Iterable[str]) -> set[str]:
    """Return a file and those of the exercises' modules that it seems to import."""
    found, waiting = {file}, [file]
    while waiting:
        source = handed_in.files.get(waiting.pop(), b"")
        for other in own:
            stem = re.escape(other.removesuffix(".py").encode())
            imports = rb"(?m)^[^#\n]*\b(?:from|import)\b[^#\n]*\b" + stem + rb"\b"
            if other not in found and re.search(imports, source):
                found.add(other)
                waiting.append(other)
    return found
