"""Variants are counted, never repeat, and their choices are different."""

from collections import Counter
from itertools import islice
from typing import NamedTuple

import pytest

from grader.errors import QuizError
from grader.quiz.blocks import Math, blank_grid
from grader.quiz.draw import Draw
from grader.quiz.family import Draft, family, wrong
from grader.quiz.finish import question
from grader.quiz.variants import different, space, variants


class Pair(NamedTuple):
    """Two numbers."""

    left: int
    right: int


def pairs(level):
    for left in range(3 * level):
        for right in range(4):
            yield Pair(left, right)


@family(
    title="Sum",
    type="single",
    concept="counting",
    levels=("small", "larger"),
    cases=pairs,
)
def sum_of_two(case: Pair) -> Draft:
    """Return the sum."""
    left, right = case
    return Draft(
        prompt=(f"What is {left} + {right}?",),
        answer=left + right,
        wrong=(
            wrong("stride-ignored", left),
            wrong("kernel-flipped", right),
            wrong("padding-ignored", left * right + 20, note=f"{left}·{right}."),
            wrong("bias-forgotten", left + right + 40),
            wrong("same-padding-zero", 100),
            wrong("stride-on-output", 200),
        ),
        solution=(Math(f"{left} + {right} = {left + right}"),),
    )


@family(
    title="Copy",
    type="cloze",
    concept="pooling",
    levels=("one digit",),
    cases=lambda _: [(1,)],
)
def copy_digit(case: tuple[int], draw: Draw) -> Draft | None:
    """Return the digit; 9 makes no good question."""
    digit = draw.integer(0, 9)
    if digit == 9:
        return None
    return Draft(
        prompt=(f"Copy {digit}.", blank_grid(1, 1)),
        answer=(digit,),
        wrong=(wrong("kernel-flipped", (digit + 1,)),),
        solution=(f"It is {digit}.",),
    )


def drawn(what, *key, count=10_000, **options):
    return list(islice(variants(what, *key, **options), count))


def test_space_counts_every_case_once_over_all_levels():
    assert space(sum_of_two, 1).count == 12
    assert space(sum_of_two, 2).count == 24
    assert space(sum_of_two).count == 24
    assert space(sum_of_two).exact


def test_space_multiplies_the_fillings_of_free_numbers():
    assert space(copy_digit).count == 10
    assert not space(copy_digit).exact


def test_all_variants_come_out_and_none_twice():
    assert {made.case for made in drawn(sum_of_two, "key")} == set(pairs(2))
    assert len(drawn(sum_of_two, "key")) == 24


def test_free_numbers_come_out_once_each_and_rejected_ones_never():
    digits = [made.draft.answer[0] for made in drawn(copy_digit, "key")]

    assert sorted(digits) == list(range(9))


@family(
    title="Product",
    type="cloze",
    concept="pooling",
    levels=("two factors",),
    cases=lambda _: [(1,)],
)
def product_of_two(case: tuple[int], draw: Draw) -> Draft:
    """Show a product but not its factors, so that some draws look alike."""
    value = draw.integer(1, 4) * draw.integer(1, 4)
    return Draft((f"Copy {value}.", blank_grid(1, 1)), (value,), (), (f"{value}",))


def test_draws_that_make_the_same_question_are_one_variant():
    shown = [made.draft.answer[0] for made in drawn(product_of_two, "key")]

    assert sorted(shown) == [1, 2, 3, 4, 6, 8, 9, 12, 16]


def test_the_first_variants_do_not_depend_on_how_many_follow():
    assert drawn(sum_of_two, "key", count=3) == drawn(sum_of_two, "key")[:3]


def test_another_key_gives_another_order():
    assert drawn(sum_of_two, "key") != drawn(sum_of_two, "other")


def test_what_is_taken_is_not_drawn_again():
    taken = set()
    first = drawn(sum_of_two, "one", count=10, taken=taken)
    second = drawn(sum_of_two, "two", taken=taken)

    assert len(second) == 14
    assert not {made.key for made in first} & {made.key for made in second}


def test_a_level_that_does_not_exist_is_named():
    with pytest.raises(QuizError, match="sum-of-two has no level 3"):
        drawn(sum_of_two, "key", level=3)


def test_choices_differ_and_at_most_four_are_wrong():
    for made in drawn(sum_of_two, "key"):
        asked = question(made, "Sum", Draw("order", *made.case))
        texts = [choice.text for choice in asked.choices]

        assert len(texts) == len(set(texts)) == 5
        assert [c.text for c in asked.choices if c.correct] == [asked.answer]


def test_the_right_choice_stands_anywhere_equally_often():
    made = drawn(sum_of_two, "key", count=1)[0]
    places = Counter(
        [c.correct for c in question(made, "Sum", Draw("order", n)).choices].index(True)
        for n in range(5_000)
    )

    assert sorted(places) == [0, 1, 2, 3, 4]
    assert all(abs(count - 1_000) < 150 for count in places.values())


def test_wrong_answers_equal_to_the_answer_or_each_other_are_dropped():
    draft = Draft(
        prompt=("?",),
        answer=10_000,
        wrong=(wrong("a", 10_000.0), wrong("b", 5), wrong("c", 5), wrong("d", 6)),
        solution=("10,000",),
    )

    assert [name for name, _, _ in different(draft)] == ["b", "d"]


def test_wrong_numbers_within_the_tolerance_are_dropped():
    draft = Draft(("?",), 1.5, (wrong("a", 1.55), wrong("b", 1.7)), (), tolerance=0.1)

    assert [name for name, _, _ in different(draft)] == ["b"]


def test_feedback_is_the_misconception_and_the_note():
    asked = question(drawn(copy_digit, "key", count=1)[0], "Copy", Draw())

    assert "kernel" in asked.wrong[0].feedback
    assert asked.wrong[0].misconception == "kernel-flipped"


def test_the_same_variant_has_the_same_id_and_another_has_another():
    made = drawn(sum_of_two, "key")
    ids = [question(each, "Sum", Draw("order")).id for each in made]

    assert ids == [question(each, "Other title", Draw("order")).id for each in made]
    assert len(set(ids)) == len(ids)
