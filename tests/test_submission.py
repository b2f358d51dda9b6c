"""Reading what a student handed in: bytes of regular files, and nothing else."""

import os

import pytest

from grader import submission
from grader.errors import SubmissionError


def test_python_files_are_read_as_bytes(tmp_path):
    (tmp_path / "stride.py").write_bytes(b"\xff not utf-8")
    (tmp_path / "notes.txt").write_text("no")
    (tmp_path / ".hidden.py").write_text("no")

    assert dict(submission.read(tmp_path).files) == {"stride.py": b"\xff not utf-8"}


def test_a_link_is_a_problem_of_that_file_alone(tmp_path):
    (tmp_path / "good.py").write_text("")
    (tmp_path / "stride.py").symlink_to("/etc/hostname")

    found = submission.read(tmp_path)

    assert list(found.files) == ["good.py"]
    assert found.problems["stride.py"] == "is a link; hand in the file itself"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_does_not_hang(tmp_path):
    os.mkfifo(tmp_path / "stride.py")

    found = submission.read(tmp_path)

    assert found.problems["stride.py"] == "is not a regular file"


def test_a_folder_with_a_module_name_is_a_problem(tmp_path):
    (tmp_path / "stride.py").mkdir()

    assert "stride.py" in submission.read(tmp_path).problems


def test_a_huge_file_is_a_problem(tmp_path):
    (tmp_path / "stride.py").write_bytes(b"#" * (submission.MAX_FILE_BYTES + 1))

    problem = submission.read(tmp_path).problems["stride.py"]
    assert problem == "is larger than 1 MB; hand in code only"


def test_more_files_than_anybody_writes_are_not_read(tmp_path):
    for number in range(submission.MAX_FILES + 1):
        (tmp_path / f"m{number:04}.py").write_text("")

    found = submission.read(tmp_path)

    assert len(found.files) == submission.MAX_FILES
    assert "more than 200 files" in found.problems["m0200.py"]


def test_a_missing_folder_is_one_line(tmp_path):
    with pytest.raises(SubmissionError, match="there is no such folder"):
        submission.read(tmp_path / "nowhere")


def test_a_file_instead_of_a_folder_is_one_line(tmp_path):
    (tmp_path / "stride.py").write_text("")

    with pytest.raises(SubmissionError, match="is not a folder"):
        submission.read(tmp_path / "stride.py")
