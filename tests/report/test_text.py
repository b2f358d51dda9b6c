"""The text report: what a student sees in a terminal."""

import pytest

from grader.report import text
from grader.verdict import (
    CheckResult,
    ExerciseResult,
    Finding,
    Report,
    StudentText,
    Verdict,
)


def check(name, verdict, *, finding=None, score=0.0, visibility="public"):
    return CheckResult(
        name=name,
        claim=f"The claim of {name}.",
        visibility=visibility,
        verdict=verdict,
        score=score,
        max_score=2.0,
        finding=finding,
    )


WRONG = Finding(
    problem="out[0, 1]: expected 12, got 6 (3 of 4 entries differ)",
    call="correlate2d(image=np.array([[1, 2], [3, 4]]), kernel=np.array([[1]]))",
    working=("window:", "1  2", "3  4", "the products sum to 12"),
    hint="Looks like: The kernel was turned. Slide it as it is.",
)
RAISED = Finding(
    problem="raised IndexError: index 3 is out of bounds",
    call="zero_pad(x, 1)",
    student=StudentText("IndexError: …", "padding.py:12, in zero_pad", "out[i] = x"),
)


@pytest.fixture
def report():
    checks = (
        check("right", Verdict.PASS, score=2.0),
        check("wrong", Verdict.WRONG, finding=WRONG),
        check("raised", Verdict.ERROR, finding=RAISED),
        check("waits", Verdict.SKIP, finding=Finding("waits for: The claim of wrong.")),
        check("todo", Verdict.TODO, finding=Finding("conv2d is not written yet")),
        check("again", Verdict.TODO, finding=Finding("conv2d is not written yet")),
    )
    done = ExerciseResult("padding", "Padding", (checks[0],))
    return Report(
        course="A course",
        mode="live",
        seed=7,
        isolation="sealed (seccomp)",
        exercises=(done, ExerciseResult("stride", "Stride", checks)),
    )


def test_the_report_reads_as_it_should(report, golden):
    golden("report.txt", text.render(report, folder="assignments"))


def test_it_fits_a_narrow_terminal(report, golden):
    narrow = text.render(report, width=40, folder="assignments")

    assert max(map(len, narrow.splitlines())) <= 40
    golden("report-40.txt", narrow)


def test_colour_is_added_only_when_asked_for_and_never_carries_meaning(report):
    plain = text.render(report)
    painted = text.render(report, colour=True)

    assert "\x1b" not in plain
    assert "\x1b[31m" in painted
    for code in (0, 1, 2, 31, 32, 33, 35, 36):
        painted = painted.replace(f"\x1b[{code}m", "")
    assert painted == plain


def test_the_same_news_is_told_once(report):
    assert text.render(report).count("conv2d is not written yet") == 1


def test_it_says_what_to_do_next(report):
    assert text.render(report, folder="work").endswith("Next: work/stride.py\n")


def test_a_failure_of_the_grader_is_not_the_students(report):
    ours = check("ours", Verdict.INTERNAL, score=None, finding=Finding("broke"))
    failed = Report(
        "A course", "live", 7, "process", (ExerciseResult("stride", "Stride", (ours,)),)
    )

    shown = text.render(failed)

    assert "?/2" in shown
    assert "not your fault" in shown
