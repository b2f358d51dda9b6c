"""One question as an item of QTI 2.1 or 3.0, with its scoring written out.

Outcomes: ``SCORE`` of ``MAXSCORE``; ``FEEDBACK`` takes the id of the misconception
that an answer shows, so that the results of a class say what it believes;
``SOLUTION`` opens the worked solution. Partial credit goes through ``COUNT`` (right
places, or right minus wrong ticks) and ``SHARE``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from grader.quiz.export.inline import Pages
from grader.quiz.export.mould import SLOT, encoded, known_text
from grader.quiz.export.package import number
from grader.quiz.export.qti_dialect import document, title
from grader.quiz.export.qti_processing import (
    EVERYONE,
    NOT_IDENTIFIER,
    Processing,
    Said,
    in_order,
    what_is_said,
)
from grader.quiz.export.typed import right_numbers
from grader.quiz.markup import Style, html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.export.package import Package
    from grader.quiz.export.qti_dialect import QtiMaker
    from grader.quiz.question import Question


def identifier(question: Question) -> str:
    """Return the identifier of a question's item."""
    return NOT_IDENTIFIER.sub("_", question.id)


class ItemWriter:
    """Writes questions as items, their figures into the package.

    Methods that begin with ``_made`` build an element, once for each of its kinds.
    """

    def __init__(self, make: QtiMaker, package: Package) -> None:
        self.make, self.cast = make, make.cast
        self.processing = Processing(make)
        self.blank = self.cast(self._made_blank)
        self.style = Style(
            blank=lambda place: self.blank(f"RESPONSE_{place}").decode(),
            figure=package.image,
        )
        self.page = Pages(self.style, encoded)

    def document(self, question: Question) -> bytes:
        """Return the item of a question, its parts in the order of the schema."""
        said = what_is_said(question)
        names = identifier(question), title(question.title)
        asked = self.asked(question)
        solved = b"\n".join(self.page(question.solution))
        if not question.choices:
            return document(self._item(question, names, said, asked, solved))
        # Items with choices are of few kinds: all that differs is filled in at once.
        marks = tuple([choice.correct for choice in question.choices])
        told = tuple([(each.place, each.outcome) for each in said])
        kind = (question.type, question.points, marks, told)
        whole = self.make.kept(kind, lambda: self._open(question, said))
        texts = [known_text(choice.text) for choice in question.choices]
        heard = [each.identifier for each in in_order(question, said)]
        pairs = [
            part for each in said for part in (each.identifier, known_text(each.words))
        ]
        return document(whole(*names, asked, *texts, *heard, *pairs, solved))

    def _open(self, question: Question, said: list[Said]) -> bytes:
        """Return an item with choices that is open where others of its kind differ."""
        return self._item(
            question._replace(
                choices=tuple([each._replace(text=SLOT) for each in question.choices])
            ),
            (SLOT, SLOT),
            [each._replace(identifier=SLOT, words=SLOT) for each in said],
            SLOT,
            SLOT,
        )

    def _item(
        self,
        question: Question,
        names: tuple[str, str],
        said: list[Said],
        asked: str | bytes,
        solved: str | bytes,
    ) -> bytes:
        parts = b"".join(
            [
                *self.responses(question),
                *self.outcomes(question, said),
                self.body(question, asked),
                self.processing.written(question, said),
                *self.feedback(said, solved),
            ]
        )
        return self.cast(self._made_item)(*names, parts)

    def _made_item(self) -> Any:
        return self.make.root(
            "assessmentItem",
            SLOT,
            identifier=SLOT,
            title=SLOT,
            adaptive="false",
            timeDependent="false",
        )

    # Declarations

    def responses(self, question: Question) -> Iterator[bytes]:
        """Yield the declaration of what is ticked, or of each number typed."""
        if question.choices:
            marks = tuple(choice.correct for choice in question.choices)
            yield self.cast(self._made_ticked, question.type, marks)()
            return
        for place, right in enumerate(right_numbers(question), 1):
            typed = self.cast(self._made_typed, place)
            yield typed(number(right))

    def _made_ticked(self, kind: str, marks: tuple[bool, ...]) -> Any:
        make = self.make
        named = [(f"choice_{place}", right) for place, right in enumerate(marks, 1)]
        values = [make("value", name) for name, right in named if right]
        # Right ticks minus wrong ones, and no less than nothing.
        entries = [
            make(
                "mapEntry",
                mapKey=name,
                mappedValue="1" if right else "-1",
                caseSensitive="true",
            )
            for name, right in named
        ]
        mapping = make("mapping", *entries, lowerBound="0", defaultValue="0")
        return make(
            "responseDeclaration",
            make("correctResponse", *values),
            *([mapping] if kind == "multiple" else []),
            identifier="RESPONSE",
            cardinality=kind,
            baseType="identifier",
        )

    def _made_typed(self, place: int) -> Any:
        return self.make(
            "responseDeclaration",
            self.make("correctResponse", self.make("value", SLOT)),
            identifier=f"RESPONSE_{place}",
            cardinality="single",
            baseType="float",
        )

    def outcomes(self, question: Question, said: list[Said]) -> Iterator[bytes]:
        """Yield the declaration of each outcome."""
        outcome = self.make.outcome
        yield self.cast(outcome, "SCORE", "float", "0")()
        yield self.cast(outcome, "MAXSCORE", "float", number(question.points))()
        if question.type in ("multiple", "cloze"):
            yield self.cast(outcome, "COUNT", "float", "0")()
            yield self.cast(outcome, "SHARE", "float", "0")()
        for name in dict.fromkeys(each.outcome for each in said):
            yield self.cast(outcome, name, "identifier")()
        yield self.cast(outcome, "SOLUTION", "identifier")()

    # What is shown

    def asked(self, question: Question) -> bytes:
        """Return what is asked, its figure, and where a single number is typed."""
        parts = [html(question.prompt, self.style)]
        if question.figure is not None:
            parts.append(f"<div>{self.style.figure(question.figure)}</div>")
        if question.type == "numeric":
            parts.append(f"<p>{self.style.blank(1)}</p>")
        return encoded("".join(parts))

    def body(self, question: Question, asked: str | bytes) -> bytes:
        """Return what is asked and what can be chosen."""
        texts = [choice.text for choice in question.choices]
        made = self.cast(self._made_body, question.type, len(texts))
        return made(asked, *texts)

    def _made_body(self, kind: str, count: int) -> Any:
        make = self.make
        asked = make.etree.Element("div")
        asked.text = SLOT
        if not count:
            return make("itemBody", asked)
        choices = [
            make("simpleChoice", SLOT, identifier=f"choice_{place}")
            for place in range(1, count + 1)
        ]
        ticked = make(
            "choiceInteraction",
            *choices,
            responseIdentifier="RESPONSE",
            shuffle="false",
            maxChoices="1" if kind == "single" else "0",
        )
        return make("itemBody", asked, ticked)

    def _made_blank(self) -> Any:
        entry = self.make(
            "textEntryInteraction", responseIdentifier=SLOT, expectedLength="8"
        )
        if self.make.dialect.version == "3.0":
            # Of the widths that it names; without one a player takes the whole line.
            entry.set("class", "qti-input-width-6")
        return entry

    def feedback(self, said: list[Said], solved: str | bytes) -> Iterator[bytes]:
        """Yield what is said to each answer, then the worked solution."""
        for each in said:
            told = self.cast(self._made_modal, each.outcome, "p")
            yield told(each.identifier, each.words)
        opened = self.cast(self._made_modal, "SOLUTION", "div")
        yield opened(EVERYONE, solved)

    def _made_modal(self, outcome: str, tag: str) -> Any:
        words = self.make.etree.Element(tag)
        words.text = SLOT
        if self.make.dialect.version == "3.0":
            words = self.make("contentBody", words)
        return self.make(
            "modalFeedback",
            words,
            outcomeIdentifier=outcome,
            identifier=SLOT,
            showHide="show",
        )
