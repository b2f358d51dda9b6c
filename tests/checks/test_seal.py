"""Sealing: what the file holds, what it does not, and what cannot be sealed."""

import itertools
import json
import math

import pytest

from grader import course as courses
from grader.checks import digest, sealfile
from grader.checks.canonical import canonical
from grader.checks.check import Call
from grader.checks.entropy import bits
from grader.checks.exact import unsteady
from grader.checks.seal import seal
from grader.checks.suite import LiveSuite
from grader.checks.trusted import load_module
from grader.errors import CourseError
from grader.reply import Returned

COUNTS = '''\
"""Counting."""


def double(n, times=1):
    # BEGIN SOLUTION
    return n * (n + times)
    # END SOLUTION
'''
COUNT_SUITE = '''\
from grader.author import call, check, misconception


@check(points=1, public=True)
def shows(draw):
    """It counts."""
    yield call("double", 2)


@check(points=4)
def counts(draw):
    """It counts for any number."""
    for _ in range(2):
        yield call("double", draw.integer(1, 40), times=draw.integer(2, 9))


@misconception("bias-forgotten")
def double(n, times=1):
    return n * n
'''
ROOTS = COUNTS.replace("n * (n + times)", "(n + times) ** 0.5")
FEW = COUNT_SUITE.replace("draw.integer(1, 40)", "1").replace("draw.integer(2, 9)", "2")


@pytest.fixture
def sealed(small_course, tmp_path):
    """Return a function that seals the small course: its exercise, result and file."""

    def make(**texts):
        course = courses.load(small_course(**texts) / "course.yml")
        live = LiveSuite(course, 3).exercise("double")
        reference = load_module(course.solutions / "double.py")
        made = seal(live, reference, seed=3, course="c", release="r")
        path = tmp_path / "double.sealed"
        path.write_bytes(made.content)
        return live, made, sealfile.read(path)

    return make


def calls_of(front, name):
    return next(check["calls"] for check in front["checks"] if check["name"] == name)


def test_public_answers_stand_in_clear_and_hidden_ones_do_not(sealed):
    _, _, file = sealed(solution=COUNTS, suite=COUNT_SUITE)

    front = json.loads(file.section("suite"))
    assert [call["value"] for call in calls_of(front, "shows")] == [6]
    hidden = calls_of(front, "counts")
    assert {call["form"] for call in hidden} == {"int"}
    assert not any("value" in call for call in hidden)


def test_few_possible_answers_share_one_slow_digest_of_enough_bits(sealed):
    _, made, file = sealed(solution=COUNTS, suite=COUNT_SUITE)

    front = json.loads(file.section("suite"))
    hidden = calls_of(front, "counts")
    (group,) = {call["group"] for call in hidden}
    assert front["groups"][group]["slow"]
    answers = [c["args"][0] * (c["args"][0] + c["kwargs"]["times"]) for c in hidden]
    assert sum(math.log2(2 * answer + 1) for answer in answers) >= digest.ENOUGH_BITS
    assert made.unnamed == ()


def test_answers_cannot_be_guessed_one_call_after_the_other(sealed):
    """Whoever counts through the answers to one call learns nothing at all."""
    _, _, file = sealed(solution=COUNTS, suite=COUNT_SUITE)
    front = json.loads(file.section("suite"))
    salt = bytes.fromhex(front["salt"])
    hidden = calls_of(front, "counts")
    group = hidden[0]["group"]
    right = [c["args"][0] * (c["args"][0] + c["kwargs"]["times"]) for c in hidden]
    everything = b"".join(file.section(name) for name in ("suite", "beliefs"))

    def known(answers):
        """Tell whether anything in the file belongs to these answers."""
        texts = [
            canonical(Returned(a), Call("double"), c["scale"], ())
            for a, c in zip(answers, hidden, strict=False)
        ]
        made = digest.secret(texts, salt, group, slow=True)
        tags = [digest.tag(made, bit * len(hidden)) for bit in "01"]
        digests = [digest.right(made).hex().encode(), *tags]
        return any(d in everything for d in digests)

    assert known(right)
    for place, times in itertools.product(range(2), range(60)):
        alone = [right[place] - 30 + times]
        assert not known(alone)
        others_unknown = [0] * len(right)
        others_unknown[place] = alone[0]
        assert not known(others_unknown)


def test_a_check_that_gives_its_answers_away_is_refused(sealed):
    with pytest.raises(CourseError, match=r"double.py: counts has so few .* guessed"):
        sealed(solution=COUNTS, suite=FEW)


def test_a_hidden_answer_that_no_lattice_holds_is_refused(sealed):
    with pytest.raises(CourseError, match=r"double.py: counts: double\(.* sealed"):
        sealed(solution=ROOTS, suite=COUNT_SUITE)


def test_an_answer_that_depends_on_the_arithmetic_is_refused(small_course):
    def reference(x):
        return x + (0.25 if x.dtype.itemsize == 4 else 0.0)

    course = courses.load(small_course() / "course.yml")
    live = LiveSuite(course, 3).exercise("double")
    call = live.cases(live.checks[0])[0].call
    right = Returned(reference(**call.kwargs))

    assert unsteady(reference, call, right, 64) == "float32"
    assert unsteady(lambda x: x * 1.0, call, Returned(call.kwargs["x"]), 64) == ""


def test_a_file_is_the_same_for_the_same_seed(sealed):
    first = sealed()[1].content

    assert sealed()[1].content == first


def test_bits_count_the_numbers_that_may_stand_in_a_cell(small_course):
    course = courses.load(small_course() / "course.yml")
    live = LiveSuite(course, 3).exercise("double")
    call = live.cases(live.checks[1])[1].call
    x = call.kwargs["x"]

    assert bits(7, call, []) == pytest.approx(math.log2(8))  # a count: 0 to 7
    assert bits(7.0, call, []) == pytest.approx(math.log2(8))
    assert bits(-7.0, call, []) == pytest.approx(math.log2(15))  # of either sign
    assert bits(7, call, [6, 5, 5]) == pytest.approx(math.log2(3))
    assert bits(x * 2, call, [x * 2]) == 0  # nobody gets it wrong
    assert bits(x, call, [x * 2]) == 0  # an argument given back
    assert bits(-x[::-1], call, [x * 2]) == 0  # and turned
    assert bits(x * 2, call, [x]) == pytest.approx(x.size)
    assert bits((7, 7), call, []) == pytest.approx(2 * math.log2(8))
    assert bits((7, 7), call, [(7, 6)]) == pytest.approx(1)
