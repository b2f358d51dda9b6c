"""Formulas in the languages of pages, paper and learning systems."""

from __future__ import annotations

import re
from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING

from grader.errors import QuizError
from grader.quiz.formula import (
    BRACKETS,
    NUMBER,
    Fence,
    Fraction,
    Line,
    Script,
    Symbol,
    parse,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.quiz.formula import Tree

_NUMBERS = re.compile(f"({NUMBER.pattern})")
PAIRS = {"floor": ("⌊", "⌋"), "ceil": ("⌈", "⌉")}
_SIGNS = {"-": "−", "*": "·"}
_MATHML_NUMBER = "<mn>{}</mn>".format
_MATHML_TAGS = {"number": "mn", "words": "mtext", "name": "mi", "sign": "mo"}
_TEX_SIGNS = {
    "·": r"\cdot ", "*": r"\cdot ", "×": r"\times ", "∗": r"\ast ", "≤": r"\le ",
    "≥": r"\ge ", "≠": r"\ne ", "≈": r"\approx ", "→": r"\to ", "∈": r"\in ",
    "…": r"\dots ", "%": r"\%", "±": r"\pm ", "{": r"\{", "}": r"\}",
    "⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil", "⌉": r"\rceil",
}  # fmt: skip
_SPACED = frozenset("=<>+-≤≥≠≈→∈±")
_TYPST_SIGNS = {
    "·": "dot.c", "*": "dot.c", "×": "times", "∗": "ast.op", "…": "dots.h",
    "/": "slash", "_": r"\_", "^": r"\^",
    ",": r"\,", ";": r"\;", ":": r"\:",
}  # fmt: skip


def _written(
    source: str, write: Callable[[Tree], str], number: Callable[[str], str]
) -> str:
    """Write a formula; those that differ in their numbers alone are read once."""
    parts = _NUMBERS.split(source)  # every other one is a number
    # Words in quotes may hold digits that are no numbers.
    around = () if '"' in source else _around("0".join(parts[::2]), write, number)
    if 2 * len(around) != len(parts) + 1:
        return write(parse(source))
    parts[::2] = around
    parts[1::2] = map(number, parts[1::2])
    return "".join(parts)


@lru_cache(maxsize=1024)
def _around(
    source: str, write: Callable[[Tree], str], number: Callable[[str], str]
) -> tuple[str, ...]:
    """Return what stands around the numbers of a formula whose numbers are all 0."""
    try:
        return tuple(write(parse(source)).split(number("0")))
    except QuizError:
        return ()  # the error should show the formula as it is


@lru_cache(maxsize=4096)
def mathml(source: str, *, block: bool = False) -> str:
    """Return a formula as MathML; screen readers get the linear text as well."""
    display = ' display="block"' if block else ""
    label = escape(source, quote=True)
    return (
        f'<math xmlns="http://www.w3.org/1998/Math/MathML"{display} '
        f'alttext="{label}">{_written(source, _mathml, _MATHML_NUMBER)}</math>'
    )


def _mathml(tree: Tree) -> str:
    match tree:
        case Symbol(kind, text):
            tag = _MATHML_TAGS[kind]
            return f"<{tag}>{escape(_SIGNS.get(text, text))}</{tag}>"
        case Line(parts):
            return f"<mrow>{''.join(map(_mathml, parts))}</mrow>"
        case Fraction(above, below):
            return f"<mfrac>{_mathml(above)}{_mathml(below)}</mfrac>"
        case Script(base, script, sign):
            tag = "msup" if sign == "^" else "msub"
            return f"<{tag}>{_mathml(base)}{_mathml(script)}</{tag}>"
        case Fence("sqrt", inner):
            return f"<msqrt>{_mathml(inner)}</msqrt>"
        case Fence(opening, inner):
            left, right, name = _fence(opening)
            head = f"<mi>{escape(name)}</mi>" if name else ""
            return f"<mrow>{head}<mo>{left}</mo>{_mathml(inner)}<mo>{right}</mo></mrow>"


def _fence(opening: str) -> tuple[str, str, str]:
    """Return the left sign, the right sign, and a function's name before them."""
    if opening in PAIRS:
        return (*PAIRS[opening], "")
    if opening in BRACKETS:
        return (opening, BRACKETS[opening], "")
    return ("(", ")", opening)


@lru_cache(maxsize=4096)
def tex(source: str) -> str:
    """Return a formula as TeX, without dollar signs."""
    return _written(source, _tex, _tex_number).strip()


def _tex(tree: Tree) -> str:
    match tree:
        case Symbol():
            return _tex_symbol(tree)
        case Line(parts):
            return " ".join(map(_tex, parts))
        case Fraction(above, below):
            return rf"\frac{{{_tex(above)}}}{{{_tex(below)}}}"
        case Script(base, script, sign):
            return f"{_tex(base)}{sign}{{{_tex(script)}}}"
        case Fence("sqrt", inner):
            return rf"\sqrt{{{_tex(inner)}}}"
        case Fence(opening, inner):
            left, right, name = _fence(opening)
            head = rf"\operatorname{{{name}}}" if name else ""
            left, right = _TEX_SIGNS.get(left, left), _TEX_SIGNS.get(right, right)
            return rf"{head}\left{left} {_tex(inner)} \right{right}"


def _tex_symbol(symbol: Symbol) -> str:
    text = symbol.text
    if symbol.kind == "number":
        return _tex_number(text)
    if symbol.kind == "words":
        return rf"\text{{{text}}}"
    if symbol.kind == "name":
        return text if len(text.rstrip("'")) == 1 else rf"\mathrm{{{text}}}"
    return _TEX_SIGNS.get(text, text)


def _tex_number(text: str) -> str:
    return text.replace(",", "{,}")


@lru_cache(maxsize=4096)
def typst(source: str) -> str:
    """Return a formula as Typst math, without dollar signs."""
    return _typst(parse(source))


def _typst(tree: Tree) -> str:
    match tree:
        case Symbol():
            return _typst_symbol(tree)
        case Line(parts):
            return " ".join(map(_typst, parts))
        case Fraction(above, below):
            return f"frac({_typst(above)}, {_typst(below)})"
        case Script(base, script, sign):
            return f"{_typst(base)}{sign}({_typst(script)})"
        case Fence("sqrt", inner):
            return f"sqrt({_typst(inner)})"
        case Fence(opening, inner):
            left, right, name = _fence(opening)
            head = f'op("{name}")' if name else ""
            return f"{head}lr(\\{left} {_typst(inner)} \\{right})"


def _typst_symbol(symbol: Symbol) -> str:
    text = symbol.text
    if symbol.kind == "name":
        base = text.rstrip("'")
        head = base if len(base) == 1 else f'upright("{base}")'
        return head + "'" * (len(text) - len(base))
    if symbol.kind == "number" and "," not in text:
        return text
    if symbol.kind == "sign" and text in _SPACED:
        return text  # spaced as the operator it is
    return _TYPST_SIGNS.get(text, f'"{text}"')
