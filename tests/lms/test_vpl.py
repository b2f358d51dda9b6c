"""Moodle's Virtual Programming Lab, simulated: its two phases, and how it reads.

The rules of reading are those of VPL's own documentation and source: the grade is the
last line that begins with ``Grade :=>>``, and a line end may be CR, LF or both.
"""

from __future__ import annotations

import base64
import io
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.report import vpl
from grader.verdict import CheckResult, ExerciseResult, Finding, Report, Verdict

PATIENCE = 60
NAME = "stride.py"
# What docs/lms.md says is ample: 1 GB, 3 minutes.
LIMITED = "ulimit -v 1048576 -t 180; exec ./vpl_execution"
GRADES = "VPL_GRADEMIN=0\nVPL_GRADEMAX=10\n"
linux = pytest.mark.skipif(
    sys.platform != "linux", reason="VPL's execution servers run Linux"
)


def read_as_moodle(text):
    """Return the grade that Moodle takes, or None, and the comments in its blocks."""
    grade, comments, inside = None, [], False
    for line in re.split(r"\r\n|\r|\n", text):
        if line.startswith("Grade :=>>"):
            grade = line.removeprefix("Grade :=>>").strip()
        if inside and line.strip() == "--|>":
            inside = False
        elif inside:
            comments.append(line)
        elif line.strip() == "<|--":
            inside = True
        elif line.startswith("Comment :=>>"):
            comments.append(line.removeprefix("Comment :=>>").strip())
    assert not inside, "a comment that never ends"
    return None if grade is None else float(grade), comments


@pytest.fixture
def evaluate(exported, tmp_path):
    """Return a function that evaluates a submission in a folder of its own."""
    unpacked = tmp_path / "files"
    with zipfile.ZipFile(exported("vpl")) as made:
        made.extractall(unpacked)
    tools = tmp_path / "bin"
    tools.mkdir()
    python = tools / "python3"
    python.write_text(f'#!/bin/bash\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    environment = {"PATH": f"{tools}:/usr/bin:/bin"}

    def run(source, action="evaluate", grades=GRADES, name=NAME):
        home = tmp_path / "home"
        shutil.rmtree(home, ignore_errors=True)
        shutil.copytree(unpacked, home)
        (home / name).write_bytes(source)
        if grades is not None:
            (home / "vpl_environment.sh").write_text(grades)
        options = {"cwd": home, "env": environment, "text": True}
        options |= {"capture_output": True, "timeout": PATIENCE}
        prepared = subprocess.run(["bash", f"vpl_{action}.sh"], check=False, **options)
        assert (prepared.returncode, prepared.stderr) == (0, "")
        said = subprocess.run(["bash", "-c", LIMITED], check=False, **options)
        assert said.stderr == ""
        return said.stdout

    run.files, run.home, run.python = unpacked, tmp_path / "home", python
    return run


@linux
def test_the_grade_is_our_score_in_the_range_of_moodle(
    evaluate, solution, skeleton, wrong, earns
):
    for source in (solution, skeleton, wrong):
        grade, _ = read_as_moodle(evaluate(source))
        assert grade == pytest.approx(earns(source) / 40 * 10)

    grade, _ = read_as_moodle(evaluate(skeleton, grades="VPL_GRADEMIN=-5\n"))
    assert grade == -5
    grade, _ = read_as_moodle(evaluate(solution, grades=None))
    assert grade == 100


@linux
def test_the_student_reads_what_is_wrong_but_not_of_hidden_checks(evaluate, wrong):
    _, comments = read_as_moodle(evaluate(wrong))

    assert comments[0].startswith("-Stride: ")
    assert any(line.startswith(">FAIL") for line in comments)
    assert any("hidden checks, which are worth" in line for line in comments)


@linux
def test_a_run_shows_the_same_in_a_terminal_without_a_grade(evaluate, wrong):
    said = evaluate(wrong, action="run")

    assert read_as_moodle(said) == (None, [])
    assert said.startswith("Stride: 29/40\nok  ")
    assert "\nFAIL " in said


@linux
def test_without_a_module_nobody_earns_by_ours(evaluate, solution):
    """The solutions lie near the submission, and are never taken for one."""
    grade, _ = read_as_moodle(evaluate(solution, name="other.py"))

    assert grade == 0


@linux
def test_no_attack_forges_a_grade(evaluate, attacks):
    for name in ("takeover", "markup_for_machines", "floods_stdout"):
        source = attacks(evaluate.home)[name]
        said = evaluate(source)
        grade, comments = read_as_moodle(said)

        assert grade <= 1, name
        assert said.count("Grade :=>>") - "".join(comments).count("Grade :=>>") == 1
        assert all(line[0] in "->" for line in comments), name
        assert "BREACH" not in said
        assert not (evaluate.home / "stolen").exists()


@linux
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda run: (run.files / "autograder.b64").unlink(), "missing or damaged"),
        (
            lambda run: (run.files / "autograder.b64").write_text("damaged"),
            "missing or damaged",
        ),
        (lambda run: run.python.write_text("#!/bin/sh\nexit 1\n"), "needs Python 3.10"),
    ],
)
def test_where_we_fail_there_is_a_word_and_no_grade(evaluate, solution, spoil, said):
    spoil(evaluate)
    grade, comments = read_as_moodle(evaluate(solution))

    assert grade is None
    assert len(comments) == 1
    assert said in comments[0]


def test_the_zip_is_three_text_files(exported):
    with zipfile.ZipFile(exported("vpl")) as made:
        names = made.namelist()
        texts = {name: made.read(name).decode("ascii") for name in names}

    assert names == ["autograder.b64", "vpl_evaluate.sh", "vpl_run.sh"]
    payload = io.BytesIO(base64.b64decode(texts["autograder.b64"]))
    with zipfile.ZipFile(payload) as inner:
        assert {"start.py", "course/course.yml"} <= set(inner.namelist())


def report(text, verdict=Verdict.WRONG):
    finding = Finding(text, text, None, (text, text), text)
    score = None if verdict is Verdict.INTERNAL else 1.0
    checks = (
        CheckResult("one", text, "public", verdict, score, 2.0, (), finding),
        CheckResult("two", "Fine.", "hidden", Verdict.PASS, 2.0, 2.0),
    )
    exercise = ExerciseResult("stride", text, checks)
    return Report("A course", "live", 7, "sealed (seccomp)", (exercise,))


@given(
    st.lists(
        st.sampled_from(
            ["Grade :=>> 9", "--|>", "<|--", "Comment :=>> x", "\r", "\n", "\x85", " "]
        )
    ).map("".join)
)
def test_no_text_forges_a_line(text):
    grade, comments = read_as_moodle(vpl.render(report(text)))

    assert grade == 75
    assert all(line[0] in "->" for line in comments)


def test_there_is_no_grade_where_the_grader_failed():
    text = vpl.render(report("x", Verdict.INTERNAL))
    grade, comments = read_as_moodle(text)

    assert grade is None
    assert comments[-1].startswith("Not graded: the grader itself failed")


def test_hidden_checks_are_listed_where_the_course_shows_them():
    shown = vpl.render(report("x"), hidden_visibility="visible")
    kept = vpl.render(report("x"))

    assert ">ok    Fine. (2/2)" in shown
    assert "Fine." not in kept
    assert ">and 1 hidden checks, which are worth 2" in kept


def test_the_suite_is_gone_from_where_vpl_put_it(evaluate, solution):
    evaluate(solution)

    assert not (evaluate.home / "autograder.b64").exists()
    assert (Path(evaluate.home) / ".autograder").stat().st_mode & 0o077 == 0
