"""Files and folders appear whole or not at all."""

import gc
from shutil import rmtree

import pytest

from grader import files
from grader.errors import GraderError
from grader.files import write_folder, write_whole

BOTH = {"a": b"first", "b": b"second"}


def holds(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_a_folder_holds_what_it_was_given_for_everybody_to_read(tmp_path):
    write_folder(tmp_path / "out", BOTH)

    assert holds(tmp_path / "out") == BOTH
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert {path.stat().st_mode & 0o777 for path in (tmp_path / "out").iterdir()} == {
        0o644
    }


def test_a_folder_that_cannot_be_written_leaves_nothing(tmp_path):
    with pytest.raises(GraderError, match="out: cannot be written"):
        write_folder(tmp_path / "out", {**BOTH, "no/where": b""})

    assert list(tmp_path.iterdir()) == []


def test_a_folder_with_something_in_it_is_not_replaced(tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine").write_bytes(b"keep me")

    with pytest.raises(GraderError, match="out: cannot be written"):
        write_folder(tmp_path / "out", BOTH)

    assert holds(tmp_path / "out") == {"mine": b"keep me"}
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


# The step after the opening has nobody yet who closes the file but the collector.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
@pytest.mark.filterwarnings("ignore:unclosed file:ResourceWarning")
@pytest.mark.parametrize("way", ["file", "folder"])
def test_an_interrupt_at_any_step_leaves_all_or_nothing(tmp_path, way, interrupt_at):
    out = tmp_path / "out"

    def write():
        write_whole(out, b"all") if way == "file" else write_folder(out, BOTH)

    steps = 0
    while interrupt_at(steps, files, write):
        gc.collect()
        left = [path.name for path in tmp_path.iterdir()]
        assert left in ([], ["out"]), f"after {steps} steps"
        if left and way == "file":
            assert out.read_bytes() == b"all"
            out.unlink()
        elif left:
            assert holds(out) == BOTH
            rmtree(out)
        steps += 1
    assert steps > 50
