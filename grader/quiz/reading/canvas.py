"""Read QTI 1.2 as Canvas and its generators write it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from grader.quiz.reading import Answer, Item
from grader.quiz.reading.packages import (
    attribute,
    fragment,
    holds,
    local,
    members,
    parsed,
    plain,
    points,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

_TYPES = {
    "multiple_choice_question": "single",
    "true_false_question": "single",
    "multiple_answers_question": "multiple",
    "numerical_question": "numeric",
    "fill_in_multiple_blanks_question": "cloze",
}


def looks_like(content: bytes) -> bool:
    """Tell whether a file is a zip, or a document, of QTI 1.2."""
    if content.startswith(b"PK"):
        return holds(content, (b"<questestinterop",))
    return b"<questestinterop" in content[:2_000]


def items(content: bytes) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    """Return the questions, and what could not be read."""
    documents = members(content) if content.startswith(b"PK") else {"the file": content}
    found: list[Item] = []
    notes: list[str] = []
    for name, document in documents.items():
        root = parsed(name, document)
        if local(root) != "questestinterop":
            continue
        for element in root.iter("{*}item"):
            item = _Reader(element).item()
            found.append(item)
            if item.type not in _TYPES.values():
                notes.append(f"{item.title}: the type {item.type!r} is not read")
    return tuple(found), tuple(notes)


def _all(element: Any, path: str) -> Iterator[Any]:
    steps = "/".join(f"{{*}}{step}" for step in path.split("/"))
    yield from element.iterfind(f".//{steps}")


@dataclass(frozen=True, slots=True)
class _Condition:
    """What a condition asks for, what it then sets, and what it shows."""

    element: Any
    score: float | None
    action: str
    feedback: tuple[str, ...]


class _Reader:
    """Reads one item."""

    def __init__(self, element: Any) -> None:
        self.element = element
        self.fields = {
            (field.findtext("{*}fieldlabel") or ""): (
                field.findtext("{*}fieldentry") or ""
            )
            for field in _all(element, "qtimetadatafield")
        }
        self.feedbacks = {
            attribute(each, "ident"): "\n".join(
                _said(text) for text in _all(each, "mattext")
            )
            for each in element.iterfind("{*}itemfeedback")
        }
        self.conditions = tuple(map(_condition, _all(element, "respcondition")))

    def item(self) -> Item:
        """Return the item."""
        element, kind = self.element, self.fields.get("question_type", "")
        form = _TYPES.get(kind, kind or "unknown")
        readers = {
            "single": self.choices,
            "multiple": self.choices,
            "numeric": self.numeric,
            "cloze": self.cloze,
        }
        answers = readers[form]() if form in readers else []
        prompt = element.find("{*}presentation/{*}material/{*}mattext")
        texts = (text.text or "" for text in element.iter("{*}mattext"))
        return Item(
            title=attribute(element, "title"),
            type=form,
            answers=tuple(answers),
            feedback=self.feedbacks.get("general_fb", ""),
            figures=sum(text.count("<img ") for text in texts),
            points=points(self.fields, "points_possible"),
            pool=self.pool(),
            prompt="" if prompt is None else _said(prompt),
            unscored=not any(answer.fraction > 0 for answer in answers),
        )

    def pool(self) -> str:
        section = self.element.getparent()
        number = section.findtext("{*}selection_ordering/{*}selection/*")
        return attribute(section, "title") if number else ""

    def labels(self, response: Any) -> list[tuple[str, str]]:
        """Return the ident and the words of each choice."""
        return [
            (attribute(label, "ident"), _said(text))
            for label in response.iter("{*}response_label")
            for text in label.iter("{*}mattext")
        ]

    def choices(self) -> list[Answer]:
        earned: dict[str, float] = {}
        said: dict[str, str] = {}
        for condition in self.conditions:
            right = [
                each
                for each in condition.element.iter("{*}varequal")
                if local(each.getparent()) != "not"
            ]
            for each in right:
                ident = (each.text or "").strip()
                if condition.score is not None:
                    earned[ident] = condition.score / 100 / len(right)
                elif len(right) == 1:
                    words = [
                        self.feedbacks.get(name, "") for name in condition.feedback
                    ]
                    said[ident] = "\n".join(words)
        response = next(_all(self.element, "response_lid"), None)
        if response is None:
            return []
        several = attribute(response, "rcardinality") == "Multiple"
        return [
            Answer(
                words,
                # One wrong tick costs what one right tick earns.
                earned.get(ident, -max(earned.values(), default=0) if several else 0.0),
                said.get(ident, ""),
            )
            for ident, words in self.labels(response)
        ]

    def numeric(self) -> list[Answer]:
        answers = []
        for condition in self.conditions:
            if condition.score is None:
                continue
            exact = condition.element.find(".//{*}varequal")
            low = _decimal(condition.element.findtext(".//{*}vargte"))
            high = _decimal(condition.element.findtext(".//{*}varlte"))
            value = None if exact is None else _decimal(exact.text)
            slack = Decimal(0)
            if low is not None and high is not None:
                value = (low + high) / 2 if value is None else value
                slack = max(high - value, Decimal(0))
            if value is not None:
                text = format(value, "f")
                answers.append(Answer(text, condition.score / 100, "", float(slack)))
        return answers

    def cloze(self) -> list[Answer]:
        answers = []
        for blank, response in enumerate(_all(self.element, "response_lid"), 1):
            ident = attribute(response, "ident")
            share = next(
                (
                    condition.score / 100
                    for condition in self.conditions
                    if condition.score is not None
                    and any(
                        attribute(each, "respident") == ident
                        for each in condition.element.iter("{*}varequal")
                    )
                ),
                0.0,
            )
            answers += [
                Answer(words, share, blank=blank) for _, words in self.labels(response)
            ]
        return answers


def _condition(element: Any) -> _Condition:
    settled = element.find("{*}setvar")
    score = None if settled is None else _decimal(settled.text)
    return _Condition(
        element,
        None if score is None else float(score),
        "" if settled is None else attribute(settled, "action"),
        tuple(attribute(e, "linkrefid") for e in element.iter("{*}displayfeedback")),
    )


def _said(text: Any) -> str:
    """Return the words of a ``mattext``."""
    words = text.text or ""
    if attribute(text, "texttype") == "text/html":
        return plain(fragment(words))
    return str(words).strip()


def _decimal(text: str | None) -> Decimal | None:
    try:
        number = Decimal((text or "").strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
