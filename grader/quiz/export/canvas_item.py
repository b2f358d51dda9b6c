"""One question as an item of Canvas's QTI 1.2, its elements in the DTD's order."""

from __future__ import annotations

from copy import copy
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any

from grader.quiz.export.inline import dressed, legal, texed
from grader.quiz.export.package import bounds, digest, number
from grader.quiz.export.typed import right_numbers
from grader.quiz.markup import Style, html
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable
    from types import ModuleType

    from grader.quiz.export.losses import Losses
    from grader.quiz.export.package import Package
    from grader.quiz.question import Number, Question

TYPES = {
    "single": "multiple_choice_question",
    "multiple": "multiple_answers_question",
    "numeric": "numerical_question",
    "cloze": "fill_in_multiple_blanks_question",
}
_MOST_KEPT = 2048
_FIRST = 1001  # Canvas takes the numbers of answers as they are, if they are numbers
_WRONG_NUMBERS = (
    "wrong numbers are not recognised; the general feedback tells what they mean"
)
_NO_TOLERANCE = "blanks compare text, without a tolerance"


def add(parent: Any, tag: str, text: str = "", **attributes: str) -> Any:
    """Add an element in the namespace of its parent and return it."""
    space = parent.nsmap.get(None)
    element = parent.makeelement(f"{{{space}}}{tag}" if space else tag, attributes)
    if text:
        element.text = text
    parent.append(element)
    return element


def spellings(value: Number) -> list[str]:
    """Return how people write a number, the plainest first.

    Examples
    --------
    >>> spellings(-34944), spellings(0.5)
    (['-34944', '-34,944', '−34944', '−34,944'], ['0.5', '.5'])
    """
    plain = number(value)
    forms = [plain]
    if plain.lstrip("-").startswith("0."):
        forms.append(plain.replace("0.", ".", 1))
    if float(plain).is_integer():
        forms.append(f"{int(plain):,}")
    minus = [form.replace("-", "−") for form in forms]
    return list(dict.fromkeys([*forms, *minus]))


class ItemWriter:
    """Writes questions as items, their figures into the package."""

    def __init__(
        self, xml: ModuleType, package: Package, losses: Losses, paper: str
    ) -> None:
        self.xml, self.package, self.losses = xml, package, losses
        self.paper = paper
        self._kept: dict[Hashable, Any] = {}

    def copy(self, key: Hashable, build: Callable[[], Any]) -> Any:
        """Return a copy of what ``build()`` returned first: ten times as quick.

        Questions of one family have most of their elements in common.
        """
        if key not in self._kept:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            self._kept[key] = build()
        # To lxml a copy is a deep one.
        return copy(self._kept[key])

    def element(self, tag: str, **attributes: str) -> Any:
        """Return an element that has no parent yet."""
        return self.xml.Element(tag, attributes)

    def item(self, question: Question) -> bytes:
        """Return the item of a question."""
        ident = digest(self.paper, question.id)
        item = self.xml.Element(
            "item", ident=f"item-{ident}", title=legal(question.title)
        )
        _Item(self, item, question).write(ident)
        return bytes(self.xml.tostring(item, encoding="UTF-8"))

    def html(self, question: Question, blank: str) -> str:
        """Return the prompt with its figure."""
        style = Style(
            blank=lambda place: f"[{blank}{place}]",
            figure=self.package.image,
            formula=texed,
        )
        shown = html(question.prompt, style)
        if question.figure is not None:
            shown += f"\n<p>{self.package.image(question.figure)}</p>"
        return legal(dressed(shown))

    def solution(self, question: Question) -> str:
        """Return the worked solution, and what typed wrong answers mean."""
        style = Style(figure=self.package.image, formula=texed)
        shown = html(question.solution, style)
        meant = ""
        for wrong in question.wrong:
            given = wrong.answer if isinstance(wrong.answer, tuple) else (wrong.answer,)
            typed = escape(", ".join(map(show, given)), quote=False)
            said = escape(wrong.feedback, quote=False)
            meant += f"<li><strong>{typed}</strong>: {said}</li>"
        if meant:
            shown += f"\n<p>Wrong answers and what they mean:</p><ul>{meant}</ul>"
        return legal(dressed(shown))


class _Item:
    """One item under construction."""

    def __init__(self, items: ItemWriter, item: Any, question: Question) -> None:
        self.items, self.item, self.question = items, item, question
        self.blank = "blank"
        # A text that holds [blank1] must not become a blank.
        while f"[{self.blank}" in repr(question.prompt):
            self.blank += "_"

    def write(self, ident: str) -> None:
        """Write the parts in the order of the DTD."""
        self.metadata(ident)
        presentation = add(self.item, "presentation")
        prompt = self.items.html(self.question, self.blank)
        _material(presentation, prompt)
        if self.question.choices:
            self.choices(presentation)
            key = tuple((c.correct, not c.feedback) for c in self.question.choices)
            scored = ("scored", self.question.type, key)
            self.item.append(self.items.copy(scored, self.scored))
        else:
            processing = self.processing()
            typed = self.numeric if self.question.type == "numeric" else self.cloze
            typed(presentation, processing)
            self.item.append(processing)
        for number_, choice in enumerate(self.question.choices, _FIRST):
            if choice.feedback:
                self.feedback(f"{number_}_fb", escape(choice.feedback, quote=False))
        self.feedback("general_fb", self.items.solution(self.question))

    def metadata(self, ident: str) -> None:
        question = self.question
        count = len(question.choices)
        fields = {
            "question_type": TYPES[question.type],
            "points_possible": number(question.points),
            "original_answer_ids": ",".join(
                str(place) for place in range(_FIRST, _FIRST + count)
            ),
            "assessment_question_identifierref": f"question-{ident}",
            "family": question.family,
            "concept": question.concept,
            "misconceptions": ",".join(
                each.misconception or "" for each in question.choices or question.wrong
            ),
        }
        listed = self.items.copy("metadata", partial(self.labels, tuple(fields)))
        for field, entry in zip(listed[0], fields.values(), strict=True):
            field[1].text = entry
        self.item.append(listed)

    def labels(self, names: tuple[str, ...]) -> Any:
        """Return the metadata with their entries open."""
        metadata = self.items.element("itemmetadata")
        listed = add(metadata, "qtimetadata")
        for name in names:
            field = add(listed, "qtimetadatafield")
            add(field, "fieldlabel", name)
            add(field, "fieldentry")
        return metadata

    def processing(self) -> Any:
        """Return the start of the scoring: the worked solution for everyone."""
        processing = self.items.xml.Element("resprocessing")
        add(
            add(processing, "outcomes"),
            "decvar",
            maxvalue="100",
            minvalue="0",
            varname="SCORE",
            vartype="Decimal",
        )
        always = add(processing, "respcondition", **{"continue": "Yes"})
        add(add(always, "conditionvar"), "other")
        add(always, "displayfeedback", feedbacktype="Response", linkrefid="general_fb")
        return processing

    def choices(self, presentation: Any) -> None:
        several = self.question.type == "multiple"
        response = add(
            presentation,
            "response_lid",
            ident="response1",
            rcardinality="Multiple" if several else "Single",
        )
        shown = add(response, "render_choice")
        for place, choice in enumerate(self.question.choices, _FIRST):
            self.choice(shown, str(place), choice.text)

    def choice(self, shown: Any, ident: str, words: str) -> None:
        """Add a choice; as HTML only where its words need it."""
        markup = escape(words, quote=False)
        form = "text/plain" if markup == words else "text/html"
        key = ("choice", ident, form)
        label = self.items.copy(key, partial(self.label, ident, form))
        label[0][0].text = legal(markup)
        shown.append(label)

    def label(self, ident: str, form: str) -> Any:
        label = self.items.element("response_label", ident=ident)
        add(add(label, "material"), "mattext", texttype=form)
        return label

    def scored(self) -> Any:
        """Return the scoring of choices."""
        question, processing = self.question, self.processing()
        several = question.type == "multiple"
        for place, choice in enumerate(question.choices, _FIRST):
            if choice.feedback:
                chosen = add(processing, "respcondition", **{"continue": "Yes"})
                _equal(add(chosen, "conditionvar"), "response1", str(place))
                add(
                    chosen,
                    "displayfeedback",
                    feedbacktype="Response",
                    linkrefid=f"{place}_fb",
                )
        right = add(processing, "respcondition", **{"continue": "No"})
        asked = add(right, "conditionvar")
        if several:
            asked = add(asked, "and")
        for place, choice in enumerate(question.choices, _FIRST):
            if choice.correct:
                _equal(asked, "response1", str(place))
            elif several:
                _equal(add(asked, "not"), "response1", str(place))
        add(right, "setvar", "100", action="Set", varname="SCORE")
        return processing

    def numeric(self, presentation: Any, processing: Any) -> None:
        question = self.question
        response = add(
            presentation, "response_str", ident="response1", rcardinality="Single"
        )
        shown = add(response, "render_fib", fibtype="Decimal")
        add(shown, "response_label", ident="answer1")
        value = right_numbers(question)[0]
        low, high = bounds(value, question.tolerance)
        right = add(processing, "respcondition", **{"continue": "No"})
        either = add(add(right, "conditionvar"), "or")
        _equal(either, "response1", number(value))
        within = add(either, "and")
        add(within, "vargte", low, respident="response1")
        add(within, "varlte", high, respident="response1")
        add(right, "setvar", "100", action="Set", varname="SCORE")
        if question.wrong:
            self.items.losses.add(_WRONG_NUMBERS, question.title)

    def cloze(self, presentation: Any, processing: Any) -> None:
        question = self.question
        rights = right_numbers(question)
        label_number = _FIRST
        for place, value in enumerate(rights, 1):
            name = f"{self.blank}{place}"
            ident = f"response_{name}"
            response = add(presentation, "response_lid", ident=ident)
            add(add(response, "material"), "mattext", name)
            shown = add(response, "render_choice")
            right = add(processing, "respcondition")
            _equal(add(right, "conditionvar"), ident, str(label_number))
            share = f"{100 / len(rights):.2f}"
            add(right, "setvar", share, action="Add", varname="SCORE")
            for form in spellings(value):
                self.choice(shown, str(label_number), form)
                label_number += 1
        if question.tolerance:
            self.items.losses.add(_NO_TOLERANCE, question.title)
        if question.wrong:
            self.items.losses.add(_WRONG_NUMBERS, question.title)

    def feedback(self, ident: str, markup: str) -> None:
        feedback = self.items.copy(("feedback", ident), partial(self.told, ident))
        feedback[0][0][0].text = legal(markup)
        self.item.append(feedback)

    def told(self, ident: str) -> Any:
        feedback = self.items.element("itemfeedback", ident=ident)
        _material(add(feedback, "flow_mat"), "")
        return feedback


def _material(parent: Any, markup: str) -> None:
    add(add(parent, "material"), "mattext", markup, texttype="text/html")


def _equal(parent: Any, response: str, value: str) -> None:
    add(parent, "varequal", value, respident=response)
