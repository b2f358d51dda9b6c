"""Fixtures that every test may use."""

from __future__ import annotations

import importlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

import pytest
from filelock import FileLock
from hypothesis import settings
from xdist.scheduler import LoadFileScheduling

from grader import course as courses
from grader.checks.suite import LiveSuite
from grader.judge import Judge
from grader.rehearsal import Rehearsal
from grader.submission import Submission

ROOT = Path(__file__).parents[1]

# A busy machine must not fail a law, and CI judges the change, not the day's luck.
settings.register_profile("home", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "home")

LONGEST = ("tests/release", "tests/end_to_end/test_hostile.py")
"""Files and folders whose tests take longest, or share what takes long to make."""

COURSE = """\
format_version: 1
title: A small course
key: small
exercises:
  - name: double
    title: Doubling
    points: 5
"""

SOLUTION = '''\
"""Doubling."""

import numpy as np


def double(x, times=1):
    """Double an array.

    >>> double(np.array([1.0, 2.0]))
    array([2., 4.])
    """
    # BEGIN SOLUTION
    if times < 0:
        raise ValueError("times must not be negative")
    return x * 2.0**times
    # END SOLUTION
'''

SUITE = '''\
"""Checks of doubling."""

from grader.author import Working, call, check, ints, misconception, misconceptions
from grader.author import solution, working


@check(points=2, public=True)
def doubles(draw):
    """Every entry is doubled."""
    for size in (1, 2, 3):
        yield call("double", x=ints(draw, (size,)))


@check(points=2, after=doubles)
def doubles_again(draw):
    """It doubles as often as asked."""
    for times in (0, 1, 2):
        yield call("double", x=ints(draw, (2, 3)), times=times)


@check(points=1)
def refuses(draw):
    """A negative number of times is refused."""
    yield call("double", x=ints(draw, (2,)), times=-1)


@working("double")
def cell(index, x, times=1):
    return Working(window=x[list(index)], result="doubled")


@misconceptions("stride-ignored", "bias-forgotten")
def double(x, times=1, *, wrong):
    if times < 0:
        raise ValueError
    times = 1 if "stride-ignored" in wrong else times
    bias = 0 if "bias-forgotten" not in wrong else 1
    return x * 2.0**times - bias


@misconception("kernel-flipped")
def double(x, times=1):
    return -solution.double(x, times)
'''


@pytest.fixture
def root() -> Path:
    """Return the folder of this course."""
    return ROOT


@pytest.fixture
def small_course(tmp_path):
    """Return a function that writes a small sound course, and gives its folder."""

    def write(course=COURSE, solution=SOLUTION, suite=SUITE):
        for folder in ("solutions", "assignments", "tests/hidden"):
            (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / "course.yml").write_text(dedent(course), encoding="utf-8")
        (tmp_path / "solutions/double.py").write_text(solution, encoding="utf-8")
        (tmp_path / "tests/hidden/double.py").write_text(suite, encoding="utf-8")
        return tmp_path

    return write


@pytest.fixture
def command(monkeypatch, capsys):
    """Return a function that runs a command here, and gives what it said."""

    def run(name, *args, code=0):
        main = importlib.import_module(f"grader.cli.{name}").main
        monkeypatch.setattr(sys, "argv", [name, *args])
        with pytest.raises(SystemExit) as caught:
            main()
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        assert caught.value.code == code, out + err
        return out, err

    return run


@pytest.fixture
def rehearse(small_course):
    """Return a function that judges functions against the small course."""

    def judge(seed=7, **functions):
        course = courses.load(small_course() / "course.yml")
        submission = Submission(Path("here"), {"double.py": b""})
        suite = LiveSuite(course, seed)
        return Judge(course, suite, Rehearsal(functions)).judge(submission)

    return judge


@pytest.fixture(scope="session")
def torch():
    """PyTorch, the independent judge."""
    if importlib.util.find_spec("torch") is None:
        pytest.skip("PyTorch is not installed: pip install torch")
    module = importlib.import_module("torch")
    module.set_num_threads(1)
    return module


@pytest.fixture(scope="session")
def npm(request):
    """Return a function that installs a package of npm, once, and gives its folder."""

    def install(package):
        if not shutil.which("npm"):
            pytest.skip("npm is not installed")
        name = package.strip("@").replace("/", "-").replace("@", "-")
        folder = request.config.cache.mkdir(name)
        with FileLock(folder / ".lock"):  # another process may want it too
            if not (folder / "package-lock.json").is_file():  # npm writes it last
                command = ["npm", "install", "--prefix", str(folder), package]
                done = subprocess.run(
                    [*command, "--ignore-scripts"],
                    capture_output=True,
                    text=True,
                    check=False,
                )
                if done.returncode:
                    said = done.stderr.strip()[-200:]
                    pytest.skip(f"npm cannot install {package}: {said}")
        return folder

    return install


@pytest.fixture
def required():
    """Return `pytest.skip`, for what only some machines have; CI has it all."""
    return pytest.skip


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport():
    return _not_skipped_in_ci((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report():
    return _not_skipped_in_ci((yield))


def _not_skipped_in_ci(report):
    """Make a skip an error where the variable CI is set: what CI skips, nobody runs."""
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"CI must not skip this: {report.longrepr[-1]}"
    return report


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config):
    """Share the whole suite between processes; a few tests are not worth the start."""
    few = config.args_source is not config.ArgsSource.TESTPATHS
    cores = os.cpu_count() or 1
    # Each process makes the costly fixtures anew, and has half a gigabyte.
    return 0 if few or cores == 1 else min(4, cores)


class ByPlace(LoadFileScheduling):
    """Leaves to one process the tests of a file, and those that share what is costly.

    `--dist loadgroup` would ask for marks, which it does not see with pytest 9.2.
    """

    def _split_scope(self, nodeid):
        return _place(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return ByPlace(config, log) if config.getoption("dist") == "loadfile" else None


def pytest_collection_modifyitems(config, items):
    """Begin with what takes longest, so that no process is left with it at the end."""
    if hasattr(config, "workerinput"):
        ranks = {place: rank for rank, place in enumerate(LONGEST)}
        items.sort(key=lambda item: ranks.get(_place(item.nodeid), len(ranks)))


def _place(nodeid):
    file = nodeid.split("::")[0]
    return next((place for place in LONGEST if file.startswith(place)), file)


def pytest_addoption(parser):
    parser.addoption(
        "--update-golden", action="store_true", help="write what golden files compare"
    )


@pytest.fixture
def golden(request):
    """Return a function that compares a text with a file beside the test."""

    def compare(name: str, text: str) -> None:
        file = request.path.parent / "golden" / name
        if request.config.getoption("--update-golden"):
            file.parent.mkdir(exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        assert file.read_text(encoding="utf-8") == text

    return compare


@pytest.fixture
def interrupt_at():
    """Return a function that interrupts what it calls, and says whether it did."""

    def interrupt(step, module, write):
        """Call `write`, interrupted before one of a module's steps.

        A step is an instruction of Python in the module's file: a signal of the
        keyboard's is answered between two of them.
        """
        taken = 0

        def trace(frame, event, _):
            nonlocal taken
            if frame.f_code.co_filename != module.__file__:
                return None
            frame.f_trace_opcodes = True
            if event == "opcode":
                taken += 1
                if taken == step + 1:
                    raise KeyboardInterrupt
            return trace

        before = sys.gettrace()
        sys.settrace(trace)
        try:
            write()
        except KeyboardInterrupt:
            return True
        finally:
            sys.settrace(before)
        return False

    return interrupt
