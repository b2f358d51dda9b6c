"""Otter's autograder: made by `otter generate`, run by `otter run`, judged by us."""

from __future__ import annotations

import importlib.util
import json
import pickle
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

NAME = "stride.py"
PATIENCE = 120
pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="only Linux can seal submissions in"
)


@pytest.fixture
def otter_run(exported, required, tmp_path):
    """Return a function that runs otter on a file, and gives its results, if any."""
    if importlib.util.find_spec("otter") is None:
        required("otter-grader is not installed: pip install -e '.[otter]'")
    made = exported("otter")

    def run(submission, code=0):
        ran = subprocess.run(
            [sys.executable, "-m", "otter", "run", submission, "-a", made],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
        )
        assert ran.returncode == code, ran.stdout + ran.stderr
        results = tmp_path / "results.json"
        return json.loads(results.read_text()) if results.exists() else ran.stderr

    return run


def score(results):
    return sum(test.get("score", 0) for test in results["tests"])


@pytest.mark.parametrize("which", ["solution", "skeleton", "wrong"])
def test_otter_gives_the_score_of_our_judge(request, otter_run, earns, tmp_path, which):
    source = request.getfixturevalue(which)
    (tmp_path / NAME).write_bytes(source)
    results = otter_run(tmp_path / NAME)

    assert score(results) == earns(source)
    assert [test["name"] for test in results["tests"]] == ["Public Tests", "stride"]
    # What is hidden is no part of what students see before grades are out.
    assert results["tests"][1]["visibility"] == "after_published"


class Trap:
    """Writes a file where it is unpickled."""

    def __init__(self, place):
        self.place = place

    def __reduce__(self):
        return Path.write_text, (self.place, "BREACH")


def test_otter_runs_nothing_of_a_hostile_zip(otter_run, attacks, tmp_path):
    """Not its log, its notebook, its tests, its modules or its copy of our files."""
    marker = tmp_path / "marker"
    breach = f"open({str(marker)!r}, 'w').write('BREACH')\n"
    cell = {"cell_type": "code", "source": breach, "metadata": {}, "outputs": []}
    notebook = {
        "cells": [{**cell, "id": "a", "execution_count": None}],
        "metadata": {},
        "nbformat": 4,
        "nbformat_minor": 5,
    }
    solution = b"from course.solutions.stride import *\n"
    files = {
        NAME: attacks(tmp_path)["takeover"],
        ".OTTER_LOG": pickle.dumps(Trap(marker)),
        "judged-by-the-course.ipynb": json.dumps(notebook),
        "tests/01_stride.py": breach,
        "tests/conftest.py": breach,
        "verdicts.json": "{}",
        "course/solutions/stride.py": solution,
        "course/course.yml": "format_version: 1",
        "ipython_config.py": breach,
        **{f"{n}.py": breach for n in ("otter", "numpy", "json", "sitecustomize")},
    }
    with zipfile.ZipFile(tmp_path / "mine.zip", "w") as made:
        for name, content in files.items():
            made.writestr(name, content)

    # Refusing what must be refused is right, whoever does it.
    assert score(otter_run(tmp_path / "mine.zip")) <= 4
    assert not marker.exists()
    assert not (tmp_path / "stolen").exists()


def test_without_a_module_nobody_earns_by_ours(otter_run, solution, tmp_path):
    """Otter copies our files into the submission; they are never taken for one."""
    (tmp_path / "other.py").write_bytes(solution)

    assert score(otter_run(tmp_path / "other.py")) == 0


def test_where_the_grader_fails_there_is_no_score(otter_run, exported, tmp_path):
    """Rather than a zero: otter leaves no results then."""
    broken = tmp_path / "autograder.zip"
    with (
        zipfile.ZipFile(exported("otter")) as made,
        zipfile.ZipFile(broken, "w") as target,
    ):
        for name in made.namelist():
            spoilt = name == "files/course.zip"
            target.writestr(name, b"spoilt" if spoilt else made.read(name))
    (tmp_path / NAME).touch()
    ran = subprocess.run(
        [sys.executable, "-m", "otter", "run", NAME, "-a", broken],
        cwd=tmp_path,
        capture_output=True,
        check=False,
        timeout=PATIENCE,
    )

    assert ran.returncode != 0
    assert not (tmp_path / "results.json").exists()
