"""`course release` on a small course, and `grade` in what it gives."""

import json
import os
import re
import subprocess
import sys
import zipfile
from functools import partial
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def release(small_course, monkeypatch, command):
    """Return a function that runs `course release` in the small course."""
    monkeypatch.chdir(small_course())
    return partial(command, "course", "release")


def test_the_same_course_and_seed_give_the_same_bytes(release):
    """In whatever order Python keeps its sets."""

    def made(seed, order):
        code = "from grader.cli.course import main; main()"
        options = ["release", "--out", "made.zip", "--seed", str(seed)]
        environment = {**os.environ, "PYTHONHASHSEED": order, "PYTHONPATH": str(ROOT)}
        subprocess.run(
            [sys.executable, "-c", code, *options],
            env=environment,
            check=True,
            capture_output=True,
        )
        return Path("made.zip").read_bytes()

    one = made(4, "1")
    assert made(4, "2") == one
    assert made(5, "1") != one


def test_it_says_what_it_wrote(release):
    out, _ = release()

    assert re.fullmatch(r"wrote student\.zip \(0\.\d\d MB\)\n", out)
    assert zipfile.ZipFile("student.zip").testzip() is None


def test_where_it_cannot_be_written_nothing_is_left(release):
    _, err = release("--out", "nowhere/student.zip", code=2)

    assert "nowhere/student.zip: cannot be written" in err
    assert not Path("nowhere").exists()


def test_a_course_that_is_not_sound_gives_no_zip(release):
    Path("solutions/double.py").write_text("def double(x): return x\n")
    _, err = release(code=2)

    assert "BEGIN SOLUTION" in err
    assert not list(Path.cwd().glob("*.zip"))


# --- `grade` in a small zip


@pytest.fixture
def graded(release, tmp_path, monkeypatch, command):
    """Return a small unpacked zip, and a function that runs `grade` there."""
    release()
    folder = tmp_path / "student"
    zipfile.ZipFile("student.zip").extractall(folder)
    monkeypatch.chdir(folder)
    return folder, partial(command, "grade")


def test_a_zip_is_judged_sealed(graded):
    _, run = graded

    out, err = run("--format", "json", code=1)
    assert (json.loads(out)["mode"], err) == ("sealed", "")


def test_a_folder_of_the_students_own_does_not_make_it_an_authors_course(graded):
    folder, run = graded
    (folder / "solutions").mkdir()

    out, _ = run("--format", "json", code=1)
    assert json.loads(out)["mode"] == "sealed"


def _truncate(folder):
    path = folder / "sealed/double.sealed"
    path.write_bytes(path.read_bytes()[:-10])


def _make_newer(folder):
    path = folder / "sealed/double.sealed"
    path.write_bytes(path.read_bytes().replace(b"sealed 3", b"sealed 4", 1))


def _edit_course(folder):
    path = folder / "course.yml"
    path.write_text(path.read_text().replace("points: 5", "points: 50"))


def _lose(folder):
    (folder / "sealed/double.sealed").unlink()
    (folder / "sealed").rmdir()


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_truncate, "double.sealed: is damaged or was edited. Unpack"),
        (_make_newer, "double.sealed: has format 4, this grader reads 3. Install"),
        (_edit_course, "double.sealed: does not belong to this course.yml. Unpack"),
        (_lose, "double.sealed: is missing. Unpack"),
    ],
)
def test_what_is_not_as_it_was_unpacked_gets_one_clear_line(graded, spoil, said):
    folder, run = graded
    spoil(folder)

    out, err = run(code=2)
    assert out == ""
    assert said in err
    assert len(err.splitlines()) == 1
