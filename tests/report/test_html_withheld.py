"""The HTML report of a hidden check tells nothing that is hidden, live and sealed."""

from dataclasses import replace

import numpy as np
import pytest

from grader import course as courses
from grader.checks.seal import seal
from grader.checks.sealed import SealedSuite, course_digest
from grader.checks.suite import LiveSuite
from grader.checks.trusted import load_module
from grader.judge import Judge
from grader.rehearsal import Rehearsal
from grader.report import html
from grader.submission import Submission
from grader.verdict import ExerciseResult, Verdict

SOLUTION = '''\
"""Doubling."""


def double(x):
    """Double an array.

    Parameters
    ----------
    x : ndarray of float, shape (N, H, W)

    Returns
    -------
    ndarray of float64, shape (N, H, W)
    """
    return x * 2.0
'''
SUITE = '''\
"""Checks of doubling."""

import numpy as np

from grader.author import Working, call, cells, check, share, working


@check(points=2, public=True)
def shown(draw):
    """Every entry is doubled."""
    yield call("double", x=np.array([[[313.0, 317.0], [331.0, 337.0]]]))


@check(points=2)
def hidden(draw):
    """Every entry is doubled again."""
    rows = [[7919.0, 7907.0, 7877.0], [7901.0, 7883.0, 7873.0]]
    yield call("double", x=np.array([rows]))


@working("double")
def cell(index, x):
    n, i, j = index
    return Working(
        x[n, i : i + 1, j : j + 1],
        f"{x[n, i, j]:g} is doubled",
        source=f"x[{n}, {i}, {j}]",
        places=(cells("x", n, i, j),),
        shares=(share(f"x[{n}, {i}, {j}]", x[n, i, j], "twice", 2 * x[n, i, j]),),
    )
'''
SECRETS = ("7919", "7907", "7901", "7883", "15838", "15814", "4241", "k4f1d")


def remembers(x):
    return x * 2 + np.array([[[4241.0, 0], [5, 4241]]])


def raises(x):
    raise RuntimeError(f"k4f1d {x.tolist()}")


def reshapes(x):
    return np.repeat(x, 4241, axis=0)


@pytest.fixture
def judged(small_course):
    """Return a function that judges one of doubling, live or sealed."""
    course = courses.load(small_course(solution=SOLUTION, suite=SUITE) / "course.yml")
    suites = {"live": LiveSuite(course, 3)}
    made = seal(
        suites["live"].exercise("double"),
        load_module(course.solutions / "double.py"),
        seed=3,
        course=course_digest(course),
        release="r",
    )
    (course.root / "sealed").mkdir()
    (course.root / "sealed/double.sealed").write_bytes(made.content)
    suites["sealed"] = SealedSuite(course)

    def judge(function, mode):
        submission = Submission(course.root, {"double.py": b""})
        rehearsal = Rehearsal({"double": function})
        report = Judge(course, suites[mode], rehearsal).judge(submission)
        assert report.mode == mode
        return report

    return judge


MODES = pytest.mark.parametrize("mode", ["live", "sealed"])


@MODES
@pytest.mark.parametrize("function", [remembers, raises, reshapes])
def test_a_hidden_check_tells_no_input_no_value_and_no_word_of_theirs(
    judged, function, mode
):
    report = judged(function, mode)
    hidden = report.exercises[0].checks[1]
    only = ExerciseResult("double", "Doubling", (hidden,))

    text = html.render(replace(report, exercises=(only,)))

    assert hidden.verdict in (Verdict.WRONG, Verdict.ERROR)
    assert hidden.finding.picture is None
    assert [secret for secret in SECRETS if secret in text] == []
    assert not any(secret in html.render(report) for secret in SECRETS[:6])


@MODES
def test_a_public_check_has_its_picture_live_and_sealed(judged, mode):
    report = judged(remembers, mode)

    picture = report.exercises[0].checks[0].finding.picture
    assert picture.expected.planes[0].cells == (("626", "634"), ("662", "674"))
    assert picture.got.planes[0].cells[0][0] == "4867"
    assert picture.got.planes[0].label == picture.inputs[0].planes[0].label == "n = 0"
    assert picture.inputs[0].planes[0].marked == ((0, 0),)
    assert picture.shares[0].received == "626"
    assert "What out[0, 0, 0] receives" in html.render(report)


def test_live_and_sealed_draw_the_same_picture(judged):
    reports = [judged(remembers, mode) for mode in ("live", "sealed")]

    live, sealed = [r.exercises[0].checks[0].finding for r in reports]
    assert live == sealed
