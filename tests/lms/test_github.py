"""GitHub Classroom's workflow: parsed, and its steps run as GitHub runs them."""

from __future__ import annotations

import base64
import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml

from grader.lms.github_run import as_result
from grader.verdict import CheckResult, ExerciseResult, Finding, Report, Verdict

WORKFLOW = ".github/workflows/classroom.yml"
PATIENCE = 60
SOLUTION = "import numpy as np\n\n\ndef double(x, times=1):\n"
RIGHT = f"""{SOLUTION}    if times < 0:
        raise ValueError
    return x * 2.0**times
"""
WRONG = f"{SOLUTION}    return x * 2.0\n"
HOSTILE = f"""{SOLUTION}    raise KeyError(
        "::set-output name=result::x\\n::error::forged\\n```\\n# 100/100\\n<b>")
"""
linux = pytest.mark.skipif(
    sys.platform != "linux", reason="the workflow runs on ubuntu-latest"
)


@pytest.fixture
def run(command):
    """Return a function that runs `course` here, and gives its errors."""
    return lambda *args, code=0: command("course", *args, code=code)[1]


@pytest.fixture
def template(small_course, monkeypatch, run, tmp_path):
    """Return the folder of a repository made from the template."""
    monkeypatch.chdir(small_course())
    run("release", "--out", "student.zip")
    run("export", "github", "--release", "student.zip", "--out", "github.zip")
    repository = tmp_path / "repository"
    with zipfile.ZipFile("github.zip") as made:
        made.extractall(repository)
    return repository


@pytest.fixture
def workflow(template, offline_python, tmp_path):
    """Return a function that runs the steps of the workflow, and what they left."""
    runner = tmp_path / "runner"
    (runner / "bin").mkdir(parents=True)
    offline_python(runner / "bin", "python")
    parsed = yaml.safe_load((template / WORKFLOW).read_text(encoding="utf-8"))
    (job,) = parsed["jobs"].values()

    def steps(code=0):
        for name in ("summary", "output"):
            (runner / name).write_text("")
        said = ""
        for step in job["steps"]:
            installed = (runner / "grader").exists() and "venv" in step.get("run", "")
            if "run" not in step or installed:
                continue
            ran = subprocess.run(
                ["bash", "-e", "-c", step["run"]],
                cwd=template,
                env={
                    "PATH": f"{runner}/bin:{os.environ['PATH']}",
                    "RUNNER_TEMP": str(runner),
                    "GITHUB_STEP_SUMMARY": str(runner / "summary"),
                    "GITHUB_OUTPUT": str(runner / "output"),
                    "PIP_NO_INDEX": "1",
                    "PIP_NO_DEPS": "1",
                },
                capture_output=True,
                text=True,
                check=False,
                timeout=PATIENCE,
            )
            said += ran.stdout + ran.stderr
            if ran.returncode:
                break
        assert ran.returncode == code, said
        return said, (runner / "summary").read_text(), (runner / "output").read_text()

    steps.template, steps.parsed, steps.job = template, parsed, job
    return steps


def reported(output):
    """Return what Classroom's reporter reads of the output of a step."""
    (line,) = output.splitlines()
    name, _, value = line.partition("=")
    assert name == "result"
    results = json.loads(base64.b64decode(value, validate=True))
    assert set(results) == {"version", "status", "max_score", "tests"}
    return results


@linux
def test_the_points_and_the_report_arrive(workflow):
    module = workflow.template / "assignments" / "double.py"
    module.write_text(RIGHT)
    said, summary, output = workflow()
    assert "Points 5/5." in said
    assert summary.startswith("# A small course: 5/5\n")
    assert reported(output)["status"] == "pass"

    module.write_text(WRONG)
    _, summary, output = workflow()
    results = reported(output)
    assert (results["status"], results["max_score"]) == ("fail", 5)
    assert sum(test["score"] for test in results["tests"]) == 2
    assert "- **FAIL** It doubles as often as asked. (0/2)" in summary


@linux
def test_a_submission_says_nothing_to_the_workflow(workflow):
    (workflow.template / "assignments" / "double.py").write_text(HOSTILE)
    for name in ("venv", "pip", "base64", "grader", "sitecustomize"):
        (workflow.template / f"{name}.py").write_text("raise SystemExit('BREACH')\n")
    said, summary, output = workflow()

    assert "BREACH" not in said
    assert not [line for line in said.splitlines() if line.startswith("::")]
    assert "\n# 100" not in summary
    assert sum(test["score"] for test in reported(output)["tests"]) == 0
    assert "forged" not in base64.b64decode(output.partition("=")[2]).decode()


@linux
@pytest.mark.parametrize("changed", ["course.yml", "sealed/double.sealed", "wheel"])
def test_what_grades_must_be_as_it_was_handed_out(workflow, changed):
    place = workflow.template / changed
    if changed == "wheel":
        (place,) = workflow.template.glob("*.whl")
    place.write_bytes(place.read_bytes().replace(b"5", b"6"))
    said, summary, output = workflow(code=1)

    assert "::error::course.yml, the grader or the sealed suite was changed" in said
    assert (summary, output) == ("", "")


def test_the_workflow_is_what_github_and_classroom_read(workflow):
    parsed, job = workflow.parsed, workflow.job
    on = parsed[True]  # YAML 1.1 takes `on` for a truth value; GitHub does not

    assert "push" in on
    assert parsed["permissions"] == {
        "checks": "write",
        "actions": "read",
        "contents": "read",
    }
    *_, grade, reporter = job["steps"]
    assert reporter["with"]["runners"] == grade["id"]
    assert reporter["env"] == {
        f"{grade['id'].upper()}_RESULTS": "${{ steps.grade.outputs.result }}"
    }
    assert reporter["uses"].startswith("classroom-resources/autograding-grading-rep")
    # A student's text never stands in a script: only GitHub's own values may.
    assert "${{" not in "".join(step.get("run", "") for step in job["steps"])


def test_a_failure_of_ours_posts_no_points():
    check = CheckResult(
        "one", "A claim.", "public", Verdict.INTERNAL, None, 2.0, (), Finding("x")
    )
    exercise = ExerciseResult("double", "Doubling", (check,))
    report = Report("A course", "sealed", 7, "sealed", (exercise,))

    assert as_result(report) == {
        "version": 1,
        "status": "error",
        "max_score": 0,
        "tests": [],
    }


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "cannot be read: No such file"),
        (b"not a zip", "is no zip, or a damaged one"),
        ({"course.yml": b""}, "holds no sealed/double.sealed"),
        ({"sealed/double.sealed": b""}, "holds no course.yml"),
        ({"course.yml": b"", "sealed/double.sealed": b""}, "holds no the grader"),
    ],
)
def test_another_zip_gets_one_clear_line(small_course, monkeypatch, run, content, said):
    monkeypatch.chdir(small_course())
    if isinstance(content, dict):
        with zipfile.ZipFile("student.zip", "w") as made:
            for name, held in content.items():
                made.writestr(name, held)
    elif content is not None:
        Path("student.zip").write_bytes(content)
    err = run("export", "github", "--release", "student.zip", code=2)

    assert said in err
    assert "Write it with `course release --out FILE`." in err
    assert len(err.splitlines()) == 1
