"""Practice sessions: levels rise, nothing repeats, the place is kept."""

from dataclasses import replace

import pytest

from grader.errors import QuizError
from grader.quiz.practice import Session, ask, feedback, keep, load, mark, summary

SHAPE, POOL = "convolution-output-shape", "max-pooling-by-hand"


def right(asked):
    answer = asked.answer
    return "; ".join(map(str, answer)) if isinstance(answer, tuple) else str(answer)


def test_questions_differ_and_the_same_session_asks_the_same():
    session, ids = Session(seed=1), []
    for _ in range(30):
        session, asked = ask(session, (SHAPE,))
        ids.append(asked.id)

    assert len(set(ids)) == 30
    assert ask(Session(seed=1), (SHAPE,))[1].id == ids[0]


def test_the_level_rises_after_two_right_answers_and_falls_after_a_wrong_one():
    session, levels = Session(seed=1), []
    for written in (right, right, right, right, lambda _: "nonsense", right):
        session, asked = ask(session, (SHAPE,))
        levels.append(asked.level)
        session, _ = mark(session, asked, written(asked))

    assert levels == [1, 1, 2, 2, 3, 1]


def test_a_level_that_is_asked_for_stays():
    _, asked = ask(Session(seed=1), (SHAPE,), level=3)

    assert asked.level == 3


def test_a_family_that_is_used_up_starts_again():
    session = replace(Session(seed=1), asked={f"{SHAPE}/1": 6_840})
    session, asked = ask(session, (SHAPE,))

    assert asked.family == SHAPE
    assert session.asked == {f"{SHAPE}/1": 6_841}


def test_wrong_answers_are_met_with_their_misconception():
    _, asked = ask(Session(seed=1), (SHAPE,))
    wrong = next(choice for choice in asked.choices if not choice.correct)
    session, got = mark(Session(seed=1), asked, wrong.text)

    assert feedback(asked, got) == [wrong.feedback]
    assert session.scores == {"output shape": (0, 1)}
    assert "0.0 of 1    output shape" in summary(session)


def test_partly_right_blanks_earn_their_share():
    _, asked = ask(Session(seed=1), (POOL,))
    written = right(asked).rsplit(";", 1)[0]
    session, got = mark(Session(seed=1), asked, f"{written}; 99")

    assert 0 < got.share < 1
    assert session.scores["pooling"] == (got.share, 1)
    assert f"{got.share:.0%}" in feedback(asked, got)[-1]


def test_a_session_is_kept_and_read_again(tmp_path):
    session, asked = ask(Session(seed=5), (SHAPE, POOL))
    session, _ = mark(session, asked, right(asked))
    keep(session, tmp_path / "new" / "state.json")

    assert load(tmp_path / "new" / "state.json", seed=9) == session
    assert load(tmp_path / "none.json", seed=9) == Session(seed=9)


@pytest.mark.parametrize("content", ["", "[]", '{"format_version": 9, "scores": {}}'])
def test_a_file_that_is_no_session_is_refused(tmp_path, content):
    path = tmp_path / "state.json"
    path.write_text(content)

    with pytest.raises(QuizError, match="holds no practice session"):
        load(path, seed=1)
