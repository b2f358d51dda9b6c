"""The preview shows the patterns that students would find."""

from grader.quiz import registry
from grader.quiz.audit import sample
from grader.quiz.preview import patterns, preview_page


def test_the_right_choice_is_neither_in_one_place_nor_of_one_size():
    found = patterns(sample(registry.load("convolution-output-shape"), 2_000))
    places, ranks = dict(found.places), dict(found.ranks)

    # Some questions have four choices: the fifth place is rarer.
    assert max(places[letter] for letter in "abcd") < 1.3 * min(
        places[letter] for letter in "abcd"
    )
    assert max(ranks.values()) < 0.45 * 2_000
    assert found.distinct > 500


def test_sizes_of_typed_numbers_are_measured():
    found = patterns(sample(registry.load("conv-layer-parameters"), 200))

    assert found.smallest < found.middle < found.largest
    assert found.places == ()


def test_a_small_space_is_shown_whole_and_a_large_one_sampled():
    family = registry.load("convolution-output-shape")

    assert "below are 50, drawn at random" in preview_page(family, 1, most=50)
    assert "below are 6840, all of them" in preview_page(family, 1, most=7_000)
