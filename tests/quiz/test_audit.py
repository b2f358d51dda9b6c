"""Every family is sound, and an unsound one is caught."""

from dataclasses import replace

import pytest

from grader.quiz import audit, registry
from grader.quiz.family import Draft, family, wrong
from grader.quiz.variants import space

LARGE = {"output shape", "counting"}


@pytest.mark.parametrize("name", registry.names())
def test_every_family_is_sound(name):
    assert audit.problems(registry.load(name)) == []


@pytest.mark.parametrize("name", registry.names())
def test_every_family_has_enough_variants(name):
    loaded = registry.load(name)
    least = 10_000 if loaded.concept in LARGE else 30

    assert space(loaded).count >= least


@family(
    title="Bad",
    type="single",
    concept="counting",
    levels=("only",),
    cases=lambda _: [(n,) for n in range(40)],
)
def unsound(case: tuple[int]) -> Draft:
    """Return a draft with a mistake chosen by the test."""
    return Draft(
        prompt=(f"What is {case[0]}?",),
        answer=case[0],
        wrong=(
            wrong("kernel-flipped", 100),
            wrong("stride-ignored", 101),
            wrong("bias-forgotten", 102),
        ),
        solution=(f"It is {case[0]}.",),
    )


def changed(**fields):
    """Return the family with its drafts changed."""
    return replace(unsound, build=lambda c, d: unsound.build(c, d)._replace(**fields))


def test_the_example_is_sound_as_it_stands():
    assert audit.problems(unsound) == []


def test_a_solution_without_the_answer_is_caught():
    found = audit.problems(changed(solution=("Think.",)))

    assert "the last step of the solution does not hold the answer" in found[0]


def test_questions_that_read_the_same_are_caught():
    found = audit.problems(changed(prompt=("?",), answer="all", solution=("all",)))

    assert "reads like" in found[0]


def test_too_few_different_wrong_answers_are_caught():
    few = (wrong("kernel-flipped", 100), wrong("stride-ignored", 100))

    assert "fewer than 3 different wrong" in audit.problems(changed(wrong=few))[0]


def test_wrong_answers_without_a_name_are_caught():
    bare = tuple(wrong(None, n, note="No.") for n in (100, 101, 102))

    assert "name no misconception" in audit.problems(changed(wrong=bare))[-1]


def test_an_unknown_misconception_is_caught():
    bad = (*(wrong("kernel-flipped", n) for n in (100, 101)), wrong("kernel-flip", 7.5))

    assert (
        "unknown misconception 'kernel-flip'" in audit.problems(changed(wrong=bad))[-1]
    )


def test_a_case_listed_twice_is_caught():
    twice = replace(unsound, cases=lambda _: [(1,), (1,), (2,)])

    assert "lists 3 cases, 2 are different" in audit.problems(twice)[0]
