"""The same twelve cases of one function: this judge, and otter-grader's `otter run`.

Both get the reference solution of the stride exercise and must find it right. CPU
seconds (user and system, with all children), the two measured in turn; medians.

Otter is a program of its own: have it beside this Python (the extra ``otter``) or on
PATH, or name it by the variable OTTER. Run ``python benchmarks/against_otter.py`` from
the root.
"""

from __future__ import annotations

import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from types import MappingProxyType

sys.path.insert(0, str(Path(__file__).parents[1]))

from grader import course as courses
from grader.checks.check import Call
from grader.checks.suite import LiveSuite
from grader.checks.trusted import load_module, run_trusted
from grader.judge import Judge
from grader.sandbox import Sandbox
from grader.submission import Submission

ROOT = Path(__file__).parents[1]
CASES = 12
WARM = 100
ROUNDS = 3
TARGET = 50
SUBMISSION = ROOT / "solutions" / "stride.py"
GRADE = [sys.executable, "-c", "from grader.cli.grade import main; main()"]
COURSE = """\
format_version: 1
title: Twelve cases
key: twelve
exercises:
  - name: stride
    title: Stride
    points: 12
"""
SUITE = """\
import numpy as np
from numpy import array

from grader.author import call, check


@check(points=12, public=True)
def cases(draw):
    \"\"\"It agrees with the reference.\"\"\"
    for case in CASES:
        yield call("conv2d", **case)


CASES = """


def cpu() -> float:
    """Return the CPU seconds of this process and of all that it has reaped."""
    kinds = resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN
    uses = [resource.getrusage(kind) for kind in kinds]
    return sum(use.ru_utime + use.ru_stime for use in uses)


def cost(command: list[str], folder: Path) -> float:
    """Return the CPU seconds of a command, which must succeed."""
    before = cpu()
    ran = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, check=False
    )
    if ran.returncode != 0:
        sys.exit(f"{command[0]} failed:\n{ran.stdout}{ran.stderr}")
    return cpu() - before


def find_otter() -> str:
    """Return the program, or say how to get it."""
    beside = str(Path(sys.executable).parent)
    found = (
        os.environ.get("OTTER")
        or shutil.which("otter", path=beside)
        or shutil.which("otter")
    )
    if found is None:
        sys.exit(
            "There is no otter. Install it (pip install otter-grader ipykernel) into "
            "an environment of its own, and name its program: OTTER=DIR/bin/otter"
        )
    return found


def twelve_calls() -> list[Call]:
    """Return the first calls of conv2d in the stride suite, for one seed."""
    course = courses.load(ROOT / "course.yml")
    suite = LiveSuite(course, 1).exercise("stride")
    cases = [case.call for check in suite.checks for case in suite.cases(check)]
    return [call for call in cases if call.function == "conv2d"][:CASES]


def literal(call: Call) -> str:
    """Return a call's arguments as Python."""
    return "dict(" + ", ".join(f"{k}={v!r}" for k, v in call.kwargs.items()) + ")"


def write_course(folder: Path, calls: list[Call]) -> None:
    """Write our course of these cases."""
    for part in ("solutions", "assignments", "tests/hidden"):
        (folder / part).mkdir(parents=True)
    for part in ("solutions", "assignments"):
        shutil.copyfile(SUBMISSION, folder / part / "stride.py")
    (folder / "course.yml").write_text(COURSE)
    listed = ",\n    ".join(map(literal, calls))
    (folder / "tests/hidden/stride.py").write_text(f"{SUITE}[\n    {listed}\n]\n")


def write_autograder(folder: Path, calls: list[Call], otter: str) -> None:
    """Write otter's tests of these cases, and have it make its autograder."""
    reference = load_module(SUBMISSION).conv2d
    cases = []
    for call in calls:
        answer = run_trusted(reference, call.args, call.kwargs).value
        code = (
            ">>> import numpy as np\n>>> from numpy import array\n"
            f">>> answer = conv2d(**{' '.join(literal(call).split())})\n"
            + f">>> bool(np.allclose(answer, {answer.tolist()}))\nTrue"
        )
        cases.append({"code": code, "hidden": False, "locked": False, "points": 1})
    suite = {"type": "doctest", "scored": True, "setup": "", "teardown": ""}
    test = {"name": "q1", "points": CASES, "suites": [{**suite, "cases": cases}]}
    (folder / "tests").mkdir()
    (folder / "results").mkdir()
    lines = f"OK_FORMAT = True\ntest = {test!r}\n"
    (folder / "tests" / "q1.py").write_text(lines)
    shutil.copyfile(SUBMISSION, folder / "submission.py")
    cost([otter, "generate", "-t", "tests", "-o", "autograder.zip"], folder)


def run_otter(folder: Path, otter: str) -> float:
    """Return the CPU seconds of `otter run`, which must give all points."""
    command = [otter, "run", "submission.py", "-a", "autograder.zip", "-o", "results"]
    seconds = cost(command, folder)
    results = json.loads((folder / "results" / "results.json").read_text())
    scores = [test.get("score", 0) for test in results["tests"]]
    if sum(scores) != CASES:
        sys.exit(f"otter gave {scores}, not {CASES} points")
    return seconds


def warm(folder: Path, count: int) -> float:
    """Return the CPU seconds of a judge's whole life with so many submissions."""
    before = cpu()
    course = courses.load(folder / "course.yml")
    files = MappingProxyType({"stride.py": SUBMISSION.read_bytes()})
    submission = Submission(folder, files)
    with Sandbox(course.limits) as sandbox:
        judge = Judge(course, LiveSuite(course, 1), sandbox)
        for _ in range(1 + count):
            if judge.judge(submission).score != CASES:
                sys.exit("our judge did not give all points")
    return cpu() - before


def main() -> None:
    """Measure and print."""
    otter = find_otter()
    calls = twelve_calls()
    theirs, ours, cold = [], [], []
    with tempfile.TemporaryDirectory() as name:
        course, peer = Path(name, "course"), Path(name, "otter")
        course.mkdir()
        peer.mkdir()
        write_course(course, calls)
        write_autograder(peer, calls, otter)
        for _ in range(ROUNDS):
            theirs.append(run_otter(peer, otter))
            ours.append((warm(course, WARM) - warm(course, 0)) / WARM)
            cold.append(cost([*GRADE, "stride"], course))
    peer_cost = statistics.median(theirs)
    print(f"otter run, {CASES} cases        {peer_cost * 1e3:8.1f} ms CPU")
    for what, seconds in (("our judge, warm", ours), ("our grade, cold", cold)):
        mine = statistics.median(seconds)
        print(f"{what:25} {mine * 1e3:8.1f} ms CPU   {peer_cost / mine:6.0f} x less")
    print(f"target: warm at least {TARGET} x less")


if __name__ == "__main__":
    main()
