"""What submissions cost by themselves: their functions, called directly.

The judge that `grade` has asks them the same, but in this process: no worker, no
message and no copy counts, nor what the judge does.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from grader.checks.suite import LiveSuite
from grader.checks.trusted import load_module
from grader.course import Course
from grader.judge import Judge
from grader.rehearsal import Rehearsal
from grader.submission import Submission


class Stopwatch:
    """Adds up the CPU seconds inside functions."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def around(self, function):
        """Return a function that is timed."""

        def timed(*args, **kwargs):
            begun = time.thread_time()
            try:
                return function(*args, **kwargs)
            finally:
                self.seconds += time.thread_time() - begun

        return timed


def own_seconds(
    course: Course, suite: LiveSuite, submissions: Iterable[Mapping[str, bytes]]
) -> float:
    """Return the CPU seconds inside the functions of submissions, loading included."""
    watch = Stopwatch()
    with tempfile.TemporaryDirectory() as name:
        for files in submissions:
            for file, text in files.items():
                path = Path(name) / file
                path.write_bytes(text)
                try:
                    module = vars(watch.around(load_module)(path))
                except Exception:  # noqa: BLE001  (it is meant not to load)
                    continue
                functions = {
                    name: watch.around(value)
                    for name, value in module.items()
                    if callable(value) and not name.startswith("_")
                }
                judge = Judge(course, suite, Rehearsal(functions))
                handed = Submission(Path(name), MappingProxyType({file: b""}))
                judge.judge(handed, [course.exercise(path.stem)])
    return watch.seconds
