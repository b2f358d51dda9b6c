"""One question as an item of QTI 2.1 or 3.0, with its scoring written out.

Outcomes: ``SCORE`` of ``MAXSCORE``; ``FEEDBACK`` takes the id of the misconception
that an answer shows, so that the results of a class say what it believes;
``SOLUTION`` opens the worked solution. Partial credit goes through ``COUNT`` (right
places, or right minus wrong ticks) and ``SHARE``.
"""

from __future__ import annotations

from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

from grader.quiz.export.inline import legal
from grader.quiz.export.package import number
from grader.quiz.export.qti_processing import (
    NOT_IDENTIFIER,
    Processing,
    Said,
    what_is_said,
)
from grader.quiz.export.typed import right_numbers
from grader.quiz.markup import Style, html

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.quiz.export.package import Package
    from grader.quiz.export.qti_dialect import Writer
    from grader.quiz.question import Choice, Question


class ItemWriter:
    """Writes questions as items, their figures into the package."""

    def __init__(self, writer: Writer, package: Package) -> None:
        self.writer, self.package = writer, package
        name, attribute = writer.dialect.name, writer.dialect.attribute
        entry, response = name("textEntryInteraction"), attribute("responseIdentifier")
        length = attribute("expectedLength")
        # Of the widths that QTI 3.0 names; without one a player takes the whole line.
        width = ' class="qti-input-width-6"' if writer.dialect.version == "3.0" else ""
        self.style = Style(
            blank=lambda number: (
                f'<{entry} {response}="RESPONSE_{number}" {length}="8"{width}/>'
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
    return NOT_IDENTIFIER.sub("_", question.id)


def _title(words: str) -> str:
    return " ".join(legal(words).split())


class _Item:
    """One item under construction."""

    def __init__(self, items: ItemWriter, root: Any, question: Question) -> None:
        self.items, self.root, self.question = items, root, question
        self.add, self.again = items.writer.add, items.writer.again
        self.said = what_is_said(question)

    def write(self) -> None:
        """Write the parts in the order that the schema wants."""
        question = self.question
        self.responses()
        self.outcome("SCORE", "float", "0")
        self.outcome("MAXSCORE", "float", number(question.points))
        if question.type in ("multiple", "cloze"):
            self.outcome("COUNT", "float", "0")
            self.outcome("SHARE", "float", "0")
        for name in dict.fromkeys(said.outcome for said in self.said):
            self.outcome(name, "identifier")
        self.outcome("SOLUTION", "identifier")
        self.body()
        Processing(self.items.writer, question, self.said).write(self.root)
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
            key = (
                "response",
                question.type,
                tuple(c.correct for c in question.choices),
            )
            self.again(self.root, key, partial(self.ticked, right))
        else:
            for place, right_one in enumerate(right_numbers(question), 1):
                name = f"RESPONSE_{place}"
                self.response(self.root, name, "single", "float", [number(right_one)])

    def ticked(self, right: Sequence[str], root: Any) -> Any:
        question = self.question
        response = self.response(root, "RESPONSE", question.type, "identifier", right)
        if question.type == "multiple":
            self.mapping(response, question.choices)
        return response

    def response(
        self, root: Any, name: str, cardinality: str, base: str, right: Sequence[str]
    ) -> Any:
        add = self.add
        response = add(
            root,
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
        question, items = self.question, self.items
        shown = f"<div>{html(question.prompt, items.style)}"
        if question.figure is not None:
            shown += f"<div>{items.style.figure(question.figure)}</div>"
        if question.type == "numeric":
            shown += f"<p>{items.style.blank(1)}</p>"
        shown += "</div>"
        if question.choices:
            most = 1 if question.type == "single" else 0
            name, attribute = items.writer.dialect.name, items.writer.dialect.attribute
            outer, inner = name("choiceInteraction"), name("simpleChoice")
            response, limit = attribute("responseIdentifier"), attribute("maxChoices")
            choices = "".join(
                f'<{inner} identifier="choice_{place}">'
                f"{escape(choice.text, quote=False)}</{inner}>"
                for place, choice in enumerate(question.choices, 1)
            )
            shown += (
                f'<{outer} {response}="RESPONSE" shuffle="false" {limit}="{most}">'
                f"{choices}</{outer}>"
            )
        items.writer.html(self.root, "itemBody", shown)

    def feedback(self) -> None:
        for said in self.said:
            self.again(self.root, said, partial(self.say, said))
        shown = html(self.question.solution, self.items.style)
        _, inside = self.modal(self.root, "SOLUTION", "solution")
        self.items.writer.html(inside, "div", shown)

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
