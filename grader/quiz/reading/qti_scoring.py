"""Run the response processing of a QTI 2 or 3 item to see what an answer earns.

Asking is surer than reading: generators write the same scoring in many ways, and some
that look right never award a point.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from grader.quiz.reading.packages import local

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Value: TypeAlias = "bool | float | str | list[str] | None"
_NUMBERS = frozenset(("float", "integer"))
_CAPITALS = str.maketrans({chr(code): f"-{chr(code + 32)}" for code in range(65, 91)})


def word(element: Any) -> str:
    """Return an element's name in the manner of QTI 3.0, without the prefix."""
    return local(element).translate(_CAPITALS).removeprefix("qti-")


def get(element: Any, name: str, otherwise: str = "") -> str:
    """Return an attribute by its name in QTI 3.0, whatever the version."""
    head, *rest = name.split("-")
    camel = head + "".join(part.capitalize() for part in rest)
    return str(element.get(name, element.get(camel, otherwise)))


def children(element: Any, name: str) -> list[Any]:
    """Return the children of that name."""
    return [child for child in element if word(child) == name]


def descendants(element: Any, *names: str) -> list[Any]:
    """Return the descendants of those names."""
    return [each for each in element.iter() if word(each) in names]


@dataclass(frozen=True, slots=True)
class Declared:
    """A response or an outcome: its type and what it is right, or at first."""

    base: str
    several: bool
    value: Value
    mapping: Any


def declared(item: Any, kind: str, default: str) -> dict[str, Declared]:
    """Return the declarations of a kind with the values of their `default`."""
    found = {}
    for each in children(item, kind):
        base = get(each, "base-type")
        several = get(each, "cardinality") != "single"
        texts = [
            value.text or ""
            for given in children(each, default)
            for value in children(given, "value")
        ]
        mapping = next(iter(children(each, "mapping")), None)
        value = _value([text.strip() for text in texts], base, several=several)
        found[get(each, "identifier")] = Declared(base, several, value, mapping)
    return found


def _value(texts: Sequence[str], base: str, *, several: bool) -> Value:
    if not texts:
        return None
    if several:
        return list(texts)
    return _number(texts[0]) if base in _NUMBERS else texts[0]


def _number(text: object) -> float | None:
    try:
        number = float(str(text))
    except ValueError:
        return None
    return number if math.isfinite(number) else None


class Scoring:
    """The response processing of one item."""

    def __init__(self, item: Any) -> None:
        self.responses = declared(item, "response-declaration", "correct-response")
        self.outcomes = declared(item, "outcome-declaration", "default-value")
        self.processing = next(iter(children(item, "response-processing")), None)

    def run(self, answers: Mapping[str, Value]) -> dict[str, Value]:
        """Return the outcomes that a candidate's answers have."""
        values = {name: outcome.value for name, outcome in self.outcomes.items()}
        for name, outcome in self.outcomes.items():
            if outcome.value is None and outcome.base in _NUMBERS:
                values[name] = 0.0
        if self.processing is None:
            return values
        run = _Run(self, {name: answers.get(name) for name in self.responses}, values)
        template = get(self.processing, "template").rstrip("/").rpartition("/")[2]
        if len(self.processing):
            run.rules(self.processing)
        elif "match_correct" in template:
            names = list(self.responses)[:1]
            right = all(
                run.same(answers.get(n), self.responses[n].value) for n in names
            )
            values["SCORE"] = 1.0 if right else 0.0
        elif "map_response" in template:
            values["SCORE"] = sum(map(run.mapped, list(self.responses)[:1]))
        return values


class _Run:
    """One candidate's answers going through the rules."""

    def __init__(
        self, scoring: Scoring, answers: dict[str, Value], values: dict[str, Value]
    ) -> None:
        self.scoring, self.answers, self.values = scoring, answers, values

    def rules(self, parent: Any) -> None:
        for rule in parent:
            name = word(rule)
            if name == "response-condition":
                self.condition(rule)
            elif name == "set-outcome-value":
                self.values[get(rule, "identifier")] = self.first(rule)

    def condition(self, rule: Any) -> None:
        for branch in rule:
            name = word(branch)
            if name == "response-else":
                self.rules(branch)
                return
            asked = name in ("response-if", "response-else-if")
            if asked and self.first(branch) is True:
                self.rules(branch)
                return

    def first(self, element: Any) -> Value:
        """Return the value of the first expression in an element, if there is one."""
        return next((self.evaluate(child) for child in element if word(child)), None)

    def evaluate(self, element: Any) -> Value:
        name = word(element)
        if name == "base-value":
            text = (element.text or "").strip()
            base = get(element, "base-type")
            if base == "boolean":
                return text == "true"
            return _number(text) if base in _NUMBERS else text
        if name == "variable":
            identifier = get(element, "identifier")
            if identifier in self.answers:
                return self.answers[identifier]
            return self.values.get(identifier)
        if name == "correct":
            wanted = self.scoring.responses.get(get(element, "identifier"))
            return None if wanted is None else wanted.value
        if name == "map-response":
            return self.mapped(get(element, "identifier"))
        given = [self.evaluate(child) for child in element if word(child)]
        return self.operate(name, element, given)

    def operate(self, name: str, element: Any, given: list[Value]) -> Value:
        if name == "is-null":
            return all(value is None or value in ("", []) for value in given)
        if name == "and":
            return all(value is True for value in given)
        if name == "or":
            return any(value is True for value in given)
        if name == "not":
            return not any(value is True for value in given)
        if name == "multiple":
            return [str(value) for value in given if value is not None]
        if None in given:
            return None
        if name in ("match", "equal", "string-match", "member", "contains"):
            return self.compared(name, element, given)
        return _calculated(name, [_number(value) for value in given])

    def compared(self, name: str, element: Any, given: list[Value]) -> Value:
        if len(given) != 2:
            return None
        one, other = given
        if name == "member":
            return isinstance(other, list) and one in other
        if name == "contains":
            return isinstance(one, list) and set(other or ()) <= set(one)  # type: ignore[arg-type]
        if name == "string-match" and get(element, "case-sensitive") == "false":
            return str(one).casefold() == str(other).casefold()
        mode = get(element, "tolerance-mode", "exact")
        if name == "equal" and mode != "exact":
            tolerance = get(element, "tolerance", "0").split()
            slack = [_number(part) or 0.0 for part in tolerance] or [0.0]
            middle, value = _number(one) or 0.0, _number(other) or 0.0
            scale = abs(middle) / 100 if mode == "relative" else 1.0
            return -slack[0] * scale <= value - middle <= slack[-1] * scale
        return self.same(one, other)

    def same(self, one: Value, other: Value) -> bool:
        if isinstance(one, list) and isinstance(other, list):
            return sorted(one) == sorted(other)
        return one is not None and one == other

    def mapped(self, identifier: str) -> float:
        response = self.scoring.responses.get(identifier)
        if response is None or response.mapping is None:
            return 0.0
        mapping, value = response.mapping, self.answers.get(identifier)
        if value is None:
            return 0.0
        keys = set(value) if isinstance(value, list) else {str(value)}
        entries = {
            get(entry, "map-key"): _number(get(entry, "mapped-value")) or 0.0
            for entry in children(mapping, "map-entry")
        }
        default = _number(get(mapping, "default-value")) or 0.0
        total = sum(entries.get(key, default) for key in keys)
        low, high = (_number(get(mapping, f"{b}-bound")) for b in ("lower", "upper"))
        total = total if low is None else max(low, total)
        return total if high is None else min(high, total)


def _calculated(name: str, given: list[float | None]) -> Value:
    numbers = [number for number in given if number is not None]
    if len(numbers) != len(given):
        return None
    if name == "sum":
        return sum(numbers)
    if name == "product":
        return math.prod(numbers)
    one, other = [*numbers, 0.0, 0.0][:2]
    operators = {
        "gte": one >= other,
        "lte": one <= other,
        "gt": one > other,
        "lt": one < other,
        "subtract": one - other,
        "divide": one / other if other else None,
    }
    return operators.get(name)
