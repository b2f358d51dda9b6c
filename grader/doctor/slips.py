"""The slips themselves: what a node of the syntax tree may turn into."""

from __future__ import annotations

import ast
from functools import singledispatch
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

OPERATORS: Mapping[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.FloorDiv: ast.Mult,
    ast.Div: ast.Mult,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
    ast.MatMult: ast.Mult,
}
COMPARISONS: Mapping[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
NAMES: Mapping[str, str] = {
    "min": "max",
    "max": "min",
    "argmin": "argmax",
    "argmax": "argmin",
    "minimum": "maximum",
    "maximum": "minimum",
    "sum": "mean",
    "mean": "sum",
    "any": "all",
    "all": "any",
    "zeros": "ones",
    "ones": "zeros",
    "zeros_like": "ones_like",
    "floor": "ceil",
    "ceil": "floor",
}
SYMMETRIC = frozenset({"max", "min", "maximum", "minimum", "isclose"})
"""Functions whose first two arguments may change places: that is no slip."""


def slips_of_statement(statement: ast.stmt) -> Iterator[ast.stmt]:
    """Yield what a whole statement may turn into."""
    match statement:
        case ast.AugAssign(target=target, op=op, value=value):
            yield ast.Assign([target], value)
            if type(op) in OPERATORS:
                yield ast.AugAssign(target, OPERATORS[type(op)](), value)
        case ast.Assign(targets=[ast.Subscript() as target], value=value):
            yield ast.AugAssign(target, ast.Sub(), value)
        case ast.Return(value=value) if value is not None:
            yield ast.Return(ast.Constant(None))
            yield ast.Return(ast.Constant(0))
        case _:
            pass
    if isinstance(
        statement,
        (ast.Assign, ast.AugAssign, ast.Expr, ast.Raise, ast.Break, ast.Continue),
    ):
        yield ast.Pass()


@singledispatch
def slips(node: ast.AST) -> Iterator[ast.AST]:
    """Yield what an expression may turn into."""
    return iter(())


@slips.register(ast.BinOp)
def _other_operator(node: ast.BinOp) -> Iterator[ast.AST]:
    if type(node.op) in OPERATORS:
        yield ast.BinOp(node.left, OPERATORS[type(node.op)](), node.right)


@slips.register(ast.BoolOp)
def _other_connective(node: ast.BoolOp) -> Iterator[ast.AST]:
    op = ast.Or() if isinstance(node.op, ast.And) else ast.And()
    yield ast.BoolOp(op, node.values)


@slips.register(ast.UnaryOp)
def _no_operator(node: ast.UnaryOp) -> Iterator[ast.AST]:
    if isinstance(node.op, (ast.Not, ast.USub)):
        yield node.operand


@slips.register(ast.Compare)
def _other_comparison(node: ast.Compare) -> Iterator[ast.AST]:
    for place, op in enumerate(node.ops):
        for other in COMPARISONS[type(op)]:
            changed = [*node.ops[:place], other(), *node.ops[place + 1 :]]
            yield ast.Compare(node.left, changed, node.comparators)


@slips.register(ast.Constant)
def _other_constant(node: ast.Constant) -> Iterator[ast.AST]:
    if isinstance(node.value, bool):
        yield ast.Constant(not node.value)
    elif isinstance(node.value, (int, float)):
        yield ast.Constant(node.value + 1)
        yield ast.Constant(node.value - 1)


@slips.register(ast.Name)
def _other_name(node: ast.Name) -> Iterator[ast.AST]:
    if node.id in NAMES:
        yield ast.Name(NAMES[node.id])


@slips.register(ast.Attribute)
def _other_attribute(node: ast.Attribute) -> Iterator[ast.AST]:
    if node.attr in NAMES:
        yield ast.Attribute(node.value, NAMES[node.attr])


@slips.register(ast.Call)
def _other_arguments(node: ast.Call) -> Iterator[ast.AST]:
    function = node.func
    name = getattr(function, "id", getattr(function, "attr", ""))
    if name not in SYMMETRIC:
        for args in _exchanged(node.args):
            yield ast.Call(function, args, node.keywords)


@slips.register(ast.Tuple)
def _other_order(node: ast.Tuple) -> Iterator[ast.AST]:
    for items in _exchanged(node.elts):
        yield ast.Tuple(items, node.ctx)


@slips.register(ast.IfExp)
def _other_branch(node: ast.IfExp) -> Iterator[ast.AST]:
    yield ast.IfExp(node.test, node.orelse, node.body)


@slips.register(ast.Slice)
def _other_bounds(node: ast.Slice) -> Iterator[ast.AST]:
    """Leave a bound out, or move it by one."""
    for field in ("lower", "upper", "step"):
        bound = getattr(node, field)
        if bound is None:
            continue
        yield _slice(node, field, None)
        if field == "step" or isinstance(bound, ast.Constant):
            continue  # a constant is moved as one
        for op in (ast.Add(), ast.Sub()):
            yield _slice(node, field, ast.BinOp(bound, op, ast.Constant(1)))


def _slice(node: ast.Slice, field: str, bound: ast.expr | None) -> ast.Slice:
    changed = ast.Slice(node.lower, node.upper, node.step)
    setattr(changed, field, bound)
    return changed


def _exchanged(items: list[ast.expr]) -> Iterator[list[ast.expr]]:
    """Yield the list with two neighbours exchanged, where they differ."""
    for place, (first, second) in enumerate(pairwise(items)):
        starred = isinstance(first, ast.Starred) or isinstance(second, ast.Starred)
        if not starred and ast.dump(first) != ast.dump(second):
            yield [*items[:place], second, first, *items[place + 2 :]]
