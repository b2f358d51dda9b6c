"""Nothing half-written stands under the final name."""

import pytest

from grader.errors import QuizError
from grader.quiz.save import folder, save


def pieces_that_fail():
    yield b"half"
    raise QuizError("no more variants")


def test_an_error_while_writing_keeps_the_old_file(tmp_path):
    path = tmp_path / "quiz.json"
    path.write_bytes(b"old")

    with pytest.raises(QuizError, match="no more"):
        save(path, pieces_that_fail())
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_an_interrupt_leaves_nothing(tmp_path):
    def interrupted():
        yield b"half"
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        save(tmp_path / "quiz.json", interrupted())
    assert list(tmp_path.iterdir()) == []


def test_a_place_that_is_not_there_is_named(tmp_path):
    with pytest.raises(QuizError, match="cannot write"):
        save(tmp_path / "none" / "quiz.json", [b"x"])


def test_a_folder_appears_whole_or_not_at_all(tmp_path):
    def write():
        with folder(tmp_path / "out") as inside:
            save(inside / "a", [b"x"])
            save(inside / "b", pieces_that_fail())

    with pytest.raises(QuizError, match="no more"):
        write()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_not_replaced(tmp_path):
    (tmp_path / "mine").write_text("keep me")

    with pytest.raises(QuizError, match="exists already"), folder(tmp_path):
        pytest.fail("the folder was opened")
