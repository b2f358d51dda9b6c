"""A course of one exercise with tight limits, what it exports, and who attacks it."""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from types import MappingProxyType

import pytest

from grader import course as courses
from grader.checks.suite import LiveSuite
from grader.judge import Judge
from grader.sandbox import Sandbox
from grader.submission import Submission

ROOT = Path(__file__).parents[2]
EXERCISE = "stride"
NAME = f"{EXERCISE}.py"
PATIENCE = 60
POINTS = 40
COURSE = """\
format_version: 1
title: Ein Kurs mit Größe
key: tight
limits: {import_seconds: 4, call_seconds: 0.7, submission_seconds: 5, memory_mb: 256}
exercises:
  - {name: stride, title: Stride, points: 40}
"""
# Of every kind of attack that a learning system must outlive.
ZOO = (
    "writes_files",
    "forged_verdicts",
    "secrets_course_files",
    "signals_kill_others",
    "bombs_fork",
    "exits_quietly",
    "floods_stdout",
    "markup_for_machines",
)
# Everything that a submission would do to the learning system, if it could.
TAKEOVER = """\
import numpy as np
import os
import subprocess

PLACE = {place!r}


def _try(action, *arguments):
    try:
        return action(*arguments)
    except BaseException:
        return None


def _everything():
    _try(os.system, "echo forged > " + PLACE + "/results/results.json")
    _try(os.fork)
    _try(subprocess.Popen, ["sleep", "60"])
    for name in ("results/results.json", "results.json", "verdicts.json",
                 "vpl_execution", "stolen"):
        for place in (PLACE, ".", "..", "/tmp"):
            _try(lambda: open(place + "/" + name, "w").write('{{"score": 1000}}'))
    _try(os.kill, os.getppid(), 9)
    print("Grade :=>> 1000")
    os.write(1, b"\\nGrade :=>> 1000\\n--|>\\n::error::forged\\n")


_try(_everything)
_solution = _try(
    lambda: open(PLACE + "/source/course/solutions/stride.py").read()
)
if _solution:
    exec(_solution)
else:
    def conv2d(x, w, b, stride=1, padding=0):
        _try(_everything)
        raise ValueError(
            "\\nGrade :=>> 1000\\r\\nGrade :=>> 1000\\r--|>\\n::set-output name=r::x"
        )

    def output_size(size, kernel_size, stride=1, padding=0):
        _try(_everything)
        return "\\nGrade :=>> 1000\\n"
"""


@pytest.fixture(scope="session")
def course_folder(tmp_path_factory):
    """Return the folder of a course that holds one real exercise."""
    folder = tmp_path_factory.mktemp("course")
    for part in ("solutions", "assignments", "tests/hidden"):
        (folder / part).mkdir(parents=True)
        shutil.copy(ROOT / part / f"{EXERCISE}.py", folder / part)
    (folder / "course.yml").write_text(COURSE, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def exported(course_folder):
    """Return a function that runs `course export`, and gives the zip that it wrote."""
    made = {}

    def export(system, *options):
        wanted = (system, *options)
        if wanted not in made:
            out = course_folder / f"{system}.zip"
            code = "from grader.cli.course import main; main()"
            command = [sys.executable, "-c", code, "export", system, *options]
            ran = subprocess.run(
                [*command, "--out", str(out)],
                cwd=course_folder,
                env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin"},
                capture_output=True,
                text=True,
                check=False,
            )
            assert ran.returncode == 0, ran.stderr
            assert "Traceback" not in ran.stdout + ran.stderr
            made[wanted] = out
        return made[wanted]

    return export


@pytest.fixture(scope="session")
def solution():
    return (ROOT / "solutions" / f"{EXERCISE}.py").read_bytes()


@pytest.fixture(scope="session")
def skeleton():
    return (ROOT / "assignments" / f"{EXERCISE}.py").read_bytes()


@pytest.fixture(scope="session")
def wrong():
    """Return a submission that earns some points."""
    place = ROOT / "tests/submissions/stride/wrong/stride_never_used.py"
    return place.read_bytes()


@pytest.fixture(scope="session")
def attacks():
    """Return a function: what attacks a learning system at a place, by name."""

    def at(place):
        files = {
            name: (ROOT / f"tests/submissions/hostile/{name}.py")
            .read_bytes()
            .replace(b"@COURSE@", bytes(Path(place) / "source" / "course"))
            for name in ZOO
        }
        return {**files, "takeover": TAKEOVER.format(place=str(place)).encode()}

    return at


@pytest.fixture(scope="session")
def offline_python():
    """Return a function: a Python in a folder, whose environments need no network.

    They find pip and the packages where the tests find theirs.
    """
    version = f"python{sys.version_info.major}.{sys.version_info.minor}"
    lines = "\n".join(place for place in sys.path if place.endswith("-packages"))

    def make(folder, name="python3"):
        (folder / "packages.pth").write_text(lines)
        python = folder / name
        python.write_text(
            "#!/bin/bash\n"
            f'[ "$3" = venv ] || exec {sys.executable} "$@"\n'
            f'{sys.executable} "$@" --without-pip &&\n'
            f'cp {folder}/packages.pth "${{!#}}/lib/{version}/site-packages"\n'
        )
        python.chmod(0o755)
        return python

    return make


@pytest.fixture(scope="session")
def earns(course_folder):
    """Return a function: what our own judge gives for a module."""
    course = courses.load(course_folder / "course.yml")
    with Sandbox(course.limits) as sandbox:
        judge = Judge(course, LiveSuite(course, 3), sandbox)

        def score(source):
            files = MappingProxyType({f"{EXERCISE}.py": source})
            return judge.judge(Submission(Path("here"), files)).score

        yield score


_RULES = importlib.util.spec_from_file_location(
    "gradescope_rules", Path(__file__).with_name("gradescope_rules.py")
)
gradescope_rules = importlib.util.module_from_spec(_RULES)
_RULES.loader.exec_module(gradescope_rules)


class Container:
    """A folder with what Gradescope has at ``/autograder``."""

    def __init__(self, root):
        self.root = root
        self.results = root / "results" / "results.json"

    def empty(self):
        """Make the folders of a submission anew, as Gradescope does."""
        for name in ("submission", "results"):
            shutil.rmtree(self.root / name, ignore_errors=True)
            (self.root / name).mkdir()
        return self.root / "submission"

    def start(self, before=""):
        """Start a run; the shell may set limits before it."""
        return subprocess.Popen(
            ["bash", "-c", f"{before}\nexec {self.root}/run_autograder"],
            env={"PATH": os.environ["PATH"], "AUTOGRADER_ROOT": str(self.root)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def run(self, before=""):
        """Return what a run said, and its results, which are always valid."""
        process = self.start(before)
        said, _ = process.communicate(timeout=PATIENCE)
        assert process.returncode == 0, said
        return said, self.read()

    def read(self):
        return gradescope_rules.checked(self.results.read_text(encoding="utf-8"))

    def judge(self, source):
        (self.empty() / NAME).write_bytes(source)
        return self.run()


@pytest.fixture(scope="session")
def built(exported, offline_python, tmp_path_factory):
    """Return a container after `setup.sh`, with packages from here, not the network."""
    root = tmp_path_factory.mktemp("gradescope") / "autograder"
    with zipfile.ZipFile(exported("gradescope")) as made:
        made.extractall(root / "source")
        for info in made.infolist():  # as unzip does, and zipfile does not
            (root / "source" / info.filename).chmod(info.external_attr >> 16 & 0o777)
    shutil.copy(root / "source" / "run_autograder", root)
    python = offline_python(root.parent)
    environment = {
        "PATH": os.environ["PATH"],
        "AUTOGRADER_ROOT": str(root),
        "PYTHON": str(python),
        "PIP_NO_INDEX": "1",
        "PIP_NO_DEPS": "1",
    }
    ran = subprocess.run(
        ["bash", root / "source" / "setup.sh"],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    assert f"ready: the solutions get {POINTS} of {POINTS}" in ran.stdout
    return Container(root)


@pytest.fixture
def container(built, tmp_path):
    """Return a container whose engine and course a test may break."""
    root = tmp_path / "autograder"
    root.mkdir()
    shutil.copytree(built.root / "source", root / "source")
    shutil.copy(built.root / "run_autograder", root)
    (root / "venv").symlink_to(built.root / "venv")
    made = Container(root)
    made.empty()
    return made


@pytest.fixture
def is_graded():
    """Return a function: whether results are of a submission that was judged."""
    return lambda results: results["extra_data"]["graded"]
