"""Read the linear notation of formulas into a tree.

The notation is what a terminal shows: ``floor((32 - 5 + 2·0)/1) + 1 = 28``. A
fraction bar joins the two factors beside it and eats their brackets; ``_`` and
``^`` bind tightest; names in double quotes are words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from grader.errors import QuizError

if TYPE_CHECKING:
    from collections.abc import Callable

NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+(?![\d,])|\d+(?:\.\d+)?")
_TOKEN = re.compile(
    rf"\s*(?:(?P<number>{NUMBER.pattern})"
    r"""
    | (?P<name>[^\W\d_]+(?:'+)?)
    | "(?P<words>[^"]*)"
    | (?P<sign>[-+*/^_=≠<>≤≥≈→∈·×∗,;:?…%!|()\[\]{}±])
    )""",
    re.VERBOSE,
)
RELATIONS = frozenset("=≠<>≤≥≈→∈:")
SUMS = frozenset("+-±")
PRODUCTS = frozenset("*·×∗")
BRACKETS = {"(": ")", "[": "]", "{": "}"}


class Symbol(NamedTuple):
    """A number, name, word or sign: ``kind`` says which."""

    kind: str
    text: str


class Line(NamedTuple):
    """Parts one after the other."""

    parts: tuple[Tree, ...]


class Fraction(NamedTuple):
    """One part above the other."""

    above: Tree
    below: Tree


class Script(NamedTuple):
    """A base with a subscript (``_``) or an exponent (``^``)."""

    base: Tree
    script: Tree
    sign: str


class Fence(NamedTuple):
    """A part in brackets; for ``floor``, ``ceil`` and ``sqrt`` the name opens."""

    opening: str
    inner: Tree


Tree: TypeAlias = "Symbol | Line | Fraction | Script | Fence"


def parse(source: str) -> Tree:
    """Return the tree of a formula.

    Raises
    ------
    QuizError
        When it cannot be read, with the place.
    """
    return _Reader(source).whole()


class _Reader:
    """A recursive descent over the tokens; one method a level of binding."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.tokens: list[Symbol] = []
        place = 0
        text = source.rstrip()
        while place < len(text):
            match = _TOKEN.match(text, place)
            if match is None:
                raise QuizError(
                    f"cannot read the formula {source!r} at {text[place:]!r}"
                )
            kind = str(match.lastgroup)
            self.tokens.append(Symbol(kind, match[kind]))
            place = match.end()
        self.tokens.reverse()

    def whole(self) -> Tree:
        tree = self.chain(RELATIONS | frozenset(",;"), self.sum)
        if self.tokens:
            raise QuizError(
                f"cannot read the formula {self.source!r} at {self.tokens[-1].text!r}"
            )
        return tree

    def next_sign(self) -> str:
        token = self.tokens[-1] if self.tokens else None
        return token.text if token is not None and token.kind == "sign" else ""

    def chain(self, signs: frozenset[str], part: Callable[[], Tree]) -> Tree:
        parts = [part()]
        while self.next_sign() in signs:
            parts.append(self.tokens.pop())
            if self.tokens and self.next_sign() not in BRACKETS.values():
                parts.append(part())
        return parts[0] if len(parts) == 1 else Line(tuple(parts))

    def sum(self) -> Tree:
        return self.chain(SUMS, self.product)

    def product(self) -> Tree:
        parts = [self.quotient()]
        while self.tokens:
            sign = self.next_sign()
            if sign in PRODUCTS:
                parts.append(self.tokens.pop())
            elif sign and sign not in BRACKETS and sign not in "?…|":
                break
            parts.append(self.quotient())
        return parts[0] if len(parts) == 1 else Line(tuple(parts))

    def quotient(self) -> Tree:
        tree = self.scripted()
        while self.next_sign() == "/":
            self.tokens.pop()
            tree = Fraction(_bare(tree), _bare(self.scripted()))
        return tree

    def scripted(self) -> Tree:
        if self.next_sign() in ("-", "+", "±"):
            return Line((self.tokens.pop(), self.scripted()))
        tree = self.atom()
        while self.next_sign() in ("_", "^"):
            sign = self.tokens.pop().text
            tree = Script(tree, _bare(self.signed_atom()), sign)
        while self.next_sign() in ("%", "!"):
            tree = Line((tree, self.tokens.pop()))
        return tree

    def signed_atom(self) -> Tree:
        if self.next_sign() == "-":
            return Line((self.tokens.pop(), self.atom()))
        return self.atom()

    def atom(self) -> Tree:
        if not self.tokens:
            raise QuizError(f"the formula {self.source!r} ends too early")
        token = self.tokens.pop()
        if token.text in BRACKETS and token.kind == "sign":
            return self.fence(token.text, BRACKETS[token.text])
        if token.kind == "name" and self.next_sign() == "(":
            self.tokens.pop()
            return self.fence(token.text, ")")
        if token.kind == "sign" and token.text not in "?…|-":
            raise QuizError(
                f"cannot read the formula {self.source!r} at {token.text!r}"
            )
        return token

    def fence(self, opening: str, closing: str) -> Tree:
        inner = self.chain(RELATIONS | frozenset(",;"), self.sum)
        if self.next_sign() != closing:
            raise QuizError(f"the formula {self.source!r} lacks a {closing!r}")
        self.tokens.pop()
        return Fence(opening, inner)


def _bare(tree: Tree) -> Tree:
    """Return a part without the round brackets that a bar or raising replaces."""
    if isinstance(tree, Fence) and tree.opening == "(":
        return tree.inner
    return tree
