"""Make mutants of a solution: the same module with one small slip in it.

The slips are those of real wrong code and of mutation testing at large: another
operator, comparison or constant, an assignment that should add, a bound off by one,
arguments or indices exchanged, a constant returned, a statement left out.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grader.doctor.slips import slips, slips_of_statement

if TYPE_CHECKING:
    from collections.abc import Iterator

    Slot = tuple[Any, Any]  # a list and an index, or a node and a field

NESTED = ("body", "orelse", "handlers", "finalbody")
"""Fields of a statement that hold statements: they have slips of their own."""
NOT_MEANT = ("decorator_list", "returns", "annotation", "type_comment", "ctx")


@dataclass(frozen=True, slots=True)
class Mutant:
    """A solution with one slip.

    Parameters
    ----------
    function : str
        The function that it is in.
    line : str
        The line of the solution, as Python itself would lay it out.
    mutant : str
        What became of it; ``pass`` where it was left out.
    source : str
        The whole module.
    """

    function: str
    line: str
    mutant: str
    source: str

    def __str__(self) -> str:
        """Show the slip as a change of one line."""
        return f"{self.function}: - {self.line}  + {self.mutant}"


def mutants(source: str) -> Iterator[Mutant]:
    """Yield every mutant of the functions of a module.

    Parameters
    ----------
    source : str
        The module's text.
    """
    tree = ast.parse(source)
    texts = [ast.unparse(node) for node in tree.body]
    for number, function in enumerate(tree.body):
        if not isinstance(function, ast.FunctionDef):
            continue
        for line, mutant in _slipped(function, (tree.body, number)):
            if mutant == line:
                continue
            changed = [*texts[:number], ast.unparse(function), *texts[number + 1 :]]
            module = "\n\n".join(changed) + "\n"
            yield Mutant(function.name, line, mutant, module)


def _slipped(statement: ast.stmt, slot: Slot) -> Iterator[tuple[str, str]]:
    """Yield each line with a slip while the tree holds it, and mend it again."""
    line = _line(statement)
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return  # a docstring
    for new in slips_of_statement(statement):
        _put(slot, new)
        yield line, _line(new)
    _put(slot, statement)
    # What an exception says is not graded.
    if not isinstance(statement, ast.Raise):
        for inner, node in _expressions(statement):
            for slip in slips(node):
                _put(inner, slip)
                yield line, _line(statement)
            _put(inner, node)
    for field in NESTED:
        children = getattr(statement, field, [])
        for index, child in enumerate(children):
            yield from _slipped(child, (children, index))


def _expressions(node: ast.AST) -> Iterator[tuple[Slot, ast.AST]]:
    """Yield the nodes of a statement's own line, and where each is held."""
    for field, value in ast.iter_fields(node):
        if field in NOT_MEANT or (field in NESTED and isinstance(value, list)):
            continue
        if isinstance(value, ast.AST):
            yield (node, field), value
            yield from _inside(value)
        elif isinstance(value, list):
            for index, item in enumerate(value):
                if isinstance(item, ast.AST):
                    yield (value, index), item
                    yield from _inside(item)


def _inside(node: ast.AST) -> Iterator[tuple[Slot, ast.AST]]:
    # The order of the axes of a reduction means nothing; nor does an f-string.
    axis = isinstance(node, ast.keyword) and node.arg == "axis"
    if not axis and not isinstance(node, ast.JoinedStr):
        yield from _expressions(node)


def _put(slot: Slot, node: ast.AST) -> None:
    holder, place = slot
    if isinstance(holder, list):
        holder[place] = node
    else:
        setattr(holder, place, node)


def _line(statement: ast.AST) -> str:
    """Return a statement's own line, without the block that it opens."""
    return ast.unparse(ast.fix_missing_locations(statement)).splitlines()[0]
