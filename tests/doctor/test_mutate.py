"""Mutants of a module: each with one slip, and nothing else changed."""

import ast

import pytest

from grader.doctor.mutate import mutants


def changes(body, head="def f(a, b):"):
    """Return (line, mutant) for every mutant of a function."""
    source = "\n".join([head, *(f"    {line}" for line in body.splitlines())])
    return [(m.line, m.mutant) for m in mutants(source)]


@pytest.mark.parametrize(
    ("line", "mutant"),
    [
        ("c = a + b", "c = a - b"),
        ("c = a // b", "c = a * b"),
        ("c = -a", "c = a"),
        ("c = a[1:b]", "c = a[1:]"),
        ("c = a[1:b]", "c = a[:b]"),
        ("c = a[1:b]", "c = a[2:b]"),
        ("c = a[1:b]", "c = a[1:b - 1]"),
        ("c = a[::b]", "c = a[:]"),
        ("c = a[0, b]", "c = a[b, 0]"),
        ("c = f(a, b)", "c = f(b, a)"),
        ("c = a.argmax()", "c = a.argmin()"),
        ("c = max(a)", "c = min(a)"),
        ("c = a and b", "c = a or b"),
        ("c = not a", "c = a"),
        ("c = True", "c = False"),
        ("c = 1", "c = 2"),
        ("c = 1", "c = 0"),
        ("c = 1", "pass"),
        ("c += a", "c -= a"),
        ("c += a", "c = a"),
        ("c += a", "pass"),
        ("c[0] = a", "c[0] -= a"),
        ("if a < b:\n    pass", "if a <= b:"),
        ("if a < b:\n    pass", "if a >= b:"),
        ("if a is None:\n    pass", "if a is not None:"),
        ("c = a if a else b", "c = b if a else a"),
        ("return a", "return None"),
        ("return a", "return 0"),
        ("raise ValueError('a')", "pass"),
    ],
)
def test_a_line_turns_into(line, mutant):
    assert (line.splitlines()[0], mutant) in changes(line)


@pytest.mark.parametrize(
    "line",
    [
        '"""Text of 1 + 1."""',
        "c = f'{a + b}'",
        "raise ValueError(1 + 1)",
        "c = max(a, b)",
        "c = f(*a, b)",
        "c = a.sum(axis=(a, b))",
    ],
)
def test_what_is_no_slip_is_left_alone(line):
    left = {mutant for _, mutant in changes(line)}
    assert left <= {"pass", "c = min(a, b)", "c = a.mean(axis=(a, b))"}


def test_defaults_are_tried_and_annotations_are_not():
    found = changes("pass", head="def f(a: int = 1) -> list[1]:")

    assert found == [
        ("def f(a: int=1) -> list[1]:", "def f(a: int=2) -> list[1]:"),
        ("def f(a: int=1) -> list[1]:", "def f(a: int=0) -> list[1]:"),
    ]


def test_each_mutant_differs_from_the_module_in_one_line_and_compiles(root):
    source = (root / "solutions/stride.py").read_text(encoding="utf-8")
    whole = "\n\n".join(map(ast.unparse, ast.parse(source).body)) + "\n"

    count = 0
    for mutant in mutants(source):
        compile(mutant.source, "mutant", "exec")
        pairs = zip(whole.splitlines(), mutant.source.splitlines(), strict=True)
        (change,) = [(old.strip(), new.strip()) for old, new in pairs if old != new]
        assert change == (mutant.line, mutant.mutant)
        count += 1
    assert count > 50


def test_the_tree_is_mended_after_each():
    source = "def f(a):\n    b = a + 1\n    return b - 1\n"

    last = list(mutants(source))[-1]
    assert "b = a + 1" in last.source
