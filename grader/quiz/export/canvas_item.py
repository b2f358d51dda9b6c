"""One question as an item of Canvas's QTI 1.2, its elements in the DTD's order."""

from __future__ import annotations

from functools import lru_cache
from html import escape
from typing import TYPE_CHECKING, Any

from grader.quiz.export.inline import Pages, dressed, texed
from grader.quiz.export.mould import SLOT, in_text, known_text
from grader.quiz.export.package import bounds, digest, number
from grader.quiz.export.typed import right_numbers
from grader.quiz.markup import Style, html
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.export.losses import Losses
    from grader.quiz.export.mould import Maker
    from grader.quiz.export.package import Package
    from grader.quiz.question import Number, Question, WrongAnswer

TYPES = {
    "single": "multiple_choice_question",
    "multiple": "multiple_answers_question",
    "numeric": "numerical_question",
    "cloze": "fill_in_multiple_blanks_question",
}
_FIRST = 1001  # Canvas takes the numbers of answers as they are, if they are numbers
# Canvas takes HTML for plain text where it finds nothing but text in plain elements,
# and would show "&lt;" to students; an attribute shows it that it is HTML.
_ALONE = in_text('<div dir="auto">%s</div>')
_WRONG_NUMBERS = (
    "wrong numbers are not recognised; the general feedback tells what they mean"
)
_NO_TOLERANCE = "blanks compare text, without a tolerance"


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
    """Writes questions as items, their figures into the package.

    Methods that begin with ``_made`` build an element, once for each of its kinds.
    """

    def __init__(
        self, make: Maker, package: Package, losses: Losses, paper: str
    ) -> None:
        self.make, self.cast = make, make.cast
        self.package, self.losses = package, losses
        self.paper = paper
        self.solved = Pages(Style(figure=package.image, formula=texed), _finished)

    def item(self, question: Question) -> bytes:
        """Return the item of a question."""
        ident = digest(self.paper, question.id)
        blank = "blank"
        # A text that holds [blank1] must not become a blank.
        while f"[{blank}" in repr(question.prompt):
            blank += "_"
        parts = b"".join(
            [
                self.metadata(question, ident),
                self.presentation(question, blank),
                self.scoring(question, blank),
                self.feedback(question),
            ]
        )
        item = self.cast(self._made_item)
        return item(f"item-{ident}", question.title, parts)

    def _made_item(self) -> Any:
        return self.make("item", SLOT, ident=SLOT, title=SLOT)

    def metadata(self, question: Question, ident: str) -> bytes:
        """Return what Canvas, and we, want to know of a question."""
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
        return self.cast(self._made_metadata, *fields)(*fields.values())

    def _made_metadata(self, *names: str) -> Any:
        make = self.make
        fields = [
            make("qtimetadatafield", make("fieldlabel", name), make("fieldentry", SLOT))
            for name in names
        ]
        return make("itemmetadata", make("qtimetadata", *fields))

    # What is shown

    def presentation(self, question: Question, blank: str) -> bytes:
        """Return what is asked and what can be answered."""
        if question.choices:
            texts = [choice.text for choice in question.choices]
            labels = self.labels(texts, _FIRST)
            answers = self.cast(self._made_ticked, question.type)(labels)
        elif question.type == "numeric":
            answers = self.cast(self._made_typed)()
        else:
            blanks = self.cast(self._made_blank)
            answers = b"".join(
                blanks(f"response_{name}", name, self.labels(forms, first))
                for name, forms, first in _blanks(question, blank)
            )
        asked = self.cast(self._made_presentation)
        return asked(self.prompt(question, blank), answers)

    def prompt(self, question: Question, blank: str) -> str:
        """Return the prompt with its figure as HTML."""
        style = Style(
            blank=lambda place: f"[{blank}{place}]",
            figure=self.package.image,
            formula=texed,
        )
        shown = html(question.prompt, style)
        if question.figure is not None:
            shown += f"\n<p>{self.package.image(question.figure)}</p>"
        return dressed(shown)

    def _made_presentation(self) -> Any:
        asked = self._material()
        asked.tail = SLOT
        return self.make("presentation", asked)

    def _made_ticked(self, kind: str) -> Any:
        make, several = self.make, kind == "multiple"
        return make(
            "response_lid",
            make("render_choice", SLOT),
            ident="response1",
            rcardinality="Multiple" if several else "Single",
        )

    def _made_typed(self) -> Any:
        make = self.make
        label = make("response_label", ident="answer1")
        return make(
            "response_str",
            make("render_fib", label, fibtype="Decimal"),
            ident="response1",
            rcardinality="Single",
        )

    def _made_blank(self) -> Any:
        make = self.make
        named = make("material", make("mattext", SLOT))
        return make("response_lid", named, make("render_choice", SLOT), ident=SLOT)

    def labels(self, texts: list[str], first: int) -> bytes:
        """Return what can be chosen; as HTML only where its words need it."""
        marked = [_marked(words) for words in texts]
        same = tuple([one == two for one, two in zip(marked, texts, strict=True)])
        return self.cast(self._made_labels, first, same)(*map(known_text, marked))

    def _made_labels(self, first: int, same: tuple[bool, ...]) -> bytes:
        label = self.cast(self._made_label)
        forms = ["text/plain" if each else "text/html" for each in same]
        return b"".join(
            [label(str(n), form, SLOT) for n, form in enumerate(forms, first)]
        )

    def _made_label(self) -> Any:
        make = self.make
        words = make("material", make("mattext", SLOT, texttype=SLOT))
        return make("response_label", words, ident=SLOT)

    def _material(self) -> Any:
        make = self.make
        return make("material", make("mattext", SLOT, texttype="text/html"))

    # How it is scored

    def scoring(self, question: Question, blank: str) -> bytes:
        """Return the scoring of an item; it shows everyone the worked solution."""
        if question.choices:
            marks = tuple((c.correct, not c.feedback) for c in question.choices)
            return self.cast(self._made_scoring, question.type, marks)()
        if question.wrong:
            self.losses.add(_WRONG_NUMBERS, question.title)
        if question.type == "numeric":
            value = right_numbers(question)[0]
            limits = bounds(value, question.tolerance)
            return self.cast(self._made_near)(number(value), *limits)
        if question.tolerance:
            self.losses.add(_NO_TOLERANCE, question.title)
        blanks = list(_blanks(question, blank))
        share = f"{100 / len(blanks):.2f}"
        added = self.cast(self._made_share, share)
        rules = [added(f"response_{name}", str(first)) for name, _, first in blanks]
        return self.cast(self._made_processing)(b"".join(rules))

    def _made_processing(self, *rules: Any) -> Any:
        make = self.make
        score = make(
            "decvar", maxvalue="100", minvalue="0", varname="SCORE", vartype="Decimal"
        )
        always = self._shown(make("other"), "general_fb")
        if not rules:
            always.tail = SLOT
        return make("resprocessing", make("outcomes", score), always, *rules)

    def _shown(self, asked: Any, feedback: str) -> Any:
        """Return the rule that shows a feedback, whatever else holds."""
        make = self.make
        return make(
            "respcondition",
            make("conditionvar", asked),
            make("displayfeedback", feedbacktype="Response", linkrefid=feedback),
            **{"continue": "Yes"},
        )

    def _made_scoring(self, kind: str, marks: tuple[tuple[bool, bool], ...]) -> Any:
        make = self.make
        told, right, refused = [], [], []
        for place, (correct, silent) in enumerate(marks, _FIRST):
            if not silent:
                chosen = self._equal("response1", str(place))
                told.append(self._shown(chosen, f"{place}_fb"))
            chosen = self._equal("response1", str(place))
            if correct:
                right.append(chosen)
            else:
                refused.append(make("not", chosen))
        if kind == "multiple":
            right = [make("and", *right, *refused)]
        return self._made_processing(*told, self._full(*right))

    def _made_near(self) -> Any:
        make = self.make
        within = make(
            "and",
            make("vargte", SLOT, respident="response1"),
            make("varlte", SLOT, respident="response1"),
        )
        exact = self._equal("response1", SLOT)
        return self._made_processing(self._full(make("or", exact, within)))

    def _made_share(self, share: str) -> Any:
        make = self.make
        return make(
            "respcondition",
            make("conditionvar", self._equal(SLOT, SLOT)),
            make("setvar", share, action="Add", varname="SCORE"),
        )

    def _full(self, *asked: Any) -> Any:
        make = self.make
        return make(
            "respcondition",
            make("conditionvar", *asked),
            make("setvar", "100", action="Set", varname="SCORE"),
            **{"continue": "No"},
        )

    def _equal(self, response: str, value: str) -> Any:
        return self.make("varequal", value, respident=response)

    # What is said

    def feedback(self, question: Question) -> bytes:
        """Return what is said to each choice, and the worked solution."""
        told = [each.feedback for each in question.choices]
        made = self.cast(self._made_feedbacks, tuple(map(bool, told)))
        words = [known_text(_marked(each)) for each in told if each]
        return made(*words, self.solution(question))

    def _made_feedbacks(self, told: tuple[bool, ...]) -> bytes:
        one = self.cast(self._made_feedback)
        names = [f"{place}_fb" for place, each in enumerate(told, _FIRST) if each]
        return b"".join([one(name, SLOT) for name in (*names, "general_fb")])

    def _made_feedback(self) -> Any:
        words = self.make("flow_mat", self._material())
        return self.make("itemfeedback", words, ident=SLOT)

    def solution(self, question: Question) -> bytes:
        """Return the worked solution, and what typed wrong answers mean."""
        shown = self.solved(question.solution)
        if len(shown) == 1:
            shown = [_ALONE % shown[0]]
        if question.wrong:
            meant = "".join(map(_meant, question.wrong))
            told = f"<p>Wrong answers and what they mean:</p><ul>{meant}</ul>"
            shown.append(in_text(told))
        return b"\n".join(shown)


def _meant(wrong: WrongAnswer) -> str:
    given = wrong.answer if isinstance(wrong.answer, tuple) else (wrong.answer,)
    typed = escape(", ".join(map(show, given)), quote=False)
    said = escape(wrong.feedback, quote=False)
    return f"<li><strong>{typed}</strong>: {said}</li>"


def _finished(text: str) -> bytes:
    return in_text(dressed(text))


@lru_cache(maxsize=4096)
def _marked(words: str) -> str:
    """Return words as HTML, unchanged where they hold no sign of it."""
    marked = escape(words, quote=False)
    return marked if marked == words else f'<span dir="auto">{marked}</span>'


def _blanks(question: Question, blank: str) -> Iterator[tuple[str, list[str], int]]:
    """Yield each blank's name, its right spellings and the number of the first."""
    first = _FIRST
    for place, value in enumerate(right_numbers(question), 1):
        forms = spellings(value)
        yield f"{blank}{place}", forms, first
        first += len(forms)
