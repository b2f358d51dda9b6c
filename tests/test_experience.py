"""What was found in some answers holds for equal ones, and for nothing else."""

from __future__ import annotations

from pathlib import Path

from grader import course as courses
from grader import notebook
from grader.checks.case import Case
from grader.checks.check import Budget, Call
from grader.checks.suite import LiveSuite
from grader.experience import MOST, REMEMBERED, Experience, Found
from grader.judge import Judge
from grader.reply import Missing
from grader.sandbox import Sandbox
from grader.submission import Submission
from grader.verdict import Verdict

ROOT = Path(__file__).parents[1]
CASES = (Case("check", 0, Call("f")), Case("check", 1, Call("f")))


def test_what_was_found_holds_for_equal_answers_and_for_nothing_else():
    experience, found = Experience(), Found({}, {}, False)
    key = CASES, (), b"answers"
    others = [
        (CASES[:1], (), b"answers"),
        ((Case("check", 0, Call("f")), CASES[1]), (), b"answers"),
        (CASES, (("f", Missing("f", ())),), b"answers"),
        (CASES, (), b"other answers"),
    ]

    assert experience.add(key, found, 7) is found
    assert experience.found((CASES, (), bytes(bytearray(b"answers")))) is found
    assert [experience.found(other) for other in others] == [None] * 4


def test_large_answers_are_not_held():
    experience = Experience()
    key = CASES, (), bytes(1 << 19)

    assert experience.add(key, Found({}, {}, False), 1 << 19) is None
    assert experience.found(key) is None


def test_what_is_held_has_an_end():
    experience, found, size = Experience(), Found({}, {}, False), 1 << 17
    for number in range(MOST // size):
        experience.add(number, found, size)
    assert experience.found(0) is found

    experience.add("one more", found, size)

    assert experience.found(0) is None
    assert experience.found("one more") is found


def test_results_are_concluded_once_from_what_can_be_compared():
    experience, made = Experience(), []

    def conclude():
        made.append(len(made))
        return tuple(made)

    one, other = Found({}, {}, False), Found({}, {}, False)
    results = [
        experience.results(key, conclude)
        for key in ((one,), (other,), (one,), (one, "timed"), None, None)
    ]

    assert results[0] is results[2]
    assert len(made) == 5


def test_no_more_results_are_held_than_some():
    experience, made = Experience(), []

    def conclude():
        made.append(len(made))
        return tuple(made)

    for number in (*range(REMEMBERED + 1), 0):
        experience.results(number, conclude)

    assert len(made) == REMEMBERED + 2


def test_the_least_of_a_few_measured_units_counts_for_all():
    budget = Budget(2, 1, 1, 1)
    measured = iter([0.5, 0.2, 0.4])
    experience = Experience()

    units = [experience.unit(budget, lambda asked: next(measured)) for _ in range(9)]

    assert units == [0.5] + [0.2] * 8


NOTEBOOK = "a notebook without a word"
FORGED = """
import sys

def max_pool2d(*args, **kwargs):
    frame = sys._getframe()
    while not hasattr(frame.f_locals.get("self"), "_channel"):
        frame = frame.f_back
    frame.f_locals["self"]._channel.answer(65, b"no value")
"""

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
    "none is written in a notebook": NOTEBOOK,
    "does not load": "import",
    "forges an answer": FORGED,
    "changes its input": RIGHT
    + "\n_pool = max_pool2d\n"
    + "def max_pool2d(x, *args, **kwargs):\n"
    + "    out = _pool(x, *args, **kwargs)\n    x += 1\n    return out\n",
    "dies in the middle": RIGHT
    + "\n_pool, calls = max_pool2d, []\n"
    + "def max_pool2d(*args, **kwargs):\n"
    + "    calls.append(1)\n    if len(calls) < 5: return _pool(*args, **kwargs)\n"
    + "    import sys; sys.modules['os']._exit(1)\n"
    + "    return _pool(*args, **kwargs)\n",
}


def test_verdicts_are_those_of_a_judge_who_has_seen_nobody_else():
    course = courses.load(ROOT / "course.yml")
    chosen = [course.exercise("pooling")]
    with Sandbox(course.limits) as sandbox:

        def report(judge: Judge, text: str):
            if text is NOTEBOOK:
                cells = notebook.encode([("work.ipynb, cell 1", "")])
                taken = {"pooling": "work.ipynb"}
                handed = Submission(
                    Path("here"), {"work.ipynb": cells}, taken_from=taken
                )
            else:
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
    assert alone["none is written in a notebook"] != alone["none is written"]
    verdicts = {
        check.verdict for r in alone.values() for check in r.exercises[0].checks
    }
    assert verdicts >= {Verdict.PASS, Verdict.ERROR, Verdict.TODO, Verdict.CRASH}
