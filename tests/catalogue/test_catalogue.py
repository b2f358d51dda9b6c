"""The catalogue is sound: ids, texts and look-up."""

from __future__ import annotations

import re
from collections import Counter

import pytest

from grader import catalogue
from grader.catalogue import CATALOGUE, TOPICS, index, misconception
from grader.errors import CourseError
from grader.misconception import Misconception

TEXTS = pytest.mark.parametrize("text", ["belief", "remedy"])
SENTENCE = re.compile(r"[A-Z0-9].*[^.\s]\.")
SHORT = 140


def test_every_entry_of_every_topic_is_in_the_catalogue():
    listed = [entry.id for topic in TOPICS.values() for entry in topic]

    assert listed == list(CATALOGUE)


def test_every_topic_has_entries():
    assert all(TOPICS.values())


def test_topics_are_named_like_their_modules():
    for name, entries in TOPICS.items():
        assert getattr(getattr(catalogue, name), name.upper()) is entries


def test_ids_are_kebab_case_in_lower_case_words():
    kebab = re.compile(r"[a-z0-9]+(-[a-z0-9]+)+|unfinished")

    assert [name for name in CATALOGUE if not kebab.fullmatch(name)] == []


def test_ids_use_no_abbreviation():
    short = {"pad", "conv", "avg", "params", "dim", "dims", "idx", "grad", "img", "num"}

    assert [name for name in CATALOGUE if short & set(name.split("-"))] == []


@TEXTS
def test_texts_are_single_spaced_sentences(text):
    texts = [getattr(entry, text) for entry in CATALOGUE.values()]

    assert [t for t in texts if not SENTENCE.fullmatch(t) or "  " in t] == []


@TEXTS
def test_texts_are_short(text):
    texts = [getattr(entry, text) for entry in CATALOGUE.values()]

    assert [t for t in texts if len(t) > SHORT] == []


def test_remedies_say_something_else_than_the_beliefs():
    assert [e.id for e in CATALOGUE.values() if e.belief == e.remedy] == []


def test_lectures_exist_and_are_in_order():
    lectures = {entry.lectures for entry in CATALOGUE.values()}

    assert [n for n in lectures if not set(n) <= set(range(5))] == []
    assert [n for n in lectures if list(n) != sorted(set(n))] == []


def test_every_entry_is_found_by_its_id():
    assert [misconception(entry.id) for entry in CATALOGUE.values()] == list(
        CATALOGUE.values()
    )


def test_no_two_entries_share_a_belief():
    counts = Counter(entry.belief for entry in CATALOGUE.values())

    assert [belief for belief, count in counts.items() if count > 1] == []


def test_catalogue_is_read_only():
    with pytest.raises(TypeError):
        CATALOGUE["new"] = CATALOGUE["stride-ignored"]


def test_two_entries_with_one_id_are_an_error_that_names_it():
    twice = Misconception("stride-ignored", "A belief.", "A remedy.")

    with pytest.raises(CourseError, match=r"two misconceptions .* 'stride-ignored'"):
        index([twice, twice])


def test_unknown_id_gets_the_nearest_one():
    with pytest.raises(CourseError, match="did you mean 'stride-ignored'"):
        misconception("stride-ignore")


def test_unknown_id_unlike_any_other_gets_no_guess():
    with pytest.raises(CourseError, match="unknown misconception 'zzzz'") as caught:
        misconception("zzzz")

    assert "did you mean" not in str(caught.value)
