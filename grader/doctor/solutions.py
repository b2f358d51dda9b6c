"""Prove that every solution earns all points, whatever the inputs, and is quick."""

from __future__ import annotations

import doctest
from pathlib import Path
from typing import TYPE_CHECKING

from grader.checks.trusted import load_module
from grader.contestant import Contestant
from grader.doctor.bench import hurried
from grader.doctor.result import Result, report
from grader.reply import Returned
from grader.submission import Submission
from grader.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.course import Exercise
    from grader.doctor.bench import Bench

NAME = "solutions"
SHARE_OF_LIMIT = 0.1
"""What of the time for a call the solution may use: students' code is slower."""

Problem = tuple[str, str]


def examine(bench: Bench, exercise: Exercise) -> Result:
    """Prove the solution of one exercise for all seeds."""
    file = bench.course.solutions / f"{exercise.name}.py"
    source = file.read_bytes()
    problems = list(_marks(bench, exercise, source))
    if problems:
        return report(NAME, exercise.name, "", problems, blocks=True)
    seconds, slowest = _slowest(bench, exercise, source)
    limit = SHARE_OF_LIMIT * bench.course.limits.call_seconds
    if seconds > limit:
        problems.append(
            (
                f"{slowest} takes {seconds:.2f} s, more than {limit:g} s",
                "Draw smaller inputs, or allow calls more time in course.yml.",
            )
        )
    examples, failures = _examples(file)
    problems += failures
    facts = (
        f"full marks for {len(bench.seeds)} seeds, slowest call {1000 * seconds:.0f} "
        f"ms, {examples} examples in the text"
    )
    return report(NAME, exercise.name, facts, problems)


def _marks(bench: Bench, exercise: Exercise, source: bytes) -> Iterator[Problem]:
    """Yield the first check that is not passed: one seed suffices to tell."""
    for seed in bench.seeds:
        bench.tell(f"{exercise.name}: solution, seed {seed}")
        judged = bench.judge_fairly(exercise, source, seed, {Verdict.PASS})
        for check in judged.checks:
            if check.verdict is not Verdict.PASS:
                yield (
                    f"the solution gets {check.verdict.value} on {check.name!r} "
                    f"(seed {seed}): {check.message}",
                    "Mend the solution, or the check.",
                )
                return


def _slowest(bench: Bench, exercise: Exercise, source: bytes) -> tuple[float, str]:
    """Return the CPU time of the costliest call, and the call."""
    suite = bench.suite(exercise, bench.seeds[0])
    name = f"{exercise.name}.py"
    submission = Submission(Path(name), {name: source})
    slowest = (0.0, "no call")
    limits = hurried(bench.course.limits)
    with Contestant(bench.sandbox, submission, limits, seed=0) as contestant:
        for check in suite.checks:
            for case in suite.cases(check):
                reply = contestant.call(exercise.name, case.call)
                if isinstance(reply, Returned) and reply.cpu_seconds > slowest[0]:
                    slowest = (reply.cpu_seconds, f"{check.name}: {case.call}")
    return slowest


def _examples(file: Path) -> tuple[int, list[Problem]]:
    """Run the examples of the docstrings: how many, and those that are not true."""
    tests = doctest.DocTestFinder().find(load_module(file))
    runner = doctest.DocTestRunner(verbose=False)
    wrong = [test for test in tests if runner.run(test, out=lambda text: None).failed]
    examples = sum(len(test.examples) for test in tests)
    return examples, [
        (
            f"solutions/{file.name}: an example of {test.name.split('.')[-1]} is not "
            "true",
            f"Run `python -m doctest solutions/{file.name}`.",
        )
        for test in wrong
    ]
