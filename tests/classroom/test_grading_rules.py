"""The section `grading` of course.yml: read once, complained about with a line."""

from datetime import datetime, timedelta, timezone

import pytest

from grader import course as courses
from grader.errors import CourseError
from grader.grading import Grading, Late

DUE = datetime(2026, 10, 5, 22, 0, tzinfo=timezone.utc)


@pytest.fixture
def graded_by(small_course):
    """Return a function that reads a course with a section of rules."""

    def read(section):
        root = small_course()
        file = root / "course.yml"
        text = file.read_text(encoding="utf-8")
        file.write_text(f"{text}{section}", encoding="utf-8")
        return courses.load(file).grading

    return read


def test_a_course_without_the_section_takes_nothing_off(graded_by):
    assert graded_by("") == Grading()


@pytest.mark.parametrize(
    "date",
    [
        "2026-10-06 00:00",
        "2026-10-06 00:00:00",
        "'2026-10-06T00:00'",
        "2026-10-05",
        "'2026-10-05'",
        "2026-10-05T22:00:00Z",
        "'2026-10-05T22:00Z'",
        "2026-10-06T00:00:00+02:00",
    ],
)
def test_a_date_is_read_in_the_zone_of_the_course_or_in_its_own(graded_by, date):
    section = f"grading: {{time_zone: Europe/Berlin, due: {date}}}\n"

    rules = graded_by(section)

    assert rules.due["double"] == DUE


def test_each_exercise_may_have_a_date_of_its_own(graded_by):
    rules = graded_by("grading:\n  due:\n    double: '2026-10-05T22:00+00:00'\n")

    assert dict(rules.due) == {"double": DUE}


def test_all_rules_are_read(graded_by):
    rules = graded_by(
        "grading:\n"
        "  late: {grace_minutes: 15, percent_per_day: 10, at_most_days: 5,"
        " floor_percent: 50}\n"
        "  optional: [double]\n"
    )

    assert rules.late == Late(15, 10, 5, 50)
    assert rules.optional == ("double",)


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ("grading: {due: 2026-10-05 23:59}\n", "the date has no time zone. Add"),
        ("grading: {due: soon}\n", "cannot read the date 'soon'. Write it as"),
        ("grading: {due: 3}\n", "expected a date, got 3"),
        ("grading: {due: 9999-12-31}\n", "cannot read the date 9999-12-31"),
        ("grading: {time_zone: Europe/Bonn}\n", "there is no time zone 'Europe/Bonn'"),
        ("grading: {time_zone: ../../etc/passwd}\n", "there is no time zone"),
        ("grading: {time_zone: Europe}\n", "there is no time zone 'Europe'"),
        ("grading: {due: {dubble: 2026-10-05}}\n", "did you mean 'double'?"),
        ("grading: {required: [dubble]}\n", "did you mean 'double'?"),
        ("grading: {drop_lowest: 1}\n", "leaves none to count"),
        ("grading: {drop_lowest: -1}\n", "at least 0"),
        ("grading: {late: {percent_per_day: 120}}\n", "more than 100 percent"),
        ("grading: {late: {floor_percent: .nan}}\n", "expected a number"),
        ("grading: {late: {per_day: 1}}\n", "unknown key"),
        ("grading: {required: [double], optional: [double]}\n", "is required and"),
        ("grading: [1]\n", "expected keys with values"),
    ],
)
def test_what_is_wrong_names_file_line_key_and_remedy(graded_by, section, said):
    with pytest.raises(CourseError) as caught:
        graded_by(section)

    message = str(caught.value)
    assert said in message
    assert "course.yml:8: grading" in message
    assert message.count("\n") == 0


def test_a_day_is_late_as_soon_as_it_is_begun():
    late = Late(grace_minutes=15)

    def days(**after):
        return late.days(DUE + timedelta(**after), DUE)

    assert [days(days=-3), days(minutes=0), days(minutes=15)] == [0, 0, 0]
    assert [days(minutes=16), days(days=1), days(days=1, seconds=1)] == [1, 1, 2]


def test_the_night_of_the_clock_change_is_counted_in_hours_that_passed(graded_by):
    # On 25 October 2026 Berlin has 25 hours: noon to noon is more than one day.
    rules = graded_by("grading: {time_zone: Europe/Berlin, due: 2026-10-24 12:00}\n")
    due = rules.due["double"]

    same_clock_next_day = due.replace(day=25)

    assert rules.late.days(same_clock_next_day, due) == 2


def test_what_is_kept_falls_to_the_floor_and_ends_after_the_last_day():
    late = Late(percent_per_day=20, at_most_days=5, floor_percent=30)

    assert [late.kept(day) for day in range(8)] == [
        1.0,
        0.8,
        0.6,
        0.4,
        0.3,
        0.3,
        0.0,
        0.0,
    ]
