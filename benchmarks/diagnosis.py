"""What a diagnosis costs: nothing when all is right, and once for a whole class.

A class of 200 hands in wrong code of many kinds, judged with one suite, that is with
one seed. Beside it, the same code is judged with a suite for each student. The figures
are CPU of the judge, the student's own functions included: they run in this process.

Run ``python benchmarks/diagnosis.py`` from the root of the repository.
"""

from __future__ import annotations

import itertools
import statistics
import sys
import time
from pathlib import Path
from types import MappingProxyType

sys.path.insert(0, str(Path(__file__).parents[1]))

from grader import course as courses
from grader.checks import suite as suites
from grader.checks.suite import LiveExercise, LiveSuite
from grader.checks.trusted import load_module
from grader.judge import Judge
from grader.rehearsal import Rehearsal
from grader.submission import Submission

CLASS = 200
ALONE = 20
ROUNDS = 30
EXERCISE, FUNCTION = "stride", "conv2d"
COURSE = courses.load(Path(__file__).parents[1] / "course.yml")
SUBMISSION = Submission(Path("here"), {f"{EXERCISE}.py": b""})
RIGHT = vars(load_module(COURSE.solutions / f"{EXERCISE}.py"))


class Runs:
    """Counts the runs of solutions and wrong implementations."""

    def __init__(self) -> None:
        self.count = 0
        self._run = suites.run_trusted
        suites.run_trusted = self

    def __call__(self, *args: object) -> object:
        """Count and run."""
        self.count += 1
        return self._run(*args)


def judge(suite: LiveSuite, functions: dict) -> tuple[float, list[str]]:
    """Return the CPU seconds of judging functions, and the beliefs named."""
    judge = Judge(COURSE, suite, Rehearsal(functions))
    begun = time.process_time()
    report = judge.judge(SUBMISSION, [COURSE.exercise(EXERCISE)])
    seconds = time.process_time() - begun
    checks = report.exercises[0].checks
    return seconds, sorted({id_ for check in checks for id_ in check.misconceptions})


def wrong_students(exercise: LiveExercise) -> list[dict]:
    """Return the functions of a class in which each has one misconception."""
    known = exercise._known(FUNCTION)  # wrong code, ready to run
    wrong = [ways[0].run for ids, ways in known.items() if len(ids) == 1]
    held = itertools.islice(itertools.cycle(wrong), CLASS)
    return [{**RIGHT, FUNCTION: run} for run in held]


def without_beliefs() -> LiveSuite:
    """Return a suite that knows no misconception."""
    suite = LiveSuite(COURSE, seed=1)
    content = suite.exercise(EXERCISE)._content
    object.__setattr__(content, "beliefs", MappingProxyType({}))
    return suite


def main() -> None:
    """Measure and print."""
    runs = Runs()
    knowing, ignorant = LiveSuite(COURSE, seed=1), without_beliefs()
    judge(knowing, RIGHT), judge(ignorant, RIGHT)
    runs.count = 0
    pairs = [
        (judge(knowing, RIGHT)[0], judge(ignorant, RIGHT)[0]) for _ in range(ROUNDS)
    ]
    with_beliefs, without = map(statistics.median, zip(*pairs, strict=True))
    print(
        f"right code: {with_beliefs * 1e3:.2f} ms with misconceptions, "
        f"{without * 1e3:.2f} ms without: {with_beliefs / without:.2f} x; "
        f"{runs.count} runs of wrong code"
    )

    students = wrong_students(knowing.exercise(EXERCISE))
    shared = LiveSuite(COURSE, seed=2)
    costs, counts = [], []
    for functions in students:
        before = runs.count
        costs.append(judge(shared, functions)[0])
        counts.append(runs.count - before)
    kinds = len({functions[FUNCTION] for functions in students})
    again = costs[kinds:]
    alone = [judge(LiveSuite(COURSE, seed=2), s)[0] for s in students[:ALONE]]
    print(f"class of {CLASS}, {kinds} kinds of wrong code, one suite:")
    print(f"  first student {costs[0] * 1e3:.1f} ms, {counts[0]} runs of our code")
    print(
        f"  first of each kind {statistics.mean(costs[:kinds]) * 1e3:.1f} ms, "
        f"{sum(counts[:kinds])} runs together"
    )
    print(
        f"  the others {statistics.mean(again) * 1e3:.1f} ms, "
        f"{sum(counts[kinds:])} runs together"
    )
    print(
        f"a suite for each student: {statistics.mean(alone) * 1e3:.1f} ms, "
        f"{statistics.mean(alone) / statistics.mean(costs):.1f} x the class's mean"
    )


if __name__ == "__main__":
    main()
