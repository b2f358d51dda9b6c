"""One question as an item of QTI 2.1 or 3.0, with its scoring written out.

Outcomes: ``SCORE`` of ``MAXSCORE``; ``FEEDBACK`` takes the id of the misconception
that an answer shows, so that the results of a class say what it believes;
``SOLUTION`` opens the worked solution. Partial credit goes through ``COUNT`` (right
places, or right minus wrong ticks) and ``SHARE``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from grader.quiz.export.inline import legal
from grader.quiz.export.package import bounds, number
from grader.quiz.export.typed import right_numbers
from grader.quiz.markup import Style, html
from grader.quiz.question import Choice
from grader.quiz.response import ROUNDING, near

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.quiz.export.package import Package
    from grader.quiz.export.qti_dialect import Writer
    from grader.quiz.question import Number, Question, WrongAnswer

_NOT_IDENTIFIER = re.compile(r"[^A-Za-z0-9_-]")


@dataclass(frozen=True, slots=True)
class Said:
    """A feedback: to which answer, what outcome and value open it, the words."""

    place: int
    outcome: str
    identifier: str
    words: str


class ItemWriter:
    """Writes questions as items, their figures into the package."""

    def __init__(self, writer: Writer, package: Package) -> None:
        self.writer, self.package = writer, package
        name, attribute = writer.dialect.name, writer.dialect.attribute
        entry, response = name("textEntryInteraction"), attribute("responseIdentifier")
        length = attribute("expectedLength")
        self.style = Style(
            blank=lambda number: (
                f'<{entry} {response}="RESPONSE_{number}" {length}="8"/>'
            ),
            figure=package.image,
        )

    def document(self, question: Question) -> bytes:
        """Return the item of a question."""
        root = self.writer.root(
            "assessmentItem",
            identifier=identifier(question),
            title=_title(question.title),
            adaptive="false",
            timeDependent="false",
        )
        _Item(self, root, question).write()
        return self.writer.document(root)


def identifier(question: Question) -> str:
    """Return the identifier of a question's item."""
    return _NOT_IDENTIFIER.sub("_", question.id)


def _title(words: str) -> str:
    return " ".join(legal(words).split())


class _Item:
    """One item under construction."""

    def __init__(self, items: ItemWriter, root: Any, question: Question) -> None:
        self.items, self.root, self.question = items, root, question
        self.add, self.again = items.writer.add, items.writer.again
        self.said = _said(question)

    def write(self) -> None:
        """Write the parts in the order that the schema wants."""
        self.responses()
        self.outcome("SCORE", "float", "0")
        self.outcome("MAXSCORE", "float", number(self.question.points))
        if self.question.type in ("multiple", "cloze"):
            self.outcome("COUNT", "float", "0")
            self.outcome("SHARE", "float", "0")
        for name in dict.fromkeys(said.outcome for said in self.said):
            self.outcome(name, "identifier")
        self.outcome("SOLUTION", "identifier")
        self.body()
        self.processing()
        self.feedback()

    # Declarations

    def responses(self) -> None:
        question = self.question
        if question.choices:
            right = [
                f"choice_{place}"
                for place, choice in enumerate(question.choices, 1)
                if choice.correct
            ]
            cardinality = question.type
            response = self.response("RESPONSE", cardinality, "identifier", right)
            if question.type == "multiple":
                self.mapping(response, question.choices)
        else:
            rights = _rights(question)
            for name, right_one in zip(_names(question), rights, strict=True):
                self.response(name, "single", "float", [number(right_one)])

    def response(
        self, name: str, cardinality: str, base: str, right: Sequence[str]
    ) -> Any:
        add = self.add
        response = add(
            self.root,
            "responseDeclaration",
            identifier=name,
            cardinality=cardinality,
            baseType=base,
        )
        correct = add(response, "correctResponse")
        for value in right:
            add(correct, "value", value)
        return response

    def mapping(self, response: Any, choices: Sequence[Choice]) -> None:
        """Count right ticks minus wrong ones, and no less than nothing."""
        mapping = self.add(response, "mapping", lowerBound="0", defaultValue="0")
        for place, choice in enumerate(choices, 1):
            self.add(
                mapping,
                "mapEntry",
                mapKey=f"choice_{place}",
                mappedValue="1" if choice.correct else "-1",
                caseSensitive="true",
            )

    def outcome(self, name: str, base: str, default: str = "") -> None:
        key = ("outcome", name, base, default)
        self.again(self.root, key, partial(self.declare, name, base, default))

    def declare(self, name: str, base: str, default: str, root: Any) -> Any:
        declared = self.add(
            root,
            "outcomeDeclaration",
            identifier=name,
            cardinality="single",
            baseType=base,
        )
        if default:
            self.add(self.add(declared, "defaultValue"), "value", default)
        return declared

    # What is shown

    def body(self) -> None:
        question, writer = self.question, self.items.writer
        body = self.add(self.root, "itemBody")
        shown = html(question.prompt, self.items.style)
        if question.figure is not None:
            shown += f"<div>{self.items.style.figure(question.figure)}</div>"
        if question.type == "numeric":
            shown += f"<p>{self.items.style.blank(1)}</p>"
        writer.html(body, shown)
        if question.choices:
            interaction = self.add(
                body,
                "choiceInteraction",
                responseIdentifier="RESPONSE",
                shuffle="false",
                maxChoices="1" if question.type == "single" else "0",
            )
            for place, choice in enumerate(question.choices, 1):
                self.add(
                    interaction,
                    "simpleChoice",
                    legal(choice.text),
                    identifier=f"choice_{place}",
                )

    def feedback(self) -> None:
        for said in self.said:
            self.again(self.root, said, partial(self.say, said))
        shown = html(self.question.solution, self.items.style)
        _, inside = self.modal(self.root, "SOLUTION", "solution")
        self.items.writer.html(inside, shown)

    def say(self, said: Said, root: Any) -> Any:
        modal, inside = self.modal(root, said.outcome, said.identifier)
        self.items.writer.paragraph(inside, said.words)
        return modal

    def modal(self, root: Any, outcome: str, name: str) -> tuple[Any, Any]:
        """Add a modal feedback; return it, and where its words go."""
        modal = self.add(
            root,
            "modalFeedback",
            outcomeIdentifier=outcome,
            identifier=name,
            showHide="show",
        )
        if self.items.writer.dialect.version == "2.1":
            return modal, modal
        return modal, self.add(modal, "contentBody")

    # Scoring

    def processing(self) -> None:
        processing = self.add(self.root, "responseProcessing")
        score = {
            "single": self.score_single,
            "multiple": self.score_multiple,
            "numeric": self.score_numeric,
            "cloze": self.score_cloze,
        }
        score[self.question.type](processing)
        self.set(processing, "SOLUTION", "identifier", "solution")

    def score_single(self, processing: Any) -> None:
        condition = self.add(processing, "responseCondition")
        right = self.add(condition, "responseIf")
        match = self.add(right, "match")
        self.add(match, "variable", identifier="RESPONSE")
        self.add(match, "correct", identifier="RESPONSE")
        self.set(right, "SCORE", "float", number(self.question.points))
        for said in self.said:
            if self.question.choices[said.place - 1].correct:
                self.set(right, said.outcome, "identifier", said.identifier)
            else:
                key = ("wrong choice", said.place, said.identifier)
                self.again(condition, key, partial(self.wrong_choice, said))

    def wrong_choice(self, said: Said, condition: Any) -> Any:
        branch = self.add(condition, "responseElseIf")
        match = self.add(branch, "match")
        self.add(match, "variable", identifier="RESPONSE")
        self.value(match, "identifier", f"choice_{said.place}")
        self.set(branch, said.outcome, "identifier", said.identifier)
        return branch

    def score_multiple(self, processing: Any) -> None:
        counted = self.add(processing, "setOutcomeValue", identifier="COUNT")
        self.add(counted, "mapResponse", identifier="RESPONSE")
        self.share(processing, sum(c.correct for c in self.question.choices))
        for said in self.said:
            condition = self.add(processing, "responseCondition")
            branch = self.add(condition, "responseIf")
            member = self.add(branch, "member")
            self.value(member, "identifier", f"choice_{said.place}")
            self.add(member, "variable", identifier="RESPONSE")
            self.set(branch, said.outcome, "identifier", said.identifier)

    def score_numeric(self, processing: Any) -> None:
        question = self.question
        condition = self.add(processing, "responseCondition")
        right = self.add(condition, "responseIf")
        self.near(right, "RESPONSE_1", _rights(question)[0])
        self.set(right, "SCORE", "float", number(question.points))
        for said in self.said:
            wrong = question.wrong[said.place - 1]
            if isinstance(wrong.answer, tuple):
                continue
            branch = self.add(condition, "responseElseIf")
            self.near(branch, "RESPONSE_1", wrong.answer)
            self.set(branch, said.outcome, "identifier", said.identifier)

    def score_cloze(self, processing: Any) -> None:
        names, rights = _names(self.question), _rights(self.question)
        for name, right in zip(names, rights, strict=True):
            condition = self.add(processing, "responseCondition")
            branch = self.add(condition, "responseIf")
            self.near(branch, name, right)
            counted = self.add(branch, "setOutcomeValue", identifier="COUNT")
            total = self.add(counted, "sum")
            self.add(total, "variable", identifier="COUNT")
            self.value(total, "float", "1")
        self.share(processing, len(names))
        if not self.said:
            return
        condition = self.add(processing, "responseCondition")
        word = "responseIf"
        for said in self.said:
            places = _telling(self.question, self.question.wrong[said.place - 1])
            if not places:
                continue
            branch = self.add(condition, word)
            word = "responseElseIf"
            every = self.add(branch, "and")
            for place, value in places:
                self.near(every, names[place], value)
            self.set(branch, said.outcome, "identifier", said.identifier)
        if word == "responseIf":
            processing.remove(condition)

    def share(self, processing: Any, whole: int) -> None:
        """Turn the count into a share of the points: all right is all of them."""
        shared = self.add(processing, "setOutcomeValue", identifier="SHARE")
        divided = self.add(shared, "divide")
        self.add(divided, "variable", identifier="COUNT")
        self.value(divided, "float", str(whole))
        scored = self.add(processing, "setOutcomeValue", identifier="SCORE")
        product = self.add(scored, "product")
        self.add(product, "variable", identifier="SHARE")
        self.value(product, "float", number(self.question.points))

    def near(self, parent: Any, name: str, value: Number) -> None:
        """Ask whether a typed number is within the tolerance of a value."""
        slack = self.question.tolerance
        if isinstance(value, float) and not value.is_integer():
            slack += ROUNDING * abs(value)
        low, high = bounds(value, slack)
        every = self.add(parent, "and")
        if float(low) <= 0 <= float(high):
            # Some players take an empty field for 0.
            empty = self.add(self.add(every, "not"), "isNull")
            self.add(empty, "variable", identifier=name)
        for word, bound in (("gte", low), ("lte", high)):
            asked = self.add(every, word)
            self.add(asked, "variable", identifier=name)
            self.value(asked, "float", bound)

    def set(self, parent: Any, outcome: str, base: str, value: str) -> None:
        settled = self.add(parent, "setOutcomeValue", identifier=outcome)
        self.value(settled, base, value)

    def value(self, parent: Any, base: str, value: str) -> None:
        self.add(parent, "baseValue", value, baseType=base)


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


def _said(question: Question) -> list[Said]:
    """Return what is said to answers; several ticks have an outcome each."""
    answers = question.choices or question.wrong
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
                    f"{_NOT_IDENTIFIER.sub('_', name)}.{place}",
                    answer.feedback,
                )
            )
    return said
