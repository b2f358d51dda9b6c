"""A suite of one function, and a reader of what is said of its wrong answers."""

from __future__ import annotations

import importlib
import inspect
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from grader.checks.anatomy import describe
from grader.checks.check import Call
from grader.checks.compare import compare
from grader.checks.diagnose import Evidence
from grader.checks.suite import Case
from grader.checks.trusted import run_trusted
from grader.reply import Missing, Raised, Returned


@dataclass(frozen=True)
class OneFunction:
    """As much of an `ExerciseSuite` as a diagnosis asks for."""

    right: Callable[..., Any]
    wrong: dict[tuple[str, ...], Callable[..., Any]] = field(default_factory=dict)
    sealed: bool = False

    def expected(self, case):
        if self.sealed:
            return None
        return run_trusted(self.right, case.call.args, case.call.kwargs)

    def signature(self, function):
        parameters = inspect.signature(self.right).parameters.values()
        return f"({', '.join(map(str, parameters))})"

    def beliefs(self, function):
        return iter(self.wrong)

    def explains(self, ids, case, answer):
        call = case.call
        predicted = run_trusted(self.wrong[ids], call.args, call.kwargs)
        if isinstance(predicted, Raised):
            return isinstance(answer, Raised) and predicted.type in answer.bases
        if not isinstance(answer, Returned):
            return False
        return compare(predicted, answer, call) is None

    def possible(self, beliefs, case, answer):
        return beliefs  # nothing is known but what is asked

    def asked(self, case):
        return 0

    def evidence(self, replies: Sequence[Any], calls: Sequence[Call]):
        """Return what these replies to the calls say."""
        found = []
        for number, (reply, call) in enumerate(zip(replies, calls, strict=True)):
            mismatch = None
            if isinstance(reply, (Returned, Raised, Missing)):
                expected = run_trusted(self.right, call.args, call.kwargs)
                mismatch = compare(expected, reply, call)
            found.append(Evidence(Case("check", number, call), reply, mismatch))
        return found

    def answered(self, function: Callable[..., Any], calls: Sequence[Call]):
        """Return what a student's function says to the calls."""
        replies = [run_trusted(function, call.args, call.kwargs) for call in calls]
        return self.evidence(replies, calls)


@pytest.fixture(scope="session")
def one_function():
    """Return the class of suites of one function."""
    return OneFunction


@pytest.fixture(scope="session")
def reading():
    """Return the reader: it checks sentences against facts, and shares no code."""
    folder = str(Path(__file__).parent)
    sys.path.insert(0, folder)
    try:
        facts = importlib.import_module("reading.facts")
        sentences = importlib.import_module("reading.sentences")
    finally:
        sys.path.remove(folder)
    return SimpleNamespace(
        Fact=facts.Fact,
        check_sentence=sentences.check_sentence,
        sentences=sentences.sentences,
    )


@pytest.fixture(scope="session")
def tell():
    """Return a function that describes a student's function."""

    def described(right, mine, calls):
        suite = OneFunction(right)
        return describe(suite, suite.answered(mine, calls))

    return described
