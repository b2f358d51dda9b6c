"""The students' zip: whole, the same each time, complete, and silent about answers."""

import io
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import pytest

from grader import course as courses
from grader.checks.seal import NO_TAG
from grader.doctor.submissions import header
from grader.judge import Judge
from grader.submission import Submission

ROOT = Path(__file__).parents[2]
SUBMISSIONS = ROOT / "tests/submissions"
FILES = [f for f in sorted(SUBMISSIONS.glob("*/*/*.py")) if f.is_file()]
HOSTILE = sorted(SUBMISSIONS.glob("hostile/*.py"))
BY_VALUES = ("arrays", "cheats", "equal", "forged", "leaks", "markup")
"""Attacks that are harmless where nothing but a process separates us from them."""


@pytest.mark.parametrize(
    "file", FILES, ids=lambda f: "/".join(f.relative_to(SUBMISSIONS).parts)
)
def test_live_and_sealed_agree_on_every_submission(file, course, suites, sandbox):
    name = file.parents[1].name
    here = MappingProxyType({f"{name}.py": file.read_bytes()})
    alone = replace(course, exercises=(course.exercise(name),))

    live, sealed = [
        [
            (c.name, c.verdict, c.misconceptions, c.score)
            for c in Judge(alone, suite, sandbox)
            .judge(Submission(Path("here"), here))
            .exercises[0]
            .checks
        ]
        for suite in suites
    ]
    assert sealed == live


@pytest.mark.parametrize("file", HOSTILE, ids=lambda f: f.stem)
def test_a_hostile_submission_gets_its_verdict_sealed_too(
    file, suites, sandbox, course
):
    """The verdict that its header says: the zoo proves it for the live suite."""
    if sandbox.isolation.level != "sealed" and not file.name.startswith(BY_VALUES):
        pytest.skip("only sealed in")
    source = file.read_bytes().replace(b"@GRADER@", str(os.getpid()).encode())
    source = source.replace(b"@COURSE@", os.fsencode(course.root))
    said = header(source)
    (name,) = said["exercise"]
    # What hangs costs its whole budget; the others get time on a busy machine too.
    seconds = 1.2 if "timeout" in {v.lower() for v in said["verdict"]} else 6
    limits = replace(course.limits, call_seconds=0.5, submission_seconds=seconds)
    alone = replace(course, exercises=(course.exercise(name),), limits=limits)
    here = Submission(Path("here"), MappingProxyType({f"{name}.py": source}))

    report = Judge(alone, suites[1], sandbox).judge(here)
    assert report.exercises[0].verdict.value in {v.upper() for v in said["verdict"]}


def test_the_zip_holds_what_students_need_and_no_more(course, released):
    outer = zipfile.ZipFile(io.BytesIO(released.content))
    names = outer.namelist()

    (wheel,) = [name for name in names if name.endswith(".whl")]
    assert names == sorted(
        [
            "README.md",
            "course.yml",
            wheel,
            *(f"assignments/{e.name}.py" for e in course.exercises),
            *(f"sealed/{e.name}.sealed" for e in course.exercises),
        ]
    )
    inner = zipfile.ZipFile(io.BytesIO(outer.read(wheel))).namelist()
    assert {name.split("/")[0] for name in inner} == {
        "grader",
        wheel.removesuffix("-py3-none-any.whl") + ".dist-info",
    }


def test_the_students_edition_keeps_the_quizzes_to_itself(course, unpacked):
    edition = courses.load(unpacked / "course.yml")

    assert edition.exercises == course.exercises
    assert edition.limits == course.limits
    assert not edition.quizzes
    text = (unpacked / "course.yml").read_text(encoding="utf-8")
    assert course.key not in text


def test_every_misconception_and_pair_is_named_in_the_zip(course, released, suites):
    """No digest had to be left out because it would give right answers away."""
    assert released.notes == ()
    for exercise in course.exercises:
        sealed, live = (suite.exercise(exercise.name) for suite in suites[::-1])
        for bundle in sealed._parts.beliefs:
            assert (bundle.own != NO_TAG).all()
        for function in {c.call.function for c in sealed._parts.records}:
            assert set(sealed.beliefs(function)) == set(live.beliefs(function))


@pytest.fixture(scope="module")
def student(unpacked):
    """Return a function that runs `grade` as installed from the zip's wheel."""
    (wheel,) = unpacked.glob("*.whl")
    target = unpacked.parent / "installed"
    options = ["--quiet", "--no-index", "--no-deps", "--target", str(target)]
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install"]
    subprocess.run([*pip, *options, str(wheel)], check=True, capture_output=True)
    code = (
        f"import sys; sys.path.insert(0, {str(target)!r}); import grader; "
        f"assert grader.__file__.startswith({str(target)!r}); "
        "from grader.cli.grade import main; main()"
    )

    def run(*args):
        return subprocess.run(
            [sys.executable, "-c", code, *args],
            cwd=unpacked,
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
        )

    return run


def test_the_installed_grader_judges_the_solutions_sealed(student, course, seed):
    done = student("--format", "json", "--in", str(course.solutions))

    report = json.loads(done.stdout)
    assert (done.returncode, report["mode"], report["seed"]) == (0, "sealed", seed)
    assert report["score"] == report["max_score"]


def test_untouched_skeletons_are_to_do(student):
    done = student("--format", "json")

    report = json.loads(done.stdout)
    assert (done.returncode, report["score"]) == (1, 0)
    assert {e["verdict"] for e in report["exercises"]} == {"TODO"}


def test_another_seed_is_refused_in_one_line(student):
    done = student("--seed", "1")

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "drawn from 5" in done.stderr
