"""The scoring of an item of QTI 2.1 or 3.0, rule by rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from grader.quiz.export.package import bounds, number
from grader.quiz.export.typed import right_numbers
from grader.quiz.question import Choice
from grader.quiz.response import ROUNDING, near

if TYPE_CHECKING:
    from grader.quiz.export.qti_dialect import Writer
    from grader.quiz.question import Number, Question, WrongAnswer

NOT_IDENTIFIER = re.compile(r"[^A-Za-z0-9_-]")


@dataclass(frozen=True, slots=True)
class Said:
    """A feedback: to which answer, what outcome and value open it, the words."""

    place: int
    outcome: str
    identifier: str
    words: str


def what_is_said(question: Question) -> list[Said]:
    """Return what is said to answers; several ticks have an outcome each."""
    answers: tuple[Choice | WrongAnswer, ...] = question.choices or question.wrong
    several = question.type == "multiple"
    said = []
    for place, answer in enumerate(answers, 1):
        if answer.feedback:
            right = isinstance(answer, Choice) and answer.correct
            name = answer.misconception or ("right" if right else "wrong")
            said.append(
                Said(
                    place,
                    f"FEEDBACK_{place}" if several else "FEEDBACK",
                    f"{NOT_IDENTIFIER.sub('_', name)}.{place}",
                    answer.feedback,
                )
            )
    return said


class Processing:
    """The response processing under construction."""

    def __init__(self, writer: Writer, question: Question, said: list[Said]) -> None:
        self._question, self._said = question, said
        self._add, self._again = writer.add, writer.again

    def write(self, root: Any) -> None:
        """Add the rules to an item."""
        processing = self._add(root, "responseProcessing")
        score = {
            "single": self._score_single,
            "multiple": self._score_multiple,
            "numeric": self._score_numeric,
            "cloze": self._score_cloze,
        }
        score[self._question.type](processing)
        self._again(processing, "solution", self._open_solution)

    def _open_solution(self, processing: Any) -> Any:
        return self._set(processing, "SOLUTION", "identifier", "solution")

    def _score_single(self, processing: Any) -> None:
        condition = self._add(processing, "responseCondition")
        choices = self._question.choices
        right = [said for said in self._said if choices[said.place - 1].correct]
        praised = ("right choice", self._question.points, tuple(right))
        self._again(condition, praised, partial(self._right_choice, right))
        for said in self._said:
            if said not in right:
                told = ("wrong choice", said.place, said.identifier)
                self._again(condition, told, partial(self._wrong_choice, said))

    def _right_choice(self, praise: list[Said], condition: Any) -> Any:
        branch = self._add(condition, "responseIf")
        match = self._add(branch, "match")
        self._add(match, "variable", identifier="RESPONSE")
        self._add(match, "correct", identifier="RESPONSE")
        self._set(branch, "SCORE", "float", number(self._question.points))
        for said in praise:
            self._set(branch, said.outcome, "identifier", said.identifier)
        return branch

    def _wrong_choice(self, said: Said, condition: Any) -> Any:
        branch = self._add(condition, "responseElseIf")
        match = self._add(branch, "match")
        self._add(match, "variable", identifier="RESPONSE")
        self._value(match, "identifier", f"choice_{said.place}")
        self._set(branch, said.outcome, "identifier", said.identifier)
        return branch

    def _score_multiple(self, processing: Any) -> None:
        counted = self._add(processing, "setOutcomeValue", identifier="COUNT")
        self._add(counted, "mapResponse", identifier="RESPONSE")
        self._share(processing, sum(c.correct for c in self._question.choices))
        for said in self._said:
            condition = self._add(processing, "responseCondition")
            branch = self._add(condition, "responseIf")
            member = self._add(branch, "member")
            self._value(member, "identifier", f"choice_{said.place}")
            self._add(member, "variable", identifier="RESPONSE")
            self._set(branch, said.outcome, "identifier", said.identifier)

    def _score_numeric(self, processing: Any) -> None:
        question = self._question
        condition = self._add(processing, "responseCondition")
        right = self._add(condition, "responseIf")
        self._near(right, "RESPONSE_1", _rights(question)[0])
        self._set(right, "SCORE", "float", number(question.points))
        for said in self._said:
            wrong = question.wrong[said.place - 1]
            if isinstance(wrong.answer, tuple):
                continue
            branch = self._add(condition, "responseElseIf")
            self._near(branch, "RESPONSE_1", wrong.answer)
            self._set(branch, said.outcome, "identifier", said.identifier)

    def _score_cloze(self, processing: Any) -> None:
        names, rights = _names(self._question), _rights(self._question)
        for name, right in zip(names, rights, strict=True):
            condition = self._add(processing, "responseCondition")
            branch = self._add(condition, "responseIf")
            self._near(branch, name, right)
            counted = self._add(branch, "setOutcomeValue", identifier="COUNT")
            total = self._add(counted, "sum")
            self._add(total, "variable", identifier="COUNT")
            self._value(total, "float", "1")
        self._share(processing, len(names))
        if not self._said:
            return
        condition = self._add(processing, "responseCondition")
        word = "responseIf"
        for said in self._said:
            places = _telling(self._question, self._question.wrong[said.place - 1])
            if not places:
                continue
            branch = self._add(condition, word)
            word = "responseElseIf"
            every = self._add(branch, "and")
            for place, value in places:
                self._near(every, names[place], value)
            self._set(branch, said.outcome, "identifier", said.identifier)
        if word == "responseIf":
            processing.remove(condition)

    def _share(self, processing: Any, whole: int) -> None:
        """Turn the count into a share of the points: all right is all of them."""
        shared = self._add(processing, "setOutcomeValue", identifier="SHARE")
        divided = self._add(shared, "divide")
        self._add(divided, "variable", identifier="COUNT")
        self._value(divided, "float", str(whole))
        scored = self._add(processing, "setOutcomeValue", identifier="SCORE")
        product = self._add(scored, "product")
        self._add(product, "variable", identifier="SHARE")
        self._value(product, "float", number(self._question.points))

    def _near(self, parent: Any, name: str, value: Number) -> None:
        """Ask whether a typed number is within the tolerance of a value."""
        slack = self._question.tolerance
        if isinstance(value, float) and not value.is_integer():
            slack += ROUNDING * abs(value)
        low, high = bounds(value, slack)
        every = self._add(parent, "and")
        if float(low) <= 0 <= float(high):
            # Some players take an empty field for 0.
            empty = self._add(self._add(every, "not"), "isNull")
            self._add(empty, "variable", identifier=name)
        for word, bound in (("gte", low), ("lte", high)):
            asked = self._add(every, word)
            self._add(asked, "variable", identifier=name)
            self._value(asked, "float", bound)

    def _set(self, parent: Any, outcome: str, base: str, value: str) -> Any:
        settled = self._add(parent, "setOutcomeValue", identifier=outcome)
        self._value(settled, base, value)
        return settled

    def _value(self, parent: Any, base: str, value: str) -> None:
        self._add(parent, "baseValue", value, baseType=base)


def _names(question: Question) -> list[str]:
    return [f"RESPONSE_{place}" for place, _ in enumerate(_rights(question), 1)]


def _rights(question: Question) -> tuple[Number, ...]:
    return right_numbers(question)


def _telling(question: Question, wrong: WrongAnswer) -> list[tuple[int, Number]]:
    """Return the places where a belief shows, and what it fills in there."""
    given = wrong.answer if isinstance(wrong.answer, tuple) else ()
    pairs = enumerate(zip(given, _rights(question)))  # noqa: B905
    return [
        (place, value)
        for place, (value, right) in pairs
        if not near(value, right, question.tolerance)
    ]
