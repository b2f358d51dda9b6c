"""A submission at work: what is asked of which worker, and when to give up."""

from __future__ import annotations

from math import inf
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
from grader.sandbox.answer import Answers, InRow
from grader.sandbox.request import Row
from grader.sandbox.zygote import wire
from grader.submission import Submission

HANDED_IN = Submission(Path("here"), {"double.py": b""})


class Recorder:
    """A sandbox whose workers note what they are asked, and answer as they are told."""

    isolation = "none"

    def __init__(self, loaded, called):
        self.loaded, self.called = loaded, called
        self.asked, self.rows, self.following = [], [], []
        self.in_a_row = InRow(Answers(0))

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

    def ask_all(self, coming, *, seconds, most):
        (_, row), *following = coming
        self.recorder.rows.append([request.function for request in row.requests])
        self.recorder.following.append([row for _, row in following])
        return self.recorder.in_a_row

    def ask(self, module, request, *, seconds=None, enough=inf):
        asked = (*request.args, *request.kwargs.values())
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


def row(names):
    return Row(Call(name).request for name in names)


def test_a_function_that_has_killed_a_worker_is_called_alone():
    sandbox = Recorder(Returned(None), Crashed("gone"))
    with Contestant(sandbox, HANDED_IN, Limits(), 0) as contestant:
        contestant.call_all("double", row("abcb"))
        contestant.call("double", Call("c"))
        contestant.call_all("double", row("abcb"))
        nothing = contestant.call_all("double", row("cb"))

    assert sandbox.rows == [list("abcb"), list("ab")]
    assert nothing == (Answers(0), None)


def test_a_death_in_a_row_counts_against_the_function_that_died():
    death = TimedOut(5, "call")
    sandbox = Recorder(Returned(None), death)
    sandbox.in_a_row = InRow(Answers(1, [b"..."]), death)
    with Contestant(sandbox, HANDED_IN, Limits(), 0) as contestant:
        _, failure = contestant.call_all("double", row("ab"))
        replies = [contestant.call("double", Call("b")) for _ in range(5)]

    assert failure == death
    assert replies == [death] * 5
    assert sandbox.asked == [["double", ()]]  # once more, and no second time


def test_what_is_no_answer_in_a_row_is_a_death_of_its_function():
    call = Call("a")
    sandbox = Recorder(Returned(None), Returned(1))
    with Contestant(sandbox, HANDED_IN, Limits(), 0) as contestant:
        forged = [
            contestant.read("double", call.request, (wire.RETURNED, b"no value"))
            for _ in range(MAX_DEATHS)
        ]
        after = contestant.call("double", call)

    assert {*forged, after} == {Crashed("sent an answer that is not one")}


def test_a_worker_whose_answer_means_nothing_is_asked_no_more():
    sandbox = Recorder(Returned(None), Returned(1))
    with Contestant(sandbox, HANDED_IN, Limits(), 0) as contestant:
        contestant.call("double", Call("a"))
        contestant.read("double", Call("b").request, (wire.RETURNED, b"no value"))
        contestant.call("double", Call("a"))

    assert sandbox.asked == [["double", ()]] * 2


def test_answers_in_a_row_may_not_fill_the_memory_either():
    sandbox = Recorder(Returned(None), Returned(1))
    sandbox.in_a_row = InRow(Answers(1, [bytes(17 << 20)]))
    with Contestant(sandbox, HANDED_IN, Limits(payload_mb=8), 0) as contestant:
        contestant.call_all("double", row("a"))
        held = contestant.held("double")
        reply = contestant.call("double", Call("a"))
        more = contestant.call_all("double", row("a"))

    assert held == 17 << 20
    assert reply == Crashed("its answers are larger than 16 MB in all")
    assert more == (Answers(0), None)


def test_a_failure_after_the_last_answer_is_nobodys():
    sandbox = Recorder(Returned(None), Returned(1))
    sandbox.in_a_row = InRow(Answers(2, [b"..."]), Crashed("gone"))
    with Contestant(sandbox, HANDED_IN, Limits(), 0) as contestant:
        contestant.call_all("double", row("ab"))
        replies = [contestant.call("double", Call(name)) for name in "ab"]

    assert [reply.value for reply in replies] == [1, 1]


def test_what_comes_next_is_sent_as_far_as_it_is_sure():
    death = Crashed("gone")
    first, second, third, fourth = (row(names) for names in ("ab", "cd", "ef", "gh"))
    files = dict.fromkeys(("one.py", "two.py", "double.py"), b"")
    sandbox = Recorder(Returned(None), death)
    with Contestant(sandbox, Submission(Path(), files), Limits(), 0) as contestant:
        coming = [("double", first), ("one", second), ("two", third), None]
        contestant.expect([*coming, ("double", fourth)])
        contestant.call_all("double", first)
        contestant.call_all("two", third)
        contestant.call_all("double", fourth)
        contestant.call_all("double", row("ab"))
        contestant.call("two", Call("f"))  # what has killed a worker is called alone
        contestant.call_all("double", first)

    assert sandbox.following == [[second, third], [], [], [], [second]]


@pytest.mark.parametrize("known", [Raised("ValueError", (), "", ()), Crashed("gone")])
def test_a_module_that_cannot_be_loaded_is_not_asked_in_a_row(known):
    sandbox = Recorder(known, Returned(None))
    with Contestant(sandbox, HANDED_IN, Limits(), 0) as contestant:
        for _ in range(MAX_DEATHS):
            contestant.call("double", Call("a"))
        in_a_row = contestant.call_all("double", row("ab"))

    assert in_a_row == (Answers(0), None)
    assert sandbox.rows == []


def test_what_came_of_loading_in_a_row_is_known():
    raised = Raised("ValueError", (), "", ())
    sandbox = Recorder(Returned(None), Returned(1))
    sandbox.in_a_row = InRow(Answers(0), None, raised)
    with Contestant(sandbox, HANDED_IN, Limits(), 0) as contestant:
        contestant.call_all("double", row("ab"))

        assert contestant.call("double", Call("a")) == raised
    assert sandbox.asked == [[]]


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
