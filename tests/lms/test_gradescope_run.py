"""What instructors read of a run whose judge failed in some check."""

import json

import pytest

from grader.lms import gradescope_run
from grader.verdict import CheckResult, ExerciseResult, Finding, Report, Verdict


@pytest.fixture
def tree(small_course, tmp_path):
    """Return Gradescope's tree, with the small course in it."""
    root = tmp_path / "autograder"
    for name in ("source", "submission", "results"):
        (root / name).mkdir(parents=True)
    small_course().joinpath("course.yml").rename(tmp_path / "kept.yml")
    (root / "source" / "course").mkdir()
    (tmp_path / "kept.yml").rename(root / "source" / "course" / "course.yml")
    return root


def test_a_check_in_which_the_grader_failed_makes_no_grade(tree, monkeypatch, capsys):
    checks = (
        CheckResult("one", "A claim.", "public", Verdict.PASS, 2.0, 2.0),
        CheckResult(
            "two", "A claim.", "hidden", Verdict.INTERNAL, None, 3.0, (), Finding("why")
        ),
    )
    exercise = ExerciseResult("double", "Doubling", checks)
    report = Report("A course", "live", 7, "sealed (seccomp)", (exercise,))
    monkeypatch.setattr(gradescope_run, "judge", lambda *_: report)
    status = gradescope_run.main([str(tree)])
    results = json.loads((tree / "results" / "results.json").read_text())

    assert status == 1
    assert results["extra_data"] == {"graded": False}
    assert "double.two: why" in capsys.readouterr().out


@pytest.mark.parametrize(
    "error", [MemoryError(), RecursionError(), OSError(28, "full")]
)
def test_whatever_goes_wrong_is_said_and_nothing_is_written(
    tree, monkeypatch, capsys, error
):
    def fail(*_):
        raise error

    monkeypatch.setattr(gradescope_run, "judge", fail)

    assert gradescope_run.main([str(tree)]) == 1
    assert type(error).__name__ in capsys.readouterr().out
    assert not list((tree / "results").iterdir())
