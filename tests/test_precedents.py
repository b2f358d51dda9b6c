"""What was found in some answers holds for equal ones, and for nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader import course as courses
from grader.checks.case import Case
from grader.checks.check import Call
from grader.checks.suite import LiveSuite
from grader.judge import Judge
from grader.precedents import MOST, Precedents, Row
from grader.reply import Missing
from grader.sandbox import Sandbox
from grader.sandbox.zygote import wire
from grader.submission import Submission
from grader.verdict import Verdict

ROOT = Path(__file__).parents[1]
CASES = (Case("check", 0, Call("f")), Case("check", 1, Call("f")))
MISSING = {"f": Missing("f", ())}


def said(*bodies: bytes, kind: int = wire.RETURNED):
    return [(kind, body) for body in bodies]


@pytest.fixture
def found():
    """Return what was found anew."""
    return []


@pytest.fixture
def row(found):
    """Return what looks for a precedent."""
    precedents = Precedents()

    def find():
        found.append(Row({}, {}, False))
        return found[-1]

    return lambda cases, unwritten, answers: precedents.row(
        cases, unwritten, answers, find
    )


def test_equal_answers_to_the_same_calls_are_judged_once(row, found):
    rows = [row(CASES, {}, said(b"one", b"two")) for _ in range(3)]

    assert len(found) == 1
    assert rows == found * 3


def test_whatever_differs_is_judged_by_itself(row, found):
    others = (Case("check", 0, Call("f")), CASES[1])
    for cases, unwritten, answers in (
        (CASES, {}, said(b"one", b"two")),
        (CASES, {}, said(b"one", b"TWO")),
        (CASES, {}, said(b"two", b"one")),
        (CASES, {}, said(b"onet", b"wo")),
        (CASES, {}, said(b"one", b"two", kind=wire.RAISED)),
        (CASES, MISSING, said(b"one", b"two")),
        (CASES, {"f": Missing("f", ("g",))}, said(b"one", b"two")),
        (others, {}, said(b"one", b"two")),
        (CASES[:1], {}, said(b"one")),
    ):
        row(cases, unwritten, answers)

    assert len(found) == 9


def test_large_answers_are_not_held(row, found):
    assert row(CASES, {}, said(bytes(1 << 18), b"1")) is None
    assert found == []


def test_what_is_held_has_an_end(row, found):
    size = 1 << 17
    for number in range(MOST // size):
        row(CASES, {}, said(number.to_bytes(8, "big"), bytes(size - 8)))
    before = len(found)
    row(CASES, {}, said((0).to_bytes(8, "big"), bytes(size - 8)))
    assert len(found) == before  # it is held still
    row(CASES, {}, said(b"another", bytes(size)))
    row(CASES, {}, said((0).to_bytes(8, "big"), bytes(size - 8)))

    assert len(found) == before + 2


def test_results_are_concluded_once_from_what_can_be_compared():
    precedents, made = Precedents(), []

    def conclude():
        made.append(len(made))
        return tuple(made)

    one, other = Row({}, {}, False), Row({}, {}, False)
    results = [
        precedents.results(key, conclude)
        for key in ((one,), (other,), (one,), (one, "timed"), None, None)
    ]

    assert results[0] is results[2]
    assert len(made) == 5


# Each answers differently in one respect: from which the verdict follows.
RIGHT = (ROOT / "solutions" / "pooling.py").read_text()
SUBMISSIONS = {
    "right": RIGHT,
    "raises in one function": RIGHT
    + "\ndef max_pool2d(*args, **kwargs): raise KeyError\n",
    "raises elsewhere": "\n"
    + RIGHT
    + "\ndef max_pool2d(*args, **kwargs): raise KeyError\n",
    "one is not written": RIGHT + "\nmax_pool2d = None\n",
    "one is to be done": RIGHT
    + "\ndef max_pool2d(*a, **k): raise NotImplementedError\n",
    "none is written": "",
    "does not load": "import",
    "changes its input": RIGHT
    + "\n_pool = max_pool2d\n"
    + "def max_pool2d(x, *args, **kwargs):\n"
    + "    out = _pool(x, *args, **kwargs)\n    x += 1\n    return out\n",
    "dies in the middle": RIGHT
    + "\n_pool, calls = max_pool2d, []\n"
    + "def max_pool2d(*args, **kwargs):\n"
    + "    calls.append(1)\n    if len(calls) == 5: import sys; sys.modules['os']._exit(1)\n"
    + "    return _pool(*args, **kwargs)\n",
}


def test_verdicts_are_those_of_a_judge_who_has_seen_nobody_else():
    course = courses.load(ROOT / "course.yml")
    chosen = [course.exercise("pooling")]
    with Sandbox(course.limits) as sandbox:

        def report(judge: Judge, text: str):
            handed = Submission(Path("here"), {"pooling.py": text.encode()})
            return judge.judge(handed, chosen)

        suite = LiveSuite(course, 5)
        experienced = Judge(course, suite, sandbox)
        first = {k: report(experienced, text) for k, text in SUBMISSIONS.items()}
        again = {k: report(experienced, text) for k, text in SUBMISSIONS.items()}
        alone = {
            k: report(Judge(course, suite, sandbox), text)
            for k, text in SUBMISSIONS.items()
        }

    assert first == alone
    assert again == alone
    verdicts = {
        check.verdict for r in alone.values() for check in r.exercises[0].checks
    }
    assert verdicts >= {Verdict.PASS, Verdict.ERROR, Verdict.TODO, Verdict.CRASH}
