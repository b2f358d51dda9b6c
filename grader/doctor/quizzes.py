"""Prove that the quizzes of ``course.yml`` can be drawn from sound families."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.doctor.result import report
from grader.errors import GraderError
from grader.quiz import audit, paper, registry

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.doctor.bench import Bench
    from grader.doctor.result import Result

NAME = "quizzes"
VARIANTS = 60
"""How many variants of each family are audited; the tests audit many more."""


def examine_course(bench: Bench) -> Result:
    """Draw every blueprint, and audit the families that they ask for."""
    faults: list[tuple[str, str]] = []
    families: set[str] = set()
    for name in bench.course.quizzes:
        bench.tell(f"quiz {name}")
        try:
            blueprint = paper.find(bench.course.quizzes, name)
            draws = paper.Draws(bench.course.key, bench.seeds[0])
            for _ in paper.paper(blueprint, draws).questions:
                pass
        except GraderError as error:
            problem = str(error).replace(f"{bench.course.root}/", "")
            faults.append((problem, "Mend the blueprint."))
            continue
        families |= {item.family for item in blueprint.items}
    for family in sorted(families):
        faults += _audited(family)
    facts = f"{len(bench.course.quizzes)} quizzes, {len(families)} families"
    return report(NAME, "", facts, faults)


def _audited(name: str) -> Iterator[tuple[str, str]]:
    for line in audit.problems(registry.load(name), VARIANTS):
        file = name.replace("-", "_")
        yield f"family {name}: {line}", f"Mend grader/quiz/families/{file}.py."
