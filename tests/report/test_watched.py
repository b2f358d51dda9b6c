"""The screen of `grade --watch`: what fits, whatever the terminal's size."""

import pytest

from grader.report import watched
from grader.verdict import CheckResult, ExerciseResult, Finding, Report, Verdict


def result(name, *verdicts):
    checks = tuple(
        CheckResult(
            name=f"c{number}",
            claim=f"Claim {number} of {name} is a line that is wrapped when narrow.",
            visibility="public",
            verdict=verdict,
            score=2.0 if verdict is Verdict.PASS else 0.0,
            max_score=2.0,
            finding=None if verdict is Verdict.PASS else Finding("is wrong"),
        )
        for number, verdict in enumerate(verdicts)
    )
    return ExerciseResult(name, name.title(), checks)


def report(*exercises):
    return Report("A course with a title", "live", 1, "sealed", tuple(exercises))


def draw(made, *, focus=(), width=60, height=24, colour=False):
    return watched.draw(
        made,
        focus=focus,
        following="Next: assignments/stride.py\nStuck? grade --hint stride",
        status="Judged in 0.10 s. Ctrl-C ends.",
        width=width,
        height=height,
        colour=colour,
    )


MANY = report(*(result(f"ex{n}", *[Verdict.WRONG] * 9) for n in range(11)))


@pytest.mark.parametrize("width", [30, 40, 80, 100])
@pytest.mark.parametrize("height", [12, 22, 24, 60])
def test_the_screen_is_never_wider_or_higher_than_the_terminal(width, height):
    lines = draw(MANY, width=width, height=height)

    assert len(lines) <= height
    assert max(map(len, lines)) <= width
    assert lines[-1].startswith("Judged in 0.10 s.")


def test_the_exercise_just_changed_is_shown_and_only_what_is_open_in_it():
    made = report(
        result("padding", Verdict.WRONG), result("stride", Verdict.PASS, Verdict.WRONG)
    )

    shown = "\n".join(draw(made, focus=("stride",)))
    first = "\n".join(draw(made, focus=("padding", "stride")))

    assert "Claim 1 of stride" in shown
    assert "Claim 0" not in shown
    assert "Claim 0 of padding" in first


def test_what_does_not_fit_is_said_to_be_left_out():
    lines = draw(MANY, focus=("ex3",))

    assert "… the rest: grade ex3" in lines


def test_all_points_are_celebrated():
    lines = draw(report(result("stride", Verdict.PASS)), colour=True)

    assert any("All 2 points. Well done!" in line for line in lines)


def test_without_colour_there_is_no_escape():
    assert "\x1b" not in "".join(draw(MANY))
