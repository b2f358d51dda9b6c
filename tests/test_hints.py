"""Hints come one by one, in order, and nothing that happens to the file is fatal."""

import json

import pytest

from grader import course as courses
from grader import hints
from grader.errors import GraderError

COURSE = """\
format_version: 1
title: A course
key: a-course
exercises:
  - {name: one, title: One, points: 2, hints: [Look., Look again., Look there.]}
  - {name: two, title: Two, points: 2, hints: [Think.]}
  - {name: three, title: Three, points: 2}
"""


@pytest.fixture
def course(tmp_path):
    (tmp_path / "course.yml").write_text(COURSE, encoding="utf-8")
    return courses.load(tmp_path / "course.yml")


def ask(course, name):
    return hints.show(course, course.exercise(name)).hints


def test_each_time_one_more_hint_is_shown_until_there_are_no_more(course):
    asked = [len(ask(course, "one")) for _ in range(5)]

    assert asked == [1, 2, 3, 3, 3]
    assert ask(course, "one") == ("Look.", "Look again.", "Look there.")


def test_exercises_are_counted_apart(course):
    ask(course, "one")

    assert ask(course, "two") == ("Think.",)
    assert ask(course, "one") == ("Look.", "Look again.")


def test_an_exercise_without_hints_says_so(course):
    with pytest.raises(GraderError, match="there are no hints to three"):
        ask(course, "three")


@pytest.mark.parametrize(
    "content",
    ["", "{", "[1]", '{"one": "2"}', '{"one": -7}', '{"one": true}', "[" * 100_000],
)
def test_a_spoilt_file_begins_at_the_first_hint(course, content):
    (course.root / hints.FILE).write_text(content, encoding="utf-8")

    assert ask(course, "one") == ("Look.",)
    assert json.loads((course.root / hints.FILE).read_text()) == {"one": 1}


def test_where_nothing_can_be_kept_all_hints_are_shown(course, monkeypatch):
    def refuse(path, content):
        raise GraderError(f"{path}: cannot be written")

    monkeypatch.setattr(hints, "write_whole", refuse)

    shown = hints.show(course, course.exercise("one"))

    assert (len(shown.hints), shown.remembered) == (3, False)


def test_every_exercise_of_this_course_has_hints_that_are_sentences(root):
    for exercise in courses.load(root / "course.yml").exercises:
        assert len(exercise.hints) >= 3
        for hint in exercise.hints:
            assert hint[0].isupper()
            assert hint[-1] in ".?"
            assert len(hint) < 400
