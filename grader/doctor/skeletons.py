"""Prove that skeletons promise what the solutions keep, and earn nothing."""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING

from grader.doctor.result import Result, report
from grader.errors import CourseError
from grader.skeleton import skeleton
from grader.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.course import Exercise
    from grader.doctor.bench import Bench
    from grader.verdict import ExerciseResult

NAME = "skeletons"

Problem = tuple[str, str]


def examine(bench: Bench, exercise: Exercise) -> Result:
    """Prove the skeleton of one exercise."""
    name = f"{exercise.name}.py"
    solution = bench.course.solutions / name
    given = (bench.course.assignments / name).read_bytes()
    where = f"assignments/{name}"
    try:
        made = skeleton(solution.read_text(encoding="utf-8"), file=f"solutions/{name}")
    except CourseError as error:
        return report(NAME, exercise.name, "", [(error.problem, error.remedy or "")])
    problems = []
    if given != made.encode("utf-8"):
        problems.append(
            (f"{where} is not what solutions/{name} gives", "Run `course skeletons`.")
        )
    problems += _texts(where, given, solution.read_bytes())
    if b"TODO" not in given:
        problems.append((f"{where} has no TODO", "Say what is to be written."))
    result = bench.judge(exercise, given, bench.seeds[0])
    problems += _judged(where, result)
    facts = f"current, TODO everywhere, {result.score or 0:g} points"
    return report(NAME, exercise.name, facts, problems)


def _texts(where: str, given: bytes, solution: bytes) -> Iterator[Problem]:
    try:
        mine, theirs = _interface(solution), _interface(given)
    except (SyntaxError, ValueError) as error:
        yield f"{where} is not Python: {error}", "Run `course skeletons`."
        return
    for name in mine:
        if theirs.get(name) != mine[name]:
            what = "the text at the top" if not name else f"signature or text of {name}"
            yield f"{where}: {what} is not the solution's", "Run `course skeletons`."


def _interface(source: bytes) -> dict[str, tuple[str, str | None]]:
    """Return signature and docstring of every public function, and of the module."""
    tree = ast.parse(source)
    found: dict[str, tuple[str, str | None]] = {"": ("", ast.get_docstring(tree))}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            returns = ast.unparse(node.returns) if node.returns is not None else ""
            signature = f"({ast.unparse(node.args)}) -> {returns}"
            found[node.name] = (signature, ast.get_docstring(node))
    return found


def _judged(where: str, result: ExerciseResult) -> Iterator[Problem]:
    for check in result.checks:
        if check.verdict not in (Verdict.TODO, Verdict.SKIP):
            solved = check.verdict is Verdict.PASS
            yield (
                f"{where} gets {check.verdict.value} on {check.name!r}"
                f"{'' if solved else f': {check.message}'}",
                "It must still be TODO: put the body between # BEGIN SOLUTION and "
                "# END SOLUTION."
                if solved
                else "It must import cleanly and raise NotImplementedError.",
            )
            return
