"""The students' zip: whole, the same each time, complete, and silent about answers."""

import base64
import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import numpy as np
import pytest

from grader import course as courses
from grader import release as releases
from grader import skeleton
from grader.checks import sealfile
from grader.checks.sealed import SealedSuite
from grader.checks.suite import LiveSuite
from grader.doctor.submissions import header
from grader.judge import Judge
from grader.reply import Raised, Returned
from grader.sandbox import Sandbox
from grader.submission import Submission

ROOT = Path(__file__).parents[1]
SUBMISSIONS = ROOT / "tests/submissions"
FILES = [f for f in sorted(SUBMISSIONS.glob("*/*/*.py")) if f.is_file()]
BY_VALUES = ("arrays", "cheats", "equal", "forged", "leaks", "markup")
HOSTILE = [f for v in BY_VALUES for f in sorted(SUBMISSIONS.glob(f"hostile/{v}_*.py"))]
SEED = 5
FEW_ANSWERS = {"exact_fits", "field_in_special_cases", "no_steps"}
"""Checks that ask for what is easily counted through, whatever is drawn."""


@pytest.fixture(scope="module")
def course():
    return courses.load(ROOT / "course.yml")


@pytest.fixture(scope="module")
def released(course):
    """Return the release of the real course; this takes half a minute."""
    return releases.release(course, seed=SEED)


@pytest.fixture(scope="module")
def unpacked(released, tmp_path_factory):
    """Return the folder of a student who has unpacked the zip."""
    folder = tmp_path_factory.mktemp("with spaces and ümlaut") / "cnn"
    zipfile.ZipFile(io.BytesIO(released.content)).extractall(folder)
    return folder


@pytest.fixture(scope="module")
def everything(released):
    """Return all that is in the zip, with all that is packed in it unpacked."""
    found = []
    outer = zipfile.ZipFile(io.BytesIO(released.content))
    for name in outer.namelist():
        content = outer.read(name)
        found.append(content)
        if name.endswith(".whl"):
            wheel = zipfile.ZipFile(io.BytesIO(content))
            found += [wheel.read(inner) for inner in wheel.namelist()]
    return b"\n".join(found)


@pytest.fixture(scope="module")
def sections(unpacked):
    """Return the unpacked sections of all sealed files."""
    files = map(sealfile.read, sorted((unpacked / "sealed").iterdir()))
    return b"\n".join(f.section(name) for f in files for name in f.packed)


class OnTheSameCalls(LiveSuite):
    """The live suite, asked what the sealed one asks: it may hold more calls."""

    def __init__(self, course, sealed):
        super().__init__(course, sealed.seed)
        self._sealed = sealed

    def exercise(self, name):
        live = super().exercise(name)
        sealed = self._sealed.exercise(name)
        live._cases = {check.name: sealed.cases(check) for check in sealed.checks}
        return live


@pytest.fixture(scope="module")
def suites(course, unpacked):
    """Return the live and the sealed suite on the same calls."""
    sealed = SealedSuite(courses.load(unpacked / "course.yml"))
    return OnTheSameCalls(course, sealed), sealed


@pytest.fixture(scope="module")
def sandbox(course):
    with Sandbox(course.limits) as opened:
        yield opened


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
def test_what_lies_to_the_judge_is_not_believed(file, suites, sandbox, course):
    """Of the hostile ones those that attack by values: the suite meets only these."""
    source = file.read_bytes()
    said = header(source)
    (name,) = said["exercise"]
    limits = replace(course.limits, call_seconds=0.5, submission_seconds=2)
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


def test_the_zip_holds_no_line_of_a_solution(course, everything, sections):
    shared = "\n".join(skeleton.skeletons(course).values())

    told = []
    for exercise in course.exercises:
        text = (course.solutions / f"{exercise.name}.py").read_text(encoding="utf-8")
        bodies = re.findall(r"(?s)# BEGIN SOLUTION\n(.*?)# END SOLUTION", text)
        lines = {line.strip() for body in bodies for line in body.splitlines()}
        told += [
            line
            for line in lines
            if len(line) > 16  # shorter ones, such as `return out`, stand anywhere
            and line not in shared
            and (line.encode() in everything or line.encode() in sections)
        ]
    assert told == []


def test_the_zip_holds_no_hidden_expected_value(suites, everything, sections):
    live, sealed = suites

    looked_for = 0
    for name in sorted(path.stem for path in (ROOT / "solutions").glob("*.py")):
        exercise = live.exercise(name)
        for check in sealed.exercise(name).checks:
            cases = exercise.cases(check) if check.visibility == "hidden" else ()
            for case in cases:
                if isinstance(exercise.expected(case), Raised):
                    continue  # which exception is told
                given = {t for _, v in case.call.arguments() for t in _written(v)}
                for text in _written(exercise.expected(case).value):
                    if text in given:
                        continue  # a copy of an argument, which stands in clear
                    looked_for += 1
                    assert text not in sections, (name, case.check)
                    assert text not in everything, (name, case.check)
    assert looked_for > 1000


def _written(value):
    """Yield a value in all ways that a file may hold it."""
    for part in value if isinstance(value, tuple) else (value,):
        if not isinstance(part, np.ndarray) or len(np.unique(part)) < 6:
            continue  # a few small numbers stand anywhere
        for kind in ("<f8", "<f4", "<i8", "i1"):
            cells = part.astype(kind).tobytes()
            yield cells
            yield base64.b64encode(cells)
        flat = part.ravel().tolist()
        for separators in ((", ", ": "), (",", ":")):
            yield json.dumps(flat, separators=separators)[1:-1].encode()
            yield json.dumps(part.tolist(), separators=separators).encode()


def test_the_search_finds_what_is_in_the_zip(suites, sections):
    """What stands in clear, in public checks, is found by the same search."""
    live, sealed = suites
    exercise = live.exercise("stride")
    public = [c for c in sealed.exercise("stride").checks if c.visibility == "public"]

    found = [
        any(text in sections for text in texts)
        for check in public
        for case in exercise.cases(check)
        if isinstance(answer := exercise.expected(case), Returned)
        if (texts := list(_written(answer.value)))
    ]
    assert found
    assert all(found)


def test_the_students_edition_keeps_the_quizzes_to_itself(course, unpacked):
    edition = courses.load(unpacked / "course.yml")

    assert edition.exercises == course.exercises
    assert edition.limits == course.limits
    assert not edition.quizzes
    text = (unpacked / "course.yml").read_text(encoding="utf-8")
    assert course.key not in text


def test_only_what_cannot_be_hidden_is_noted(released):
    noted = {note.split(": ")[1].split()[0] for note in released.notes}

    assert noted <= FEW_ANSWERS


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


def test_the_installed_grader_judges_the_solutions_sealed(student, course):
    done = student("--format", "json", "--in", str(course.solutions))

    report = json.loads(done.stdout)
    assert (done.returncode, report["mode"], report["seed"]) == (0, "sealed", SEED)
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
