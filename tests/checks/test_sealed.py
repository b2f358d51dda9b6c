"""Sealed and live suites agree; what is not as it was written is refused."""

from dataclasses import replace

import numpy as np
import pytest

from grader import course as courses
from grader.checks import sealfile
from grader.checks.seal import seal
from grader.checks.sealed import SealedSuite, course_digest
from grader.checks.suite import LiveSuite
from grader.checks.trusted import load_module
from grader.errors import CourseError
from grader.judge import Judge
from grader.rehearsal import Rehearsal
from grader.reply import Returned
from grader.submission import Submission

SEED = 3


@pytest.fixture
def course(small_course):
    """Return the small course with its sealed suite."""
    course = courses.load(small_course() / "course.yml")
    write(course)
    return course


def write(course, release="r"):
    made = seal(
        LiveSuite(course, SEED).exercise("double"),
        load_module(course.solutions / "double.py"),
        seed=SEED,
        course=course_digest(course),
        release=release,
    )
    (course.root / "sealed").mkdir(exist_ok=True)
    (course.root / "sealed/double.sealed").write_bytes(made.content)


@pytest.fixture
def judged(course):
    """Return a function that judges an implementation, live or sealed."""

    def judge(suite, function):
        here = Submission(course.root, {"double.py": b""})
        made = Rehearsal({"double": function} if function else {})
        return Judge(course, suite, made).judge(here)

    return judge


class OnTheSameCalls(LiveSuite):
    """The live suite, asked what the sealed one asks: it may hold more calls."""

    def exercise(self, name):
        live = super().exercise(name)
        sealed = SealedSuite(self._course).exercise(name)
        live._cases = {check.name: sealed.cases(check) for check in sealed.checks}
        return live


def right(x, times=1):
    if times < 0:
        raise ValueError
    return x * 2.0**times


def in_float32(x, times=1):
    return right(x.astype(np.float32), times)


def ignores(x, times=1):
    return right(x, min(times, 1) or 1)


def off_by_one(x, times=1):
    return right(x, times) - 1


def both(x, times=1):
    return ignores(x, times) - 1


def negated(x, times=1):
    return -right(x, times)


def last_only(x, times=1):
    out = right(x, times)
    out[..., -1] += 1
    return out


def wrong_on_planes(x, times=1):
    return right(x, times) + (x.ndim == 2)


def raises_late(x, times=1):
    return right(x, times)[: 3 if times < 2 else "two"]


def flattened(x, times=1):
    return right(x, times).ravel()


def spoils(x, times=1):
    x *= 2
    return right(x, times) / 2


def never_refuses(x, times=1):
    return x * 2.0**times


def as_list(x, times=1):
    return right(x, times).tolist()


def whole(x, times=1):
    return right(x, times).astype(int)


FUNCTIONS = (
    right,
    in_float32,
    ignores,
    off_by_one,
    both,
    negated,
    last_only,
    wrong_on_planes,
    raises_late,
    flattened,
    spoils,
    never_refuses,
    as_list,
    whole,
    None,
)


@pytest.mark.parametrize("function", FUNCTIONS)
def test_sealed_and_live_agree(course, judged, function):
    reports = [
        judged(suite, function)
        for suite in (OnTheSameCalls(course, SEED), SealedSuite(course))
    ]

    live, sealed = [
        [(c.name, c.verdict, c.misconceptions, c.score) for c in r.exercises[0].checks]
        for r in reports
    ]
    assert sealed == live
    assert (reports[1].mode, reports[1].seed) == ("sealed", SEED)


def test_two_beliefs_at_once_are_named(course, judged):
    report = judged(SealedSuite(course), both)

    named = {id_ for c in report.exercises[0].checks for id_ in c.misconceptions}
    assert named == {"stride-ignored", "bias-forgotten"}


def test_a_public_check_shows_call_value_and_working(course, judged):
    report = judged(SealedSuite(course), off_by_one)

    finding = report.exercises[0].checks[0].finding
    assert finding.call.startswith("double(x=np.array([")
    assert "expected" in finding.problem
    assert finding.working[-1] == "doubled"


def test_a_hidden_check_tells_the_shape_and_no_value(course, judged):
    shape = judged(SealedSuite(course), flattened).exercises[0].checks[1]
    value = judged(SealedSuite(course), wrong_on_planes).exercises[0].checks[1]

    assert shape.finding.problem == "out: expected shape (2, 3), got another one"
    assert value.finding.problem == "out: right shape, wrong values"
    assert value.finding.call == ""
    assert value.finding.hint == ""  # which calls are wrong is not known


def test_the_answer_to_a_hidden_call_is_not_known(course):
    sealed = SealedSuite(course).exercise("double")

    known = [
        sealed.expected(case) is not None
        for check in sealed.checks
        for case in sealed.cases(check)
        if check.visibility == "hidden"
    ]
    assert not any(known)


def test_one_submission_leaves_nothing_for_the_next(course, judged):
    suite = SealedSuite(course)
    before = judged(suite, right)

    judged(suite, off_by_one)
    assert judged(suite, right) == before
    assert before.exit_code == 0


def test_calls_that_share_a_digest_fail_together(course):
    sealed = SealedSuite(course).exercise("double")
    cases = sealed.cases(sealed.checks[1])

    found = []
    for number, case in enumerate(cases):
        answer = right(**case.call.kwargs) + (number == 0)
        found.append(sealed.mismatch(case, Returned(answer)))
    assert [m is not None for m in found] == [False] * (len(cases) - 1) + [True]
    assert found[-1].together


# --- files that are not as they were written


def spoilt(course, change):
    path = course.root / "sealed/double.sealed"
    path.write_bytes(change(path.read_bytes()))
    return SealedSuite(course).exercise("double")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda b: b"", "is not a sealed exercise"),
        (lambda b: b"\x89PNG\n" + b, "is not a sealed exercise"),
        (lambda b: b[:-1], "is damaged or was edited"),
        (lambda b: b[: len(b) // 2], "is damaged or was edited"),
        (lambda b: b + b"x", "is damaged or was edited"),
        (lambda b: b.replace(b'"seed": 3', b'"seed": 4'), "is damaged or was edited"),
        (lambda b: b.replace(b"sealed 3", b"sealed 4", 1), "has format 4, this grader"),
        (lambda b: b.replace(b"sealed 3", b"sealed 1", 1), "has format 1, this grader"),
        (lambda b: b.replace(b"sealed 3", b"sealed x", 1), "has format x, this grader"),
    ],
)
def test_a_spoilt_file_gets_one_clear_line(course, change, said):
    with pytest.raises(CourseError, match=said) as caught:
        spoilt(course, change)

    assert "\n" not in str(caught.value)
    assert caught.value.remedy


def test_no_byte_can_be_changed_unnoticed(course):
    content = (course.root / "sealed/double.sealed").read_bytes()

    for place in range(0, len(content), 97):
        changed = bytearray(content)
        changed[place] ^= 1
        with pytest.raises(CourseError):
            spoilt(course, lambda _, made=bytes(changed): made)


def test_a_forged_file_is_refused_where_it_makes_no_sense(course):
    """With a right digest, but of nonsense."""
    for sections in ({}, {"suite": b"[]"}, {"suite": b'{"salt": 1}'}):
        made = sealfile.write(
            exercise="double",
            course=course_digest(course),
            release="r",
            seed=SEED,
            sections=sections,
        )
        with pytest.raises(CourseError, match="damaged"):
            spoilt(course, lambda _, made=made: made)


def test_a_missing_file_is_named(course):
    (course.root / "sealed/double.sealed").unlink()

    with pytest.raises(CourseError, match=r"double\.sealed: is missing"):
        SealedSuite(course)


def test_a_suite_of_another_course_is_refused(course):
    exercise = replace(course.exercises[0], points=6)

    with pytest.raises(CourseError, match="does not belong to this"):
        SealedSuite(replace(course, exercises=(exercise,)))


def test_an_exercise_of_another_release_is_refused(course):
    suite = SealedSuite(course)
    write(course, release="other")

    with pytest.raises(CourseError, match="of another release"):
        suite.exercise("double")


def test_arguments_come_back_as_they_were():
    values = [
        np.arange(6.0).reshape(2, 3),
        np.array([0.1, -0.0]),
        np.array([[1]], np.int64),
        np.zeros((0, 3), np.float32),
        (1, [2.5, None], "a", True),
    ]

    for value in values:
        again = sealfile.from_json(sealfile.to_json(value))
        if isinstance(value, np.ndarray):
            assert (again.dtype, again.shape) == (value.dtype, value.shape)
            assert again.tobytes() == value.tobytes()
        else:
            assert again == value
