"""Points after the rules: laws that hold for every class, and a few by hand."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.classroom.handin import Graded, Student
from grader.classroom.marks import Mark, leave_out, marks, show
from grader.course import Course, Exercise
from grader.grading import Grading, Late
from grader.verdict import CheckResult, ExerciseResult, Report, Verdict

DUE = datetime(2026, 10, 5, 22, 0, tzinfo=timezone.utc)
NAMES = "abcdef"


def course(rules=Grading(), most=(40,) * 3):  # noqa: B008  (frozen)
    exercises = tuple(
        Exercise(name, name.upper(), points)
        for name, points in zip(NAMES, most, strict=False)
    )
    return Course(Path("here"), "A course", "key", exercises, grading=rules)


def graded(*scores, most=(40,) * 3, **fields):
    """Return a student with one check an exercise; None is INTERNAL."""
    results = []
    for name, score, points in zip(NAMES, scores, most, strict=False):
        verdict = Verdict.PASS if score == points else Verdict.WRONG
        verdict = Verdict.INTERNAL if score is None else verdict
        check = CheckResult("c", "It is right.", "public", verdict, score, points)
        results.append(ExerciseResult(name, name.upper(), (check,)))
    report = Report("A course", "live", 1, "none", tuple(results))
    return Graded(Student("ada", "Ada"), report, files=("a.py",), **fields)


def one(rules, *scores, **fields):
    return marks(course(rules), [graded(*scores, **fields)])[0]


def due(**late):
    return Grading(due=dict.fromkeys(NAMES, DUE), late=Late(**late))


def test_without_rules_the_points_are_those_earned():
    made = one(Grading(), 40, 20, 0)

    assert (made.earned, made.total, made.max_points) == (60, 60, 120)


def test_what_comes_late_loses_its_share_of_what_was_earned_and_says_so():
    made = one(due(percent_per_day=10), 40, 20, 0, submitted_at=DUE + timedelta(days=2))

    assert made.total == pytest.approx(48)
    assert made.earned == 60
    assert made.notes == ("late by 2 days begun: 12 points taken off",)


def test_the_lowest_is_left_out_and_the_others_stand_for_it():
    made = one(Grading(drop_lowest=1), 40, 20, 0)

    assert [mark.left_out for mark in made.marks] == [False, False, True]
    assert made.total == 90  # 60 of 80, out of 120


def test_a_required_exercise_is_never_left_out():
    made = one(Grading(drop_lowest=1, required=("c",)), 40, 10, 0)

    assert [mark.left_out for mark in made.marks] == [False, True, False]


def test_an_optional_exercise_counts_only_where_it_helps():
    rules = Grading(optional=("c",))

    assert one(rules, 20, 20, 0).total == 60
    assert one(rules, 20, 20, 40).total == 80


def test_a_grader_that_failed_gives_no_number_and_never_a_zero():
    made = one(Grading(drop_lowest=2), 40, None, 0)

    assert (made.status, made.earned, made.total) == ("failed", None, None)
    assert [mark.points for mark in made.marks] == [40, None, 0]


def test_a_hand_in_that_was_refused_gives_no_number_and_says_so():
    refused = Graded(Student("ada", "Ada"), None, problem="is a link")

    made = marks(course(), [refused])[0]

    assert (made.status, made.total) == ("refused", None)
    assert {mark.verdict for mark in made.marks} == {"REFUSED"}


def test_who_hands_in_nothing_has_a_true_zero():
    made = one(Grading(), 0, 0, 0)

    assert (made.status, made.total) == ("graded", 0)


def test_an_exercise_that_was_judged_for_others_only_gives_no_number():
    class_of_two = [graded(40, 40, 40), graded(40, 40)]

    made = marks(course(), class_of_two)[1]

    assert (made.status, made.total, made.max_points) == ("failed", None, 120)


def test_marked_late_without_a_time_takes_nothing_off_and_says_so():
    made = one(due(percent_per_day=50), 40, 40, 40, late=True)

    assert made.total == 120
    assert made.notes == ("marked as late, with no time: nothing was taken off",)


def test_a_time_without_a_zone_is_read_in_the_zone_of_the_course():
    zone = timezone(timedelta(hours=2))
    rules = replace(due(percent_per_day=10), time_zone=zone)
    in_time = datetime(2026, 10, 5, 23, 59)

    assert one(rules, 40, 40, 40, submitted_at=in_time).total == 120


def test_an_empty_class_has_no_marks():
    assert marks(course(), []) == ()


most = st.lists(st.integers(1, 80), min_size=1, max_size=6)
shares = st.lists(st.sampled_from([0, 0.1, 0.25, 0.5, 0.9, 1]), min_size=6, max_size=6)
rules = st.builds(
    Grading,
    due=st.just(dict.fromkeys(NAMES, DUE)),
    late=st.builds(
        Late,
        grace_minutes=st.integers(0, 600),
        percent_per_day=st.integers(0, 100),
        at_most_days=st.none() | st.integers(0, 9),
        floor_percent=st.integers(0, 100),
    ),
    drop_lowest=st.integers(0, 5),
    required=st.lists(st.sampled_from("abc"), unique=True).map(tuple),
    optional=st.lists(st.sampled_from("def"), unique=True).map(tuple),
)


def total_of(rules, most, shares, **fields):
    scores = [share * points for share, points in zip(shares, most, strict=False)]
    handed_in = graded(*scores, most=most, **fields)
    return marks(course(rules, most), [handed_in])[0]


@given(rules, most, shares, st.integers(-100, 400))
def test_no_exercise_ever_gives_more_than_was_earned(rules, most, shares, hours):
    made = total_of(rules, most, shares, submitted_at=DUE + timedelta(hours=hours))

    assert all(0 <= mark.points <= mark.earned for mark in made.marks)
    assert 0 <= made.total <= made.max_points + 1e-9


@given(rules, most, shares, st.integers(-100, 400), st.integers(0, 200))
def test_later_is_never_better(rules, most, shares, hours, more):
    early = DUE + timedelta(hours=hours)
    late = early + timedelta(hours=more)

    first = total_of(rules, most, shares, submitted_at=early).total
    then = total_of(rules, most, shares, submitted_at=late).total

    assert then <= first + 1e-9


@given(rules, most, shares)
def test_leaving_out_never_lowers(rules, most, shares):
    without = replace(rules, drop_lowest=0, optional=())

    assert total_of(rules, most, shares).total >= (
        total_of(without, most, shares).total - 1e-9
    )


@given(rules, most, shares, st.integers(0, 5), st.sampled_from([0.25, 0.5, 1]))
def test_more_points_are_never_worse(rules, most, shares, place, share):
    better = list(shares)
    better[place] = max(better[place], share)

    assert total_of(rules, most, better).total >= (
        total_of(rules, most, shares).total - 1e-9
    )


@given(rules, most, shares)
def test_no_other_choice_of_what_to_leave_out_is_better(rules, most, shares):
    made = [
        Mark(name, "WRONG", share * points, share * points, points)
        for name, share, points in zip(NAMES, shares, most, strict=False)
    ]

    def share_of(kept):
        return sum(m.points for m in kept) / sum(m.max_points for m in kept)

    def allowed(out):
        ordinary = [m for m in out if m.exercise not in rules.optional]
        free = all(m.exercise not in rules.required for m in ordinary)
        return free and len(ordinary) <= rules.drop_lowest

    best = max(
        share_of([m for m in made if m not in out])
        for count in range(len(made))
        for out in combinations(made, count)
        if allowed(out)
    )
    chosen = [m for m in leave_out(rules, made) if not m.left_out]

    assert share_of(chosen) == pytest.approx(best)


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (None, ""),
        (0.0, "0"),
        (-0.001, "0"),
        (12.5, "12.5"),
        (100, "100"),
        (1 / 3, "0.33"),
    ],
)
def test_points_are_shown_with_two_places_at_most(points, said):
    assert show(points) == said
