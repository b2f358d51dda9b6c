"""Misconceptions that are not caught, or not told apart."""

from grader import course as courses
from grader.checks.diagnose import diagnose
from grader.checks.suite import LiveSuite
from grader.doctor import beliefs
from grader.doctor.beliefs import Outcome

SAME_AS_FLIPPED = """

@misconception("kernel-transposed")
def double(x, times=1):
    return 0 - solution.double(x, times)
"""

RIGHT_AT_LAST = """

@misconception("kernel-transposed")
def double(x, times=1):
    return solution.double(x, times)
"""

SWITCHES = """

@misconceptions({ids})
def double(x, times=1, *, wrong):
    return x + sum(sorted({ids}).index(id_) // 2 + 1 for id_ in wrong)
"""


def suites(folder, seeds=3):
    course = courses.load(folder / "course.yml")
    return [LiveSuite(course, seed).exercise("double") for seed in range(seeds)]


def append(folder, text):
    with (folder / "tests/hidden/double.py").open("a", encoding="utf-8") as suite:
        suite.write(text)


def test_those_that_are_named_exactly_hold(examined):
    (result, *_) = examined("beliefs")

    assert result.holds
    assert result.facts == "3 beliefs, 3 of 3 pairs named exactly (100.0%), 2 seeds"


def test_one_that_passes_every_check_is_named(faults, sound):
    append(sound, RIGHT_AT_LAST)

    (problem,) = faults("beliefs")
    assert problem == "double: kernel-transposed: passes (2 seeds)"


def test_two_that_answer_alike_are_both_named(faults, sound):
    append(sound, SAME_AS_FLIPPED)

    problems = faults("beliefs")
    assert "double: kernel-flipped: nothing is named (2 seeds)" in problems
    assert "double: kernel-transposed: nothing is named (2 seeds)" in problems


def test_pairs_below_the_required_share_are_listed(faults, sound):
    ids = '"kernel-transposed", "max-from-zero", "padding-ignored", "bias-per-channel"'
    append(sound, SWITCHES.format(ids=ids))

    assert any(
        "pairs" in problem and "are named exactly, less than 90%" in problem
        for problem in faults("beliefs")
    )


def test_a_pair_that_always_shows_as_one_belief_is_no_pair(sound, edit):
    edit(
        "tests/hidden/double.py",
        "bias = 0 if",
        'bias = 0 if "stride-ignored" in wrong or',
    )

    proof = beliefs.prove_seeds(suites(sound))
    assert proof.pairs == 2
    assert proof.confusions == ()


def test_a_pair_that_shows_as_one_for_some_seeds_is_not_named_exactly(sound, edit):
    edit(
        "tests/hidden/double.py",
        "bias = 0 if",
        "bias = 0 if len(wrong) == 2 and DRAWN[0] % 2 or",
    )
    edit(
        "tests/hidden/double.py",
        "    for size in (1, 2, 3):",
        "    DRAWN[0] = draw.integer(0, 1)\n    for size in (1, 2, 3):",
    )
    edit(
        "tests/hidden/double.py",
        "@check(points=2, public",
        "DRAWN = [0]\n\n\n@check(points=2, public",
    )

    proof = beliefs.prove_seeds(suites(sound, seeds=8))
    (confusion,) = proof.confused(beliefs=2)
    assert confusion.ids == ("stride-ignored", "bias-forgotten")
    assert 0 < confusion.instead[Outcome(True, ("stride-ignored",))] < 8


def test_one_that_only_changes_its_input_is_caught(sound, edit):
    edit(
        "tests/hidden/double.py",
        'yield call("double", x=ints(draw, (size,)))',
        'yield call("double", x=ints(draw, (size,))).keeping_inputs()',
    )
    append(
        sound,
        '\n\n@misconception("kernel-transposed")\n'
        "def double(x, times=1):\n"
        "    right = solution.double(x, times)\n"
        "    x += 1\n"
        "    return right\n",
    )

    proof = beliefs.prove_seeds(suites(sound))
    assert proof.singles == 4
    assert proof.confused(beliefs=1) == ()


def test_the_short_cut_names_what_the_diagnosis_of_all_answers_names(sound):
    append(sound, SAME_AS_FLIPPED)
    orders = {}
    compared = 0
    for suite in suites(sound):
        for function, cases in beliefs.calls_by_function(suite).items():
            quick = beliefs._outcomes(suite, function, cases, orders)
            for holder, outcome in quick.items():
                evidence = [beliefs._evidence(suite, holder, case) for case in cases]
                assert diagnose(suite, evidence).misconceptions == outcome.named
                assert any(e.mismatch for e in evidence) == outcome.caught
                compared += 1
    assert compared > 30
