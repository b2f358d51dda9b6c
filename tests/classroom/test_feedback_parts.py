"""The feedback on one exercise: made once for a class, and never another's."""

import pytest

from grader.report import html
from grader.report import json as report_json
from grader.verdict import Finding, Verdict

pytest.importorskip("msgspec")

from grader.classroom import feedback_parts
from grader.classroom.feedback_parts import Parts

ODD = 'a "quote", a line\nbreak, \\n, é and \u202e'


def reports(pretend, count):
    """Return reports of which each has a result of its own, and one that all share."""
    shared = pretend.exercise("pooling", Verdict.PASS)
    findings = [Finding(f"{number}: {ODD}", call="f()") for number in range(count)]
    return [
        pretend.report(pretend.exercise("stride", Verdict.WRONG, found=found), shared)
        for found in findings
    ]


def test_page_and_data_are_those_of_grade_however_many_there_were(pretend, monkeypatch):
    monkeypatch.setattr(feedback_parts, "_REMEMBERED", 3)
    parts = Parts()
    made = reports(pretend, 8)

    for report in [*made, *made]:
        assert parts.page(report) == html.render(report).encode()
        assert parts.data(report) == report_json.render(report).encode()


def test_data_without_exercises_are_those_of_grade(pretend):
    nothing = pretend.report()

    assert Parts().data(nothing) == report_json.render(nothing).encode()


def test_a_part_is_made_once_for_all_who_share_the_result(pretend):
    first, second = reports(pretend, 2)
    parts = Parts()

    assert parts.of(first.exercises[1]) is parts.of(second.exercises[1])
    assert parts.of(first.exercises[0]) != parts.of(second.exercises[0])


def test_the_digest_tells_results_and_everything_else_apart(pretend):
    first, second = reports(pretend, 2)
    parts = Parts()

    digests = {
        parts.digest(first, ""),
        parts.digest(second, ""),
        parts.digest(first, "half of a \ud800"),
        parts.digest(pretend.report(*reversed(first.exercises)), ""),
    }

    assert len(digests) == 4
    assert Parts().digest(first, "") in digests
