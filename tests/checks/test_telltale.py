"""A digest that would tell right values to whoever counts is not written."""

import pytest

from grader import course as courses
from grader.checks import digest, sealfile
from grader.checks.canonical import canonical
from grader.checks.seal import seal
from grader.checks.sealed_parts import SealedParts
from grader.checks.suite import LiveSuite, load_module
from grader.checks.telltale import Telltale
from grader.reply import Returned

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

    def make(calls):
        suite = SUITE.replace("CALLS", str(calls))
        course = courses.load(small_course(suite=suite) / "course.yml")
        live = LiveSuite(course, 3).exercise("double")
        reference = load_module(course.solutions / "double.py")
        made = seal(live, reference, seed=3, course="c", release="r")
        path = course.root / "double.sealed"
        path.write_bytes(made.content)
        return made, SealedParts(sealfile.read(path)), live

    return make


def guesses(parts, live, values):
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
    made, parts, live = sealed(1)

    assert made.unnamed == ("return-inside-loop",)
    assert guesses(parts, live, range(-400, 401)) == []


def test_the_attack_would_work(sealed, monkeypatch):
    monkeypatch.setattr(Telltale, "tells", lambda self, answers: False)
    made, parts, live = sealed(1)

    assert made.unnamed == ()
    (found,) = guesses(parts, live, range(-400, 401))
    (hidden,) = live.cases(live.checks[1])
    assert found == hidden.call.kwargs["x"].flat[0] * 4


def test_with_enough_calls_the_belief_is_named(sealed):
    made, _, _ = sealed(40)

    assert made.unnamed == ()
