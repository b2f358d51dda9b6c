"""A submission at work: what is asked of which worker, and when to give up."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from grader import course as courses
from grader.checks.check import Call
from grader.checks.suite import LiveSuite
from grader.contestant import MAX_DEATHS, Contestant
from grader.judge import Judge
from grader.limits import Limits
from grader.reply import Crashed, Raised, Returned, TimedOut
from grader.submission import Submission

HANDED_IN = Submission(Path("here"), {"double.py": b""})


class Recorder:
    """A sandbox whose workers note what they are asked, and answer as they are told."""

    isolation = "none"

    def __init__(self, loaded, called):
        self.loaded, self.called = loaded, called
        self.asked, self.ahead = [], []

    def worker(self, files, *, seed=0):
        self.asked.append([])
        return Recorded(self)


class Recorded:
    """One of its workers."""

    def __init__(self, recorder):
        self.recorder = recorder
        self.alive = True

    def load(self, module):
        return self._answer(module, self.recorder.loaded)

    def ask(self, module, request, *, seconds=None, ahead=()):
        asked = (*request.args, *request.kwargs.values())
        self.recorder.ahead.append([later.function for later in ahead])
        return self._answer(asked, self.recorder.called)

    def _answer(self, asked, reply):
        self.recorder.asked[-1].append(asked)
        self.alive = not isinstance(reply, (TimedOut, Crashed))
        return reply

    def close(self):
        self.alive = False


@pytest.mark.parametrize("death", [TimedOut(5, "import"), Crashed("gone")])
def test_a_module_that_kills_its_workers_is_not_imported_again(death):
    sandbox = Recorder(death, Returned(None))
    with Contestant(sandbox, HANDED_IN, Limits(), 0) as contestant:
        replies = [contestant.call("double", Call(name)) for name in "abcde"]

    assert replies == [death] * 5
    assert sandbox.asked == [["double"]] * MAX_DEATHS


def test_a_function_that_kills_its_workers_is_not_called_again():
    death = Crashed("gone")
    sandbox = Recorder(Returned(None), death)
    with Contestant(sandbox, HANDED_IN, Limits(), 0) as contestant:
        replies = [contestant.call("double", Call("double")) for _ in range(5)]

    assert replies == [death] * 5
    assert sandbox.asked == [["double", ()]] * MAX_DEATHS


def test_only_what_is_sure_to_be_asked_is_sent_ahead():
    calls = [Call(name) for name in "abab"]
    costly = Call("a").costing_at_most(9, rows=1, inner=1, columns=1)
    sandbox = Recorder(Returned(None), Returned(1))
    with Contestant(sandbox, HANDED_IN, Limits(), 0) as contestant:
        for number, call in enumerate(calls, 1):  # they may still be unwritten
            contestant.call("double", call, calls[number:])
        contestant.call("double", calls[0], [calls[1], costly, calls[0]])
        contestant.call("double", costly, calls)  # its cost is its own
        sandbox.called = TimedOut(5, "call")
        contestant.call("double", calls[0], calls)
        contestant.call("double", calls[1], calls)  # a new worker: nothing is known

    assert sandbox.ahead == [[], [], ["b"], [], ["b"], [], ["a", "b", "a", "b"], []]


def test_the_last_that_is_sent_ahead_may_be_the_first_of_its_function():
    calls = [Call(name) for name in "aabbc"]
    sandbox = Recorder(Returned(None), Returned(1))
    with Contestant(sandbox, HANDED_IN, Limits(), 0) as contestant:
        for number, call in enumerate(calls, 1):
            contestant.call("double", call, calls[number:])

    assert sandbox.ahead == [[], ["b"], [], ["c"], []]


def test_a_function_that_raises_is_known_to_answer_and_an_unwritten_one_is_not():
    calls = [Call(name) for name in "aaab"]
    for raised, ahead in (("KeyError", ["a", "a", "b"]), ("NotImplementedError", [])):
        sandbox = Recorder(Returned(None), Raised(raised, (raised,), "", ()))
        with Contestant(sandbox, HANDED_IN, Limits(), 0) as contestant:
            contestant.call("double", calls[0])
            sandbox.called = Returned(1)
            contestant.call("double", calls[0], calls[1:])

        assert sandbox.ahead == [[], ahead]


def test_answers_may_not_fill_the_memory_of_the_judge():
    large = Returned([np.zeros((4, 1 << 17)), "text"])  # 4 MB
    sandbox = Recorder(Returned(None), large)
    with Contestant(sandbox, HANDED_IN, Limits(payload_mb=8), 0) as contestant:
        replies = [contestant.call("double", Call(name)) for name in "abcdef"]
        contestant.forget("double")
        again = contestant.call("double", Call("a"))

    assert replies[:4] == [large] * 4
    assert replies[4:] == [Crashed("its answers are larger than 16 MB in all")] * 2
    assert again is large


def test_no_worker_that_knows_hidden_inputs_answers_a_public_check(small_course):
    folder = small_course(
        course="""\
        format_version: 1
        title: Two
        key: two
        exercises:
          - {name: double, title: One, points: 3}
          - {name: again, title: Two, points: 3}
        """,
        solution="def double(value):\n    return value\n",
        suite='''
from grader.author import call, check


@check(points=1)
def first(draw):
    """Hidden."""
    yield call("double", "hidden")


@check(points=2, public=True, after=first)
def second(draw):
    """Public."""
    yield call("double", "public")
''',
    )
    for part in ("solutions", "tests/hidden"):
        text = (folder / part / "double.py").read_text()
        (folder / part / "again.py").write_text(text)
    course = courses.load(folder / "course.yml")
    files = {"double.py": b"", "again.py": b""}
    sandbox = Recorder(Returned(None), Returned(np.ones(1)))

    Judge(course, LiveSuite(course, 1), sandbox).judge(Submission(Path("here"), files))

    assert sandbox.asked == [
        ["double", ("public",), "again", ("public",), ("hidden",), ("hidden",)]
    ]
