"""The scoring of an item of QTI 2.1 or 3.0, rule by rule."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from grader.quiz.export.mould import SLOT
from grader.quiz.export.package import bounds, number
from grader.quiz.export.typed import right_numbers
from grader.quiz.question import Choice
from grader.quiz.response import ROUNDING, near, reach

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from grader.quiz.export.qti_dialect import QtiMaker
    from grader.quiz.question import Number, Question, WrongAnswer

NOT_IDENTIFIER = re.compile(r"[^A-Za-z0-9_-]")
# Canvas files feedback by its identifier: it shows everyone what it finds in
# "general_", drops a "solution", and takes any "wrong" for one of the whole question.
EVERYONE = "general_feedback"
_UNNAMED = "unnamed"


class Said(NamedTuple):
    """A feedback: to which answer, what outcome and value open it, the words."""

    place: int
    outcome: str
    identifier: str | bytes
    words: str


def what_is_said(question: Question) -> list[Said]:
    """Return what is said to answers; several ticks have an outcome each."""
    answers: tuple[Choice | WrongAnswer, ...] = question.choices or question.wrong
    several = question.type == "multiple"
    said = []
    for place, answer in enumerate(answers, 1):
        if answer.feedback:
            right = isinstance(answer, Choice) and answer.correct
            name = answer.misconception or ("right" if right else _UNNAMED)
            said.append(
                Said(
                    place,
                    f"FEEDBACK_{place}" if several else "FEEDBACK",
                    _value(name, place),
                    answer.feedback,
                )
            )
    return said


@lru_cache(maxsize=1024)
def _value(name: str, place: int) -> bytes:
    return f"{NOT_IDENTIFIER.sub('_', name)}.{place}".encode()


def in_order(question: Question, said: list[Said]) -> list[Said]:
    """Return what is said in the order of the rules: the right choice comes first."""
    if question.type != "single":
        return said
    return sorted(said, key=lambda each: not question.choices[each.place - 1].correct)


class Processing:
    """Writes the rules that score an item.

    Methods that begin with ``_made`` build an element, once for each of its kinds.
    """

    def __init__(self, make: QtiMaker) -> None:
        self.make, self.cast = make, make.cast

    def written(self, question: Question, said: list[Said]) -> bytes:
        """Return the rules of a question; at last they open the worked solution."""
        rules = {
            "single": self._single,
            "multiple": self._multiple,
            "numeric": self._numeric,
            "cloze": self._cloze,
        }
        inside = b"".join(rules[question.type](question, said))
        return self.cast(self._made_whole)(inside)

    def _made_whole(self) -> Any:
        opened = self._set("SOLUTION", "identifier", EVERYONE)
        whole = self.make("responseProcessing", SLOT)
        whole.append(opened)
        return whole

    # One choice

    def _single(self, question: Question, said: list[Said]) -> Iterator[bytes]:
        choices, points = question.choices, number(question.points)
        praise = [each for each in said if choices[each.place - 1].correct]
        right = self.cast(self._made_right_choice, points, len(praise))
        branches = [right(*(each.identifier for each in praise))]
        for each in said:
            if each not in praise:
                wrong = self.cast(self._made_wrong_choice, each.place)
                branches.append(wrong(each.identifier))
        yield self._condition(branches)

    def _made_right_choice(self, points: str, praised: int) -> Any:
        make = self.make
        variable = make("variable", identifier="RESPONSE")
        return make(
            "responseIf",
            make("match", variable, make("correct", identifier="RESPONSE")),
            self._set("SCORE", "float", points),
            *[self._set("FEEDBACK", "identifier", SLOT) for _ in range(praised)],
        )

    def _made_wrong_choice(self, place: int) -> Any:
        make = self.make
        variable = make("variable", identifier="RESPONSE")
        return make(
            "responseElseIf",
            make("match", variable, make.value("identifier", f"choice_{place}")),
            self._set("FEEDBACK", "identifier", SLOT),
        )

    # Several choices

    def _multiple(self, question: Question, said: list[Said]) -> Iterator[bytes]:
        yield self.cast(self._made_count)()
        count = sum(choice.correct for choice in question.choices)
        yield from self._share(count, question)
        for each in said:
            ticked = self.cast(self._made_ticked, each.place, each.outcome)
            yield ticked(each.identifier)

    def _made_count(self) -> Any:
        counted = self.make("mapResponse", identifier="RESPONSE")
        return self.make("setOutcomeValue", counted, identifier="COUNT")

    def _made_ticked(self, place: int, outcome: str) -> Any:
        make = self.make
        member = make(
            "member",
            make.value("identifier", f"choice_{place}"),
            make("variable", identifier="RESPONSE"),
        )
        said = self._set(outcome, "identifier", SLOT)
        return make("responseCondition", make("responseIf", member, said))

    # Typed numbers

    def _numeric(self, question: Question, said: list[Said]) -> Iterator[bytes]:
        right = right_numbers(question)[0]
        points = number(question.points)
        branches = [self._branch("responseIf", [(0, right)], question, "SCORE", points)]
        for each in said:
            wrong = question.wrong[each.place - 1].answer
            if not isinstance(wrong, tuple):
                told = each.outcome, each.identifier
                places = [(0, wrong)]
                branches.append(self._branch("responseElseIf", places, question, *told))
        yield self._condition(branches)

    def _cloze(self, question: Question, said: list[Said]) -> Iterator[bytes]:
        rights = right_numbers(question)
        for place in enumerate(rights):
            yield self._condition([self._branch("responseIf", [place], question)])
        yield from self._share(len(rights), question)
        branches: list[bytes] = []
        telling = [(e, _telling(question, question.wrong[e.place - 1])) for e in said]
        # The first that fits is said: what one belief gives may hold all that another
        # one is known by, but then it is known by more.
        telling.sort(key=lambda pair: -len(pair[1]))
        for each, places in telling:
            if places:
                word = "responseElseIf" if branches else "responseIf"
                told = each.outcome, each.identifier
                branches.append(self._branch(word, places, question, *told))
        if branches:
            yield self._condition(branches)

    def _branch(
        self,
        word: str,
        places: list[tuple[int, Number]],
        question: Question,
        outcome: str = "COUNT",
        value: str | bytes = "",
    ) -> bytes:
        """Return what happens when the numbers in these places are typed."""
        kinds = []
        limits: list[str] = []
        rights = right_numbers(question)
        for place, expected in places:
            slack = question.tolerance
            if expected != rights[place]:
                slack = reach(expected, rights[place], slack)
            low, high = _limits(expected, slack)
            kinds.append((place + 1, float(low) <= 0 <= float(high)))
            limits += (low, high)
        made = self.cast(self._made_branch, word, tuple(kinds), outcome)
        return made(*limits, *([value] if value else []))

    def _made_branch(
        self, word: str, places: tuple[tuple[int, bool], ...], outcome: str
    ) -> Any:
        asked = [self._near(f"RESPONSE_{place}", zero=zero) for place, zero in places]
        if outcome == "COUNT":
            done = self._one_more()
        else:
            base = "float" if outcome == "SCORE" else "identifier"
            done = self._set(outcome, base, SLOT)
        whole = asked[0] if len(asked) == 1 else self.make("and", *asked)
        return self.make(word, whole, done)

    def _near(self, name: str, *, zero: bool) -> Any:
        """Ask whether a typed number is within two limits."""
        make = self.make
        rules = [
            make(
                word,
                make("variable", identifier=name),
                make.value("float", SLOT),
            )
            for word in ("gte", "lte")
        ]
        if zero:
            # Some players take an empty field for 0.
            empty = make("isNull", make("variable", identifier=name))
            rules.insert(0, make("not", empty))
        return make("and", *rules)

    def _one_more(self) -> Any:
        make = self.make
        count = make("variable", identifier="COUNT")
        total = make("sum", count, make.value("float", "1"))
        return make("setOutcomeValue", total, identifier="COUNT")

    # Shared

    def _condition(self, branches: Iterable[bytes]) -> bytes:
        return self.cast(self._made_condition)(b"".join(branches))

    def _made_condition(self) -> Any:
        return self.make("responseCondition", SLOT)

    def _share(self, whole: int, question: Question) -> Iterator[bytes]:
        """Turn the count into a share of the points: all right is all of them."""
        points = number(question.points)
        yield self.cast(self._made_of, "SHARE", "divide", "COUNT", str(whole))()
        yield self.cast(self._made_of, "SCORE", "product", "SHARE", points)()

    def _made_of(self, outcome: str, word: str, name: str, value: str) -> Any:
        make = self.make
        variable = make("variable", identifier=name)
        result = make(word, variable, make.value("float", value))
        return make("setOutcomeValue", result, identifier=outcome)

    def _set(self, outcome: str, base: str, value: str) -> Any:
        settled = self.make.value(base, value)
        return self.make("setOutcomeValue", settled, identifier=outcome)


def _limits(value: Number, slack: float) -> tuple[str, str]:
    """Return the least and the greatest number that counts as `value`."""
    if isinstance(value, float) and not value.is_integer():
        slack += ROUNDING * abs(value)
    return bounds(value, slack)


def _telling(question: Question, wrong: WrongAnswer) -> list[tuple[int, Number]]:
    """Return the places where a belief shows, and what it fills in there."""
    given = wrong.answer if isinstance(wrong.answer, tuple) else ()
    pairs = enumerate(zip(given, right_numbers(question)))  # noqa: B905
    return [
        (place, value)
        for place, (value, right) in pairs
        if not near(value, right, question.tolerance)
    ]
