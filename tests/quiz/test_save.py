"""Nothing half-written stands under the final name."""

import gc
from shutil import rmtree

import pytest

import grader.quiz.save as save_module
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


# The step after the opening has nobody yet who closes the file but the collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.parametrize("way", ["save", "folder"])
def test_an_interrupt_at_any_step_leaves_all_or_nothing(tmp_path, way, interrupt_at):
    def write():
        if way == "save":
            save(tmp_path / "out", [b"a", b"b"])
        else:
            with folder(tmp_path / "out") as inside:
                (inside / "a").write_bytes(b"ab")

    steps = 0
    while interrupt_at(steps, save_module, write):
        gc.collect()
        left = [path.name for path in tmp_path.iterdir()]
        assert left in ([], ["out"]), f"after {steps} steps"
        if left:
            out = tmp_path / "out"
            assert (out if way == "save" else out / "a").read_bytes() == b"ab"
            out.unlink() if way == "save" else rmtree(out)
        steps += 1
    assert steps > 50
