"""Draws depend on their key alone and favour nothing."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.quiz.draw import Branch, Draw

GOLDEN = (40, 61, 86, 80, 65, 65, 7, 45)
GOLDEN_ORDER = ("d", "e", "a", "f", "c", "b")


def test_numbers_of_a_known_key_never_change():
    draw = Draw("course", 1, "quiz", "ada", "question", "part")

    assert draw.integers(0, 99, 8) == GOLDEN
    assert draw.shuffled("abcdef") == GOLDEN_ORDER


def test_keys_that_read_the_same_when_joined_are_different():
    assert Draw("ab", "c").integers(0, 9, 20) != Draw("a", "bc").integers(0, 9, 20)


@given(st.integers(1, 2**70), st.integers())
def test_below_stays_below_whatever_the_bound(bound, key):
    bound = min(bound, 2**64)
    assert 0 <= Draw(key).below(bound) < bound


def test_every_face_of_a_die_is_equally_likely():
    draw = Draw("die")
    counts = Counter(draw.integer(1, 6) for _ in range(60_000))

    assert sorted(counts) == [1, 2, 3, 4, 5, 6]
    # 5 standard deviations of a fair die
    assert all(abs(count - 10_000) < 460 for count in counts.values())


def test_every_order_of_three_is_equally_likely():
    draw = Draw("order")
    counts = Counter(draw.shuffled("abc") for _ in range(12_000))

    assert len(counts) == 6
    assert all(abs(count - 2_000) < 210 for count in counts.values())


@given(st.integers(0, 50), st.integers())
def test_a_permutation_holds_everything_once(size, key):
    assert sorted(Draw(key).permutation(size)) == list(range(size))


def test_a_sample_holds_no_member_twice():
    taken = Draw("sample").sample(range(10), 10)

    assert len(set(taken)) == 10


def test_options_multiply_what_was_drawn():
    draw = Draw("count")
    draw.grid(2, 3, 0, 9)
    draw.choice("abcd")

    assert draw.options == 10**6 * 4


def test_a_sample_larger_than_its_source_is_an_error():
    with pytest.raises((StopIteration, RuntimeError)):
        Draw("sample").sample("ab", 3)


def test_a_branch_draws_what_the_whole_key_draws():
    whole = Draw("course", 1, "quiz", "part", 7)
    branched = Branch("course", 1, "quiz").draw("part", 7)

    assert branched.integers(0, 10**9, 20) == whole.integers(0, 10**9, 20)


@given(st.integers(0, 30), st.integers(0, 30), st.integers())
def test_a_sample_takes_so_many_different_ones(size, count, key):
    count = min(size, count)
    taken = Draw(key).sample(range(size), count)

    assert len(taken) == len(set(taken) & set(range(size))) == count


def test_every_choice_of_two_in_order_is_equally_likely():
    draw = Draw("choice")
    counts = Counter(draw.sample("abcd", 2) for _ in range(12_000))

    assert len(counts) == 12
    assert all(abs(count - 1_000) < 155 for count in counts.values())


def test_a_bound_of_more_bits_than_a_draw_has_is_an_error():
    assert Draw("wide").below(2**191) < 2**191
    with pytest.raises(RuntimeError, match="too many bits"):
        Draw("wide").below(2**192)
