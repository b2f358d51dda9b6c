"""`course export`: what it writes, twice the same, and what it says to bad input."""

import importlib.util
import os
import subprocess
import sys
import zipfile
from functools import partial
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def export(small_course, monkeypatch, command):
    """Return a function that runs `course export` in the small course."""
    monkeypatch.chdir(small_course())
    return partial(command, "course", "export")


@pytest.mark.parametrize("system", ["gradescope", "vpl"])
def test_it_says_what_it_wrote(export, system):
    out, err = export(system)

    assert out.startswith(f"wrote {system}.zip (0.")
    assert out.endswith(" MB): 1 exercise, 5 points\n")
    assert err == ""
    with zipfile.ZipFile(f"{system}.zip") as made:
        assert made.testzip() is None


@pytest.mark.parametrize("system", ["gradescope", "otter", "vpl"])
def test_the_same_course_gives_the_same_bytes(small_course, tmp_path, system, required):
    """In whatever order Python keeps its sets, whenever it is."""
    if system == "otter" and importlib.util.find_spec("otter") is None:
        required("otter-grader is not installed: pip install -e '.[otter]'")
    folder = small_course()

    def made(order):
        code = "from grader.cli.course import main; main()"
        subprocess.run(
            [sys.executable, "-c", code, "export", system, "--out", "made.zip"],
            cwd=folder,
            env={**os.environ, "PYTHONHASHSEED": order, "PYTHONPATH": str(ROOT)},
            check=True,
            capture_output=True,
        )
        return (folder / "made.zip").read_bytes()

    assert made("1") == made("2")


def test_nothing_of_quizzes_but_the_course_and_its_suite_travels(export):
    export("gradescope", "double")
    with zipfile.ZipFile("gradescope.zip") as made:
        names = {name for name in made.namelist() if name.startswith("course/")}
        script = made.read("run_autograder").decode()

    assert names == {
        "course/",
        "course/course.yml",
        "course/solutions/",
        "course/solutions/double.py",
        "course/tests/",
        "course/tests/hidden/",
        "course/tests/hidden/double.py",
    }
    assert 'gradescope_run 180 "$root" double &' in script


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["moodle"], "'moodle' is not one of 'gradescope', 'otter', 'github', 'vpl'"),
        (["vpl", "dubble"], "there is no exercise 'dubble'; did you mean 'double'?"),
        (["vpl", "--out", "nowhere/x.zip"], "nowhere/x.zip: cannot be written"),
        (["vpl", "--out", "assignments"], "assignments: cannot be written"),
        (["vpl", "--release", "x.zip"], "--release is for github, not for vpl"),
        (["github"], "github needs --release ZIP, the zip that `course release` wrote"),
        (["github", "--release", "x.zip"], "x.zip: cannot be read: No such file"),
    ],
)
def test_bad_input_gets_one_clear_line_and_leaves_nothing(export, arguments, said):
    out, err = export(*arguments, code=2)

    assert out == ""
    assert said in err
    assert len(err.splitlines()) == 1
    assert not list(Path.cwd().rglob("*.zip"))


def test_a_course_that_is_not_sound_gives_no_zip(export):
    Path("tests/hidden/double.py").write_text("def (")
    _, err = export("gradescope", code=2)

    assert "double.py" in err
    assert len(err.splitlines()) == 1
    assert not list(Path.cwd().glob("*.zip"))


def test_without_otter_it_says_how_to_get_it(small_course):
    code = (
        "import sys; sys.modules['otter'] = None\n"
        "from grader.cli.course import main; main()"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code, "export", "otter"],
        cwd=small_course(),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 2
    assert "otter-grader is not installed" in ran.stderr
    assert "pip install -e '.[otter]'" in ran.stderr
    assert len(ran.stderr.splitlines()) == 1
