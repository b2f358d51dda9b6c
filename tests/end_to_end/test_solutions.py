"""The solutions earn everything, the skeletons nothing, a broken function its own."""

from __future__ import annotations

import ast
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from grader.verdict import Verdict

ROOT = Path(__file__).parents[2]
NAMES = sorted(path.stem for path in (ROOT / "solutions").glob("*.py"))
SEEDS = (0, 1, 2**32 - 1)
# The rest of the module goes on with the functions as they were.
BROKEN = """

def _apart():
    from types import FunctionType

    whole = dict(globals())
    for name, value in list(whole.items()):
        if isinstance(value, FunctionType) and value.__module__ == __name__:
            copy = FunctionType(value.__code__, whole, name, value.__defaults__)
            copy.__kwdefaults__ = value.__kwdefaults__
            whole[name] = globals()[name] = copy


_apart()


def {name}(*args, **kwargs):
    raise RuntimeError("broken")
"""


def functions():
    for name in NAMES:
        tree = ast.parse((ROOT / "solutions" / f"{name}.py").read_bytes())
        for node in tree.body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                yield name, node.name


def run(*command, cwd=ROOT):
    return subprocess.run(
        [sys.executable, *command],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        check=False,
    )


def grade(*args):
    return run("-c", "from grader.cli.grade import main; main()", *args)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_solutions_earn_everything(course, seed):
    ran = grade("--in", "solutions", "--format", "json", "--seed", str(seed))

    assert ran.stderr == ""
    report = json.loads(ran.stdout)
    assert {e["name"]: e["verdict"] for e in report["exercises"]} == dict.fromkeys(
        (exercise.name for exercise in course.exercises), "PASS"
    )
    assert report["score"] == report["max_score"]
    assert ran.returncode == 0


def test_the_skeletons_earn_nothing_and_are_to_do(course):
    ran = grade("--format", "json")

    assert ran.stderr == ""
    report = json.loads(ran.stdout)
    assert {e["name"]: e["verdict"] for e in report["exercises"]} == dict.fromkeys(
        (exercise.name for exercise in course.exercises), "TODO"
    )
    assert report["score"] == 0
    assert ran.returncode == 1


@pytest.mark.parametrize(("name", "function"), list(functions()))
def test_a_broken_function_costs_its_own_checks_only(judged, suites, name, function):
    source = (ROOT / "solutions" / f"{name}.py").read_text(encoding="utf-8")
    broken = source + BROKEN.format(name=function)

    result = judged(name, broken.encode())

    suite = suites(11).exercise(name)
    calling = {
        check.name
        for check in suite.checks
        if any(case.call.function == function for case in suite.cases(check))
    }
    lost = {c.name for c in result.checks if c.verdict is not Verdict.PASS}
    assert calling
    assert lost == calling


@pytest.mark.parametrize(("source", "code"), [("solutions", 0), ("assignments", 1)])
def test_pytest_judges_any_folder_by_the_hidden_suite(tmp_path, source, code):
    folder = tmp_path / "handed in, wörk 提交"
    shutil.copytree(ROOT / source, folder)

    ran = run("-m", "pytest", "-q", "tests/hidden", "--submission", str(folder))

    assert "Traceback" not in ran.stdout
    assert ran.returncode == code, ran.stdout[-2000:]
    summary = ran.stdout.splitlines()[-1]
    assert ("passed" in summary, "failed" in summary) == (code == 0, code == 1)
