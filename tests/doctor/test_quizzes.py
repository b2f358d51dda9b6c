"""The proof that the quizzes of a course can be drawn."""

import pytest

QUIZZES = """\
quizzes:
  shapes:
    title: Shapes
    questions:
      - {family: same-padding, count: 2, points: 1}
"""


@pytest.fixture
def with_quizzes(sound):
    """Return a function that appends quizzes to the course."""

    def write(text=QUIZZES):
        file = sound / "course.yml"
        file.write_text(file.read_text() + text)

    return write


def test_a_course_without_quizzes_has_nothing_to_prove(faults):
    assert faults("quizzes") == []


def test_sound_quizzes_hold_and_are_counted(with_quizzes, examined):
    with_quizzes()

    result = next(r for r in examined("quizzes") if r.proof == "quizzes")

    assert result.holds
    assert result.facts == "1 quizzes, 1 families"


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("same-padding", "same-pading", "did you mean 'same-padding'"),
        ("count: 2", "count: 9000000", "variants"),
        ("points: 1", "points: one", "course.yml:12"),
    ],
)
def test_a_blueprint_that_cannot_be_drawn_is_a_fault(
    with_quizzes, faults, old, new, problem
):
    with_quizzes(QUIZZES.replace(old, new))

    assert len(found := faults("quizzes")) == 1
    assert problem in found[0]


def test_an_unsound_family_is_a_fault(with_quizzes, faults, monkeypatch):
    with_quizzes()
    monkeypatch.setattr(
        "grader.quiz.audit.problems", lambda family, count: ["two answers are right"]
    )

    assert faults("quizzes") == ["family same-padding: two answers are right"]
