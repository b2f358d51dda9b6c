"""Every submission whose verdict is known gets it, and its beliefs, in the sandbox."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

SUBMISSIONS = Path(__file__).parents[1] / "submissions"
FILES = [f for f in sorted(SUBMISSIONS.glob("*/*/*.py")) if f.is_file()]


def expected(file):
    """Return the verdict that the folder says, and the beliefs of ``# names:``."""
    header = re.search(r"(?m)^# names: (.+)$", file.read_text(encoding="utf-8"))
    names = header.group(1).strip() if header else "nothing"
    beliefs = set() if names == "nothing" else set(re.split(r",\s*", names))
    return file.parent.name.upper(), beliefs


@pytest.mark.parametrize(
    "file", FILES, ids=lambda f: "/".join(f.relative_to(SUBMISSIONS).parts)
)
def test_a_known_submission_gets_its_verdict_and_its_beliefs(judged, file):
    result = judged(file.parents[1].name, file.read_bytes())

    named = {id_ for check in result.checks for id_ in check.misconceptions}
    assert (result.verdict.value, named) == expected(file)


def test_every_exercise_has_right_and_wrong_submissions(course):
    found = {(file.parents[1].name, file.parent.name) for file in FILES}

    names = {exercise.name for exercise in course.exercises}
    assert found >= {(name, "wrong") for name in names}
    assert found >= {(name, "pass") for name in names}
