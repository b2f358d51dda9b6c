"""Reports as they are stored: read back as they were, and what is equal once."""

from dataclasses import replace

import pytest

from grader.verdict import Verdict

msgspec = pytest.importorskip("msgspec")

from grader.classroom import reports  # noqa: E402  (needs an extra)


@pytest.mark.parametrize("verdict", list(Verdict))
def test_a_report_comes_back_as_it_was(pretend, verdict):
    report = pretend.graded("ada", verdict, Verdict.WRONG).report

    assert reports.decode(reports.encode(report)) == report


def test_a_report_without_exercises_comes_back_too(pretend):
    assert reports.decode(reports.encode(pretend.report())) == pretend.report()


def test_students_share_what_is_equal(pretend):
    ada = pretend.graded("ada", Verdict.PASS, Verdict.WRONG).report
    bo = replace(pretend.graded("bo", Verdict.PASS, Verdict.ERROR).report, seed=8)

    first, second = (reports.decode(reports.encode(each)) for each in (ada, bo))

    assert second.exercises[0] is first.exercises[0]
    assert second.exercises[1] == bo.exercises[1]
    assert second.seed == 8


def test_exercises_that_share_their_checks_stay_apart(pretend):
    report = pretend.graded("ada", Verdict.PASS).report
    first, _ = report.exercises
    others = [
        replace(first, **{what: "another"}) for what in ("name", "title", "source")
    ]

    for each in (first, *others):
        one = replace(report, exercises=(each,))
        assert reports.encode(one) == msgspec.json.encode(one)


@pytest.mark.parametrize("content", [b"", b"[]", b'{"course": "x"}'])
def test_what_is_no_report_is_complained_of(content):
    with pytest.raises(msgspec.DecodeError):
        reports.decode(content)


def test_a_result_that_is_none_is_complained_of(pretend):
    content = reports.encode(pretend.graded("ada", Verdict.PASS).report)

    with pytest.raises(msgspec.DecodeError):
        reports.decode(content.replace(b'"PASS"', b'"FINE"'))
