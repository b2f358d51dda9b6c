"""``autograder.zip`` for otter-grader, made by its own `otter generate`.

Otter runs a submission and its tests in one process, where either can change the
other. So it never gets the submission: a stub notebook of ours is what it runs. The
plugin `SealedJudge` takes the modules away, judges them sealed, and leaves the verdicts
for otter's tests to read, one case a check.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from grader import course as courses
from grader.archive import archive
from grader.checks.suite import LiveSuite
from grader.errors import GraderError
from grader.lms.course_files import FOLDER, closed, course_files, engine
from grader.lms.otter_verdicts import VERDICTS

try:
    from otter.generate import main as generate
    from otter.plugins import AbstractOtterPlugin
except ImportError:
    raise GraderError(
        "otter-grader is not installed. Remedy: pip install -e '.[otter]'"
    ) from None

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.course import Course, Exercise

PLUGIN = f"{__name__}.SealedJudge"
STUB = "judged-by-the-course.ipynb"
PAYLOAD = "course.zip"
KEPT = "tests"
TEST_FILE = '''\
"""Checks of the exercise {name}, which the course's own judge has judged."""

from otter.test_files import test_case

from grader.lms.otter_verdicts import expect_pass

OK_FORMAT = False
name = {name!r}
points = None
'''
TEST_CASE = """

@test_case(name={claim!r}, points={points!r}, hidden={hidden!r})
def {name}(env):
    expect_pass({exercise!r}, {name!r})
"""


class SealedJudge(AbstractOtterPlugin):  # type: ignore[misc]  # it has no types
    """Judge the modules before otter starts anything, and take them away."""

    def before_grading(self, config: Any) -> None:
        """Judge what lies in the current folder; leave only otter's tests and verdicts.

        Otter unpickles a ``.OTTER_LOG`` that a student hands in, and its kernel starts
        in the folder of the submission: so everything goes.
        """
        from grader.lms.judging import judge  # noqa: PLC0415  (numpy, once it is time)
        from grader.report.json import as_dict  # noqa: PLC0415

        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        here = Path.cwd()
        # Otter has copied ours into the submission. The originals are out of its reach.
        ours = here.parent / "source" / "files"
        for copied in ours.iterdir():
            (here / copied.name).unlink(missing_ok=True)
        with tempfile.TemporaryDirectory() as private:
            with zipfile.ZipFile(ours / PAYLOAD) as packed:
                packed.extractall(private)
            course = courses.load(Path(private) / FOLDER / courses.FILE_NAME)
            report = judge(course, here, self.plugin_config["exercises"])
        if report.score is None:
            raise GraderError("the grader itself failed, so there is no score")
        _clear(here)
        verdicts = {
            exercise["name"]: {check["name"]: check for check in exercise["checks"]}
            for exercise in as_dict(report)["exercises"]
        }
        (here / VERDICTS).write_text(json.dumps(verdicts), encoding="utf-8")
        (here / STUB).write_bytes(_stub())
        config.grade_from_log = False

    def before_execution(self, submission: Any) -> Any:
        """Return a notebook without cells, whatever otter was about to run."""
        submission["cells"] = []
        return submission


def export(course: Course, names: Sequence[str] = ()) -> bytes:
    """Return the zip that `otter generate` makes, with the same bytes each time.

    Parameters
    ----------
    course : Course
        The course.
    names : sequence of str
        The exercises of this assignment; all where none is named.

    Raises
    ------
    CourseError
        If there is no such exercise, or one cannot be judged.
    """
    exercises = course.select(names)
    files = {
        PAYLOAD: archive(course_files(course, exercises)),
        STUB: _stub(),
        "otter_config.json": _config(course, exercises).encode(),
        "requirements.txt": _requirements().encode(),
        **{f"{KEPT}/{name}": text for name, text in _tests(course, exercises).items()},
    }
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for place, content in files.items():
            (folder / place).parent.mkdir(parents=True, exist_ok=True)
            (folder / place).write_bytes(content)
        with _inside(folder), contextlib.redirect_stdout(io.StringIO()):
            generate(files=[STUB, PAYLOAD], output_path="autograder.zip")
        made = _contents(folder / "autograder.zip")
    # What the image installs the grader from.
    made |= {f"files/{wheel}": content for wheel, content in engine().items()}
    modes = closed(made, ("run_autograder", "setup.sh"))
    return archive(made, modes=modes)


def _tests(course: Course, exercises: Sequence[Exercise]) -> dict[str, bytes]:
    """Return otter's test files: one an exercise, one case a check."""
    suite = LiveSuite(course, 0)
    files = {}
    for number, exercise in enumerate(exercises, 1):
        text = TEST_FILE.format(name=exercise.name)
        for check in suite.exercise(exercise.name).checks:
            text += TEST_CASE.format(
                claim=check.claim,
                points=check.points,
                hidden=check.visibility == "hidden",
                exercise=exercise.name,
                name=check.name,
            )
        files[f"{number:02}_{exercise.name}.py"] = text.encode()
    return files


def _config(course: Course, exercises: Sequence[Exercise]) -> str:
    chosen = [exercise.name for exercise in exercises]
    config = {
        "plugins": [{PLUGIN: {"exercises": chosen}}],
        # Otter knows only "hidden" and "after_published".
        "show_hidden": course.hidden_visibility != "hidden",
    }
    return json.dumps(config, indent=2)


def _requirements() -> str:
    (wheel,) = engine()
    return f"/autograder/source/files/{wheel}\n"


def _stub() -> bytes:
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    notebook = {
        "cells": [],
        "metadata": {"kernelspec": kernel},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    return json.dumps(notebook).encode()


def _clear(folder: Path) -> None:
    """Remove everything but otter's tests."""
    for path in folder.iterdir():
        if path.is_dir() and not path.is_symlink():
            if path.name != KEPT:
                shutil.rmtree(path)
        else:
            path.unlink()


@contextlib.contextmanager
def _inside(folder: Path) -> Iterator[None]:
    """Work in a folder: otter takes only files from where it is."""
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def _contents(file: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(file) as made:
        return {
            name: made.read(name) for name in made.namelist() if not name.endswith("/")
        }
