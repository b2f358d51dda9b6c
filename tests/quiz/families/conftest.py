"""What the tests of the families share: PyTorch, and the question of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from grader.quiz import registry
from grader.quiz.draw import Draw

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.quiz.family import Draft


@pytest.fixture(scope="session")
def draft() -> Callable[..., Draft]:
    """Build the draft of one case, which must be among the family's own."""

    def build(name: str, *wanted: Any) -> Draft:
        family = registry.load(name)
        levels = range(1, len(family.levels) + 1)
        every = (case for level in levels for case in family.cases(level))
        made = family.build(next(case for case in every if case == wanted), Draw())
        assert made is not None
        return made

    return build
