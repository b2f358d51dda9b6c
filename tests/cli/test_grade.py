"""`grade`, as a student and as a script use it, with every bad input we know."""

import json
import os
import subprocess
import sys
from importlib import metadata
from xml.etree import ElementTree as ET

import pytest

from grader.cli import grade as grade_command

RIGHT = b"""
def double(x, times=1):
    if times < 0:
        raise ValueError("no")
    return x * 2.0 ** times
"""


@pytest.fixture
def grade(small_course, monkeypatch, capsys):
    """Return a function that runs `grade` in the small course."""
    folder = small_course()
    monkeypatch.chdir(folder)

    def run(*args, code=None, file=RIGHT):
        work = folder / "work"
        work.mkdir(exist_ok=True)
        if file is not None:
            (work / "double.py").write_bytes(file)
        monkeypatch.setattr(sys, "argv", ["grade", "--in", "work", *args])
        with pytest.raises(SystemExit) as caught:
            grade_command.main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        if code is not None:
            assert caught.value.code == code, out + err
        return out, err

    return run


def verdicts(out):
    checks = json.loads(out)["exercises"][0]["checks"]
    return [check["verdict"] for check in checks]


def test_all_points_exit_0_and_the_report_goes_to_stdout(grade):
    out, err = grade(code=0)

    assert "All points earned." in out
    assert err == ""


def test_a_wrong_answer_exits_1(grade):
    out, _ = grade(code=1, file=RIGHT.replace(b"x * 2.0", b"x * 3.0"))

    assert "FAIL" in out
    assert "Next: work/double.py" in out


def test_the_same_seed_gives_the_same_report(grade):
    wrong = RIGHT.replace(b"x * 2.0", b"x * 3.0")
    first, _ = grade("--seed", "5", "--format", "json", file=wrong)
    second, _ = grade("--seed", "5", "--format", "json", file=wrong)

    assert json.loads(first)["seed"] == 5
    assert first == second


def test_json_is_pure_on_stdout(grade):
    out, _ = grade("--format", "json", code=0)

    report = json.loads(out)
    assert (report["format_version"], report["score"], report["mode"]) == (1, 5, "live")


def test_junit_is_well_formed_whatever_the_student_says(grade):
    loud = b"def double(x, times=1):\n    raise KeyError('\\x00\\x1b[2J]]><&\\ud800')\n"
    out, _ = grade("--format", "junit", code=1, file=loud)

    root = ET.fromstring(out.encode("utf-8"))
    assert (root.get("failures"), root.get("skipped")) == ("2", "1")


def test_out_writes_the_whole_file_and_nothing_to_stdout(grade, tmp_path):
    out, _ = grade("--format", "gradescope", "--out", "results.json", code=0)

    assert out == ""
    assert json.loads((tmp_path / "results.json").read_text())["score"] == 5


def test_an_unwritable_out_is_one_line(grade):
    _, err = grade("--out", "no/such/folder.txt", code=2)

    assert err.count("\n") == 1
    assert "cannot be written: No such file or directory" in err


@pytest.mark.parametrize(
    ("file", "verdict", "message"),
    [
        (None, "TODO", "there is no double.py in work"),
        (b"", "WRONG", "there is no function double"),
        (b"\x00\x01\x02\xff" * 100, "ERROR", "SyntaxError"),
        (b"x = '\xe9t\xe9'\n", "ERROR", "SyntaxError"),
        (b"def double(:\n", "ERROR", "SyntaxError"),
        (b"#" * (2 << 20), "ERROR", "is larger than 1 MB"),
        (b"import os, socket\n", "ERROR", "may import"),
        (b"import nowhere\n", "ERROR", "nowhere"),
        (b"1 / 0\n", "ERROR", "ZeroDivisionError"),
        (b"raise SystemExit(0)\n", "ERROR", "SystemExit"),
        (b"double = 3\n", "WRONG", "there is no function double"),
        (b"def double():\n    return 1\n", "ERROR", "must take (x, times=1)"),
        (b"def double(x, times=1):\n    pass\n", "WRONG", "got None"),
        (b"def double(x, times=1):\n    return list(x)\n", "WRONG", "got a list"),
        (b"def double(x, times=1):\n    return 2\n", "WRONG", "got the int 2"),
        (b"def double(x, times=1):\n    return x * 2j\n", "WRONG", "complex128"),
        (b"def double(x, times=1):\n    return x.astype(object)\n", "WRONG", "object"),
        (b"def double(x, times=1):\n    return x * float('nan')\n", "WRONG", "nan"),
        (b"def double(x, times=1):\n    return x.sum(keepdims=0)\n", "WRONG", "float"),
        (b"def double(x, times=1):\n    return x[None]\n", "WRONG", "expected shape"),
        (b"def double(x, times=1):\n    return {}\n", "WRONG", "a dict"),
        (
            b"def double(x, times=1):\n    raise NotImplementedError\n",
            "TODO",
            "not wri",
        ),
        (
            b"def double(x, times):\n    return double(x, times)\n",
            "ERROR",
            "must take",
        ),
        (
            b"def double(x, times=1):\n    return double(x, times)\n",
            "ERROR",
            "RecursionError",
        ),
    ],
)
def test_every_bad_file_gets_a_verdict(grade, file, verdict, message):
    out, _ = grade("--format", "json", code=1, file=file)

    first = json.loads(out)["exercises"][0]["checks"][0]
    assert first["verdict"] == verdict
    assert message in first["message"]


def test_float32_and_whole_number_answers_are_right(grade):
    for kind in (b"float32", b"int64"):
        changed = RIGHT.replace(b"2.0 ** times", b"2.0 ** times).astype('%s')" % kind)
        grade(code=0, file=changed.replace(b"return x", b"return (x"))


def test_an_endless_loop_is_a_timeout_and_ends(grade, tmp_path):
    course = tmp_path / "course.yml"
    course.write_text(course.read_text() + "limits:\n  call_seconds: 0.3\n")

    out, _ = grade(
        "--format",
        "json",
        code=1,
        file=RIGHT
        + b"    while 1: pass\n" * 0
        + b"def double(x, times=1):\n    while True: pass\n",
    )

    assert set(verdicts(out)) <= {"TIMEOUT", "SKIP"}


def test_a_flood_of_output_goes_nowhere(grade):
    flood = b"print('x' * 10**8)\n" + RIGHT
    out, err = grade(code=0, file=flood)

    assert len(out) < 2000
    assert err == ""


def test_modules_of_ones_own_can_be_imported(grade, tmp_path):
    (tmp_path / "work").mkdir()
    (tmp_path / "work/helpers.py").write_text("factor = 2.0\n")

    helped = b"from helpers import factor\n" + RIGHT.replace(b"2.0", b"factor")
    grade(code=0, file=helped)


@pytest.mark.parametrize(
    ("args", "message"),
    [
        (["doubel"], "no exercise 'doubel'; did you mean 'double'? Known: double."),
        (["--in", "nowhere"], "nowhere: there is no such folder"),
        (["--in", "course.yml"], "is not a folder"),
        (["--format", "jsn"], "json"),
        (["--seed", "-1"], "seed"),
        (["--seed", "x"], "seed"),
        (["--require", "magic"], "require"),
        (["--frobnicate"], "No such option"),
    ],
)
def test_bad_usage_is_one_line_and_exit_2(grade, args, message):
    out, err = grade(*args, code=2)

    assert out == ""
    assert err.count("\n") == 1
    assert message in err


def test_no_course_is_one_line_and_exit_2(grade, tmp_path):
    (tmp_path / "course.yml").unlink()

    _, err = grade(code=2)

    assert "no course.yml in" in err


def test_a_broken_suite_is_the_courses_fault(grade, tmp_path):
    suite = tmp_path / "tests/hidden/double.py"
    lines = suite.read_text().splitlines()
    suite.write_text("\n".join([*lines, "x = 1 / 0"]))

    _, err = grade(code=2)

    assert f"double.py:{len(lines) + 1}: ZeroDivisionError" in err


def test_help_has_an_example():
    shown = subprocess.run(
        [sys.executable, "-c", "from grader.cli.grade import main; main()", "--help"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout

    assert "Example:" in shown


def test_no_colour_where_none_is_wanted(grade, monkeypatch):
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in grade(code=0)[0]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in grade(code=0)[0]


def test_a_reader_that_goes_away_is_no_error(small_course):
    folder = small_course()
    code = "from grader.cli.grade import main; main()"
    run = subprocess.Popen(
        [sys.executable, "-c", code, "--in", "solutions"],
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    run.stdout.close()
    with run.stderr:
        assert run.stderr.read() == b""
    assert run.wait() in (0, 1)


@pytest.mark.skipif(os.name == "nt", reason="a POSIX machine without isolation")
def test_require_sealed_is_told_in_the_report(grade):
    out, err = grade("--require", "process", code=0)

    assert "isolation: " in out
    assert err == ""


@pytest.mark.parametrize("name", ["grade", "course", "quiz"])
def test_a_command_tells_its_version(command, name):
    out, _ = command(name, "--version")

    assert out == f"{name} {metadata.version('cnn-course')}\n"
