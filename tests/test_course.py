"""course.yml: read once, and every complaint names file, line, key and remedy."""

from pathlib import Path

import pytest

from grader import course as courses
from grader.errors import CourseError

GOOD = """\
format_version: 1
title: A course
key: a-course
limits:
  call_seconds: 2.5
  memory_mb: 256
exercises:
  - name: one
    title: One
    points: 2
  - name: two
    title: Two
    points: 3.5
    needs: [one]
    hints:
      - Look again.
quizzes:
  first:
    title: A quiz
"""


def load(tmp_path: Path, text: str):
    file = tmp_path / "course.yml"
    file.write_text(text, encoding="utf-8")
    return courses.load(file)


def test_a_sound_course_is_read_whole(tmp_path):
    course = load(tmp_path, GOOD)

    assert [e.name for e in course.exercises] == ["one", "two"]
    assert course.exercises[1].needs == ("one",)
    assert course.exercises[1].hints == ("Look again.",)
    assert (course.limits.call_seconds, course.limits.memory_mb) == (2.5, 256)
    assert course.quizzes["first"].plain() == {"title": "A quiz"}


def test_the_course_is_found_from_a_folder_inside_it(tmp_path):
    load(tmp_path, GOOD)
    inside = tmp_path / "assignments" / "deep"
    inside.mkdir(parents=True)

    assert courses.find(inside).root == tmp_path.resolve()


def test_no_course_here_or_above_is_one_line_with_a_remedy(tmp_path):
    with pytest.raises(CourseError, match=r"no course\.yml in .* or above\. Run this"):
        courses.find(tmp_path)


def test_an_unknown_exercise_proposes_the_nearest(tmp_path):
    course = load(tmp_path, GOOD.replace("one", "stride"))

    with pytest.raises(CourseError, match="did you mean 'stride'"):
        course.exercise("strid")


def test_selected_exercises_keep_the_order_of_the_course(tmp_path):
    course = load(tmp_path, GOOD)

    assert [e.name for e in course.select(["two", "one"])] == ["one", "two"]
    assert course.select([]) == course.exercises


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ("title: A course\n", "", r"course.yml:1: the key 'title' is missing. Add"),
        ("key: a-course", "kay: a-course", r"course.yml:1: the key 'key' is missing"),
        (
            "limits:",
            "limit:",
            r"course.yml:4: limit: unknown key; did you mean 'limits",
        ),
        ("format_version: 1", "format_version: 2", r":1: format_version: .* newer"),
        (
            "format_version: 1",
            "format_version: yes",
            r":1: .*expected a number, got Tr",
        ),
        ("points: 2", "points: two", r":10: exercises\[0\].points: expected a number"),
        ("points: 2", "points: 0", r":10: exercises\[0\].points: .*more than 0"),
        ("points: 2", "points: .nan", r":10: .*at least 0, got nan"),
        ("points: 2", "points: .inf", r":10: .*at least 0, got inf"),
        ("points: 2", "points: -1", r":10: .*at least 0, got -1"),
        ("name: two", "name: one", r":11: exercises\[1\].name: .*stands twice"),
        ("name: two", "name: 2-two", r":11: .*'2-two' is not a module name"),
        ("name: two", "name: ../two", r"is not a module name"),
        ("needs: [one]", "needs: [three]", r":14: exercises\[1\].needs: 'three' does"),
        ("needs: [one]", "needs: [two]", r":14: .*'two' does not come before 'two'"),
        ("needs: [one]", "needs: one", r":14: .*expected a list, got the text 'one'"),
        ("title: Two", "title: ''", r":12: exercises\[1\].title: expected a text"),
        ("memory_mb: 256", "memory_mb: 1.5", r":6: limits.memory_mb: .*whole number"),
        (
            "call_seconds: 2.5",
            "call_seconds: 0",
            r":5: limits.call_seconds: .*more than",
        ),
        (
            "limits:",
            "feedback: {hidden_visibility: after_publish}\nlimits:",
            r":4: feedback.hidden_visibility: unknown visibility 'after_publish'; did "
            r"you mean 'after_published'\? Known: visible, after_due_date",
        ),
        (
            "limits:",
            "feedback: {}\nlimits:",
            r":4: feedback: the key 'hidden_visibility' is missing",
        ),
        (
            "limits:",
            "feedback: {hidden_visibility: yes}\nlimits:",
            r":4: feedback.hidden_visibility: expected a text, got True",
        ),
        ("call_seconds", "cal_seconds", r":5: .*did you mean 'call_seconds'"),
        ("title: One", "title: One\n    title: Uno", r":10: .*the key stands twice"),
        ("  - name: one", "  - name: [one", r":\d+: not valid YAML"),
        ("title: A course", "title: &a [*a]", "nested too deeply"),
        (
            "title: A course",
            "title: !!python/object:os.system x",
            r":2: not valid YAML",
        ),
    ],
)
def test_a_malformed_course_is_one_line(tmp_path, old, new, complaint):
    assert old in GOOD

    with pytest.raises(CourseError, match=complaint) as caught:
        load(tmp_path, GOOD.replace(old, new, 1))

    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "text",
    ["", "# nothing\n", "- a\n- b\n", "7\n", "exercises: []\n", "a: b: c\n", "\t"],
)
def test_a_file_that_is_no_course_is_one_line(tmp_path, text):
    with pytest.raises(CourseError) as caught:
        load(tmp_path, text)

    assert "\n" not in str(caught.value)


def test_a_course_that_is_not_utf8_says_so(tmp_path):
    (tmp_path / "course.yml").write_bytes(b"title: \xff\xfe")

    with pytest.raises(CourseError, match=r"is not UTF-8 \(byte 7\). Save it as UTF-8"):
        courses.load(tmp_path / "course.yml")


def test_a_course_that_cannot_be_read_says_so(tmp_path):
    with pytest.raises(CourseError, match="cannot be read: No such file"):
        courses.load(tmp_path / "course.yml")
