"""A digest that would tell right values to whoever counts is not written."""

import math

import numpy as np
import pytest

from grader import course as courses
from grader.checks import digest, sealfile
from grader.checks.canonical import canonical
from grader.checks.seal import seal
from grader.checks.sealed_parts import SealedParts
from grader.checks.suite import LiveSuite
from grader.checks.telltale import Telltale, Weight
from grader.checks.trusted import load_module
from grader.reply import Returned

DRAWN = "ints(draw, (7, 7), low=-99, high=99)"
FIXED = "np.arange(13.0, 62).reshape(7, 7)"
SUITE = '''\
import numpy as np
from grader.author import call, check, ints, misconception, misconceptions, solution


@check(points=1, public=True)
def doubles(draw):
    """Every entry is doubled."""
    yield call("double", x=ints(draw, (2,)))


@check(points=4)
def doubles_more(draw):
    """It doubles as often as asked."""
    for _ in range(CALLS):
        yield call("double", x=ints(draw, (7, 7), low=-99, high=99), times=2)


@misconception("return-inside-loop")
def double(x, times=1):
    out = np.zeros(x.shape)
    out.flat[0] = x.flat[0] * 2.0**times
    return out


@misconception("unfinished")
def double(x, times=1):
    return x


@misconceptions("kernel-flipped", "bias-forgotten")
def double(x, times=1, *, wrong):
    return (-x if "kernel-flipped" in wrong else x) * 2.0 ** times - 3
'''


@pytest.fixture
def sealed(small_course):
    """Return a function that seals so many hidden calls, and reads them again."""

    def make(calls, drawn=DRAWN):
        suite = SUITE.replace("CALLS", str(calls)).replace(DRAWN, drawn)
        course = courses.load(small_course(suite=suite) / "course.yml")
        live = LiveSuite(course, 3).exercise("double")
        reference = load_module(course.solutions / "double.py")
        made = seal(live, reference, seed=3, course="c", release="r")
        path = course.root / "double.sealed"
        path.write_bytes(made.content)
        return made, SealedParts(sealfile.read(path)), live

    return make


def guesses(parts, values):
    """Return which first cells the digests admit, zeros elsewhere: the attack.

    The attacker knows the file, the engine, and what returning at once would answer;
    the public call's answer stands in clear.
    """
    (cases,) = parts.bundles
    (bundle,) = parts.beliefs
    found = []
    for value in values:
        texts = []
        for case in cases:
            x = case.call.kwargs["x"]
            answer = x * 0.0
            hidden = case.check == "doubles_more"
            answer.flat[0] = value if hidden else x.flat[0] * 2
            scale = parts.records[case]["scale"]
            texts.append(canonical(Returned(answer), case.call, scale, ()))
        made = digest.secret(texts, parts.salt, len(parts.slow), slow=True)
        if any(digest.tag(made, kind) in bundle.tags for kind in bundle.kinds):
            found.append(value)
    return found


def test_a_cell_that_can_be_counted_through_is_not_in_the_file(sealed):
    """Where the check has no other call to ask, the belief is not named."""
    made, parts, _ = sealed(1, FIXED)

    assert made.unnamed == (("return-inside-loop",),)
    assert guesses(parts, range(-400, 401)) == []


def test_the_attack_would_work(sealed, monkeypatch):
    monkeypatch.setattr(Weight, "missing", 0.0)
    made, parts, live = sealed(1, FIXED)

    assert made.unnamed == ()
    (found,) = guesses(parts, range(-400, 401))
    (hidden,) = live.cases(live.checks[1])
    assert found == hidden.call.kwargs["x"].flat[0] * 4


def test_further_calls_are_drawn_until_guessing_is_too_hard(sealed):
    made, parts, live = sealed(1)

    assert made.unnamed == ()
    cells = [c.call.kwargs["x"].flat[0] * 4 for c in parts.cases["doubles_more"]]
    assert len(cells) > len(live.cases(live.checks[1]))
    ranges = (1 + 2 * abs(cell) for cell in cells)
    assert sum(map(math.log2, ranges)) >= digest.ENOUGH_BITS


def test_a_check_with_enough_calls_gets_no_further_ones(sealed):
    made, parts, live = sealed(40)

    assert made.unnamed == ()
    assert len(parts.cases["doubles_more"]) == len(live.cases(live.checks[1]))


def test_the_same_numbers_cost_what_their_own_belief_makes_of_them(sealed):
    """Not what the right answer's largest number would: it may lie elsewhere."""
    _, _, live = sealed(1)
    (case,) = live.cases(live.checks[1])
    answer = np.zeros((7, 7))
    answer[0, 0], answer[1, 1] = case.call.kwargs["x"][0, 0] * 4, -1.0
    own = 2 * np.abs(answer).max() + 1

    weight = Telltale(live).weigh([(case, Returned(answer))])
    assert weight.cost == pytest.approx(2 * math.log2(own))
    assert weight.told == 1
    assert weight.least <= weight.cost


def test_right_zeros_are_told_by_whoever_looks_for_their_place(sealed):
    _, _, live = sealed(1)
    (case,) = live.cases(live.checks[1])
    zeros = Weight(cost=50.0, places=5.0, zeros=3)

    assert zeros.missing == digest.ENOUGH_BITS - 55
    assert Weight(cost=50.0, places=15.0, zeros=3).missing == 0
    assert Weight(cost=50.0, told=1, places=15.0, zeros=3).missing == 10
    assert Weight(cost=1.0).missing == 0  # nothing is told
    nothing = Returned(np.zeros((7, 7)))
    assert Telltale(live).weigh([(case, nothing)]) == Weight()
