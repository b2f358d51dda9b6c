"""Read packages of QTI 2 and 3: each answer is tried, and earns what it earns."""

from __future__ import annotations

import posixpath
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from grader.quiz.reading import Answer, Item
from grader.quiz.reading.packages import attribute, members, parsed, plain
from grader.quiz.reading.qti_scoring import (
    Scoring,
    children,
    descendants,
    get,
    word,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grader.quiz.reading.qti_scoring import Value

# A bound this much beside a number, by its own size, is no tolerance but rounding.
_ROUNDING = Decimal("2e-9")


def read_items(content: bytes) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    """Return the questions of a package in the order of its test, and notes."""
    documents = members(content) if content.startswith(b"PK") else {"the file": content}
    roots = {name: parsed(name, document) for name, document in documents.items()}
    items = {
        name: root for name, root in roots.items() if word(root) == "assessment-item"
    }
    order: dict[str, str] = {}
    for name, root in roots.items():
        for ref in descendants(root, "assessment-item-ref"):
            href = posixpath.join(posixpath.dirname(name), unquote(get(ref, "href")))
            section = ref.getparent()
            drawn = children(section, "selection")
            order[posixpath.normpath(href)] = get(section, "title") if drawn else ""
    missing = [f"{name}: the test asks it, but it is not there" for name in order]
    notes = [
        note for note, name in zip(missing, order, strict=True) if name not in items
    ]
    names = [name for name in order if name in items]
    names += sorted(name for name in items if name not in order)
    found = []
    for name in names:
        item = _Reader(items[name]).item(order.get(name, ""))
        found.append(item)
        if item.type not in ("single", "multiple", "numeric", "cloze"):
            notes.append(f"{item.title}: the type {item.type!r} is not read")
    return tuple(found), tuple(notes)


class _Reader:
    """Reads one item."""

    def __init__(self, root: Any) -> None:
        self.root, self.scoring = root, Scoring(root)
        self.body = next(iter(children(root, "item-body")), None)
        self.modals = [
            (get(each, "outcome-identifier"), get(each, "identifier"), plain(each))
            for each in children(root, "modal-feedback")
        ]
        self.always = self.told(self.scoring.run({}))
        self.most = self.whole()

    def item(self, pool: str) -> Item:
        """Return the item."""
        form, answers = self.answers()
        return Item(
            title=attribute(self.root, "title"),
            type=form,
            answers=tuple(answers),
            feedback="\n".join(self.always),
            figures=len(descendants(self.root, "img")),
            points=self.most,
            pool=pool,
            prompt=self.prompt(),
            unscored=not any(answer.fraction > 0 for answer in answers),
        )

    def prompt(self) -> str:
        if self.body is None:
            return ""
        parts = [
            plain(part)
            for part in self.body
            if word(part) and not word(part).endswith("interaction")
        ]
        parts += [plain(part) for part in descendants(self.body, "prompt")]
        return "\n".join(part for part in parts if part)

    def whole(self) -> float:
        """Return what the item is worth."""
        values = self.scoring.run(self.right())
        known = values.get("MAXSCORE")
        score = values.get("SCORE")
        best = known if isinstance(known, float) and known else score
        return best if isinstance(best, float) and best else 1.0

    def right(self) -> dict[str, Value]:
        return {name: each.value for name, each in self.scoring.responses.items()}

    def share(self, answers: Mapping[str, Value]) -> float:
        score = self.scoring.run(answers).get("SCORE")
        return score / self.most if isinstance(score, float) else 0.0

    def told(self, values: Mapping[str, Value]) -> list[str]:
        """Return the feedback that outcomes open."""
        return [
            words
            for outcome, identifier, words in self.modals
            if values.get(outcome) == identifier
            or identifier in _several(values.get(outcome))
        ]

    def said(self, answers: Mapping[str, Value]) -> str:
        told = self.told(self.scoring.run(answers))
        return "\n".join(words for words in told if words not in self.always)

    def answers(self) -> tuple[str, list[Answer]]:
        body = self.body
        if body is None:
            return "text", []
        interactions = [e for e in body.iter() if word(e).endswith("-interaction")]
        kinds = {word(each) for each in interactions}
        if kinds == {"choice-interaction"} and len(interactions) == 1:
            return self.choices(interactions[0])
        if kinds == {"text-entry-interaction"}:
            names = [get(each, "response-identifier") for each in interactions]
            # A single blank in a table is a cloze still: a grid of one cell.
            table = any(word(each) == "td" for each in interactions[0].iterancestors())
            form = "cloze" if table or len(names) > 1 else "numeric"
            return form, self.typed(names, form)
        return ", ".join(sorted(kinds)) or "text", []

    def choices(self, interaction: Any) -> tuple[str, list[Answer]]:
        name = get(interaction, "response-identifier")
        response = self.scoring.responses.get(name)
        several = response is not None and response.several
        right = _several(response.value) if response is not None else []
        full = self.share({name: right})
        answers = []
        for choice in descendants(interaction, "simple-choice"):
            ident = get(choice, "identifier")
            alone: dict[str, Value] = {name: [ident] if several else ident}
            share = self.share(alone)
            if several and ident not in right:
                share = self.share({name: [*right, ident]}) - full
            answers.append(Answer(plain(choice), share, self.said(alone)))
        return ("multiple" if several else "single"), answers

    def typed(self, names: list[str], form: str) -> list[Answer]:
        places = {name: place for place, name in enumerate(names, 1)}
        single = form == "numeric"
        answers: dict[tuple[int, str], Answer] = {}
        tried = [self.right(), *map(dict, self.beliefs())]
        slacks = self.slacks()
        for number, given in enumerate(tried):
            said = self.said(given) if number else ""
            for name, value in given.items():
                text = _text(value)
                key = (0 if single else places.get(name, 0), text)
                if name in places and key not in answers:
                    slack = slacks.get((name, text), 0.0)
                    share = self.share({name: value})
                    answers[key] = Answer(text, share, said, slack, key[0])
        return sorted(answers.values(), key=lambda answer: answer.blank)

    def slacks(self) -> dict[tuple[str, str], float]:
        if self.scoring.processing is None:
            return {}
        found = {}
        for each in descendants(self.scoring.processing, "and"):
            interval = _interval(each)
            if interval is not None:
                name, middle, slack = interval
                found[name, _text(float(middle))] = slack
        return found

    def beliefs(self) -> Iterable[list[tuple[str, Value]]]:
        """Yield the answers that the conditions about feedback ask for."""
        if self.scoring.processing is None:
            return
        for condition in descendants(self.scoring.processing, "response-condition"):
            for branch in condition:
                intervals = map(_interval, descendants(branch, "and"))
                yield [
                    (name, float(middle)) for name, middle, _ in filter(None, intervals)
                ]


def _interval(every: Any) -> tuple[str, Decimal, float] | None:
    """Return which response must lie around what number, and how near."""
    bounds: dict[str, Decimal] = {}
    name = ""
    for each in every:
        if word(each) in ("gte", "lte") and len(each) == 2:
            name = get(each[0], "identifier")
            try:
                bounds[word(each)] = Decimal((each[1].text or "").strip())
            except InvalidOperation:
                return None
    if len(bounds) != 2 or not all(bound.is_finite() for bound in bounds.values()):
        return None
    middle = (bounds["gte"] + bounds["lte"]) / 2
    slack = bounds["lte"] - middle
    return name, middle, 0.0 if slack <= _ROUNDING * abs(middle) else float(slack)


def _several(value: Value) -> list[str]:
    return (
        value if isinstance(value, list) else [value] if isinstance(value, str) else []
    )


def _text(value: Value) -> str:
    if isinstance(value, float):
        plain_digits = format(Decimal(repr(value)), "f")
        whole = "." in plain_digits
        return plain_digits.rstrip("0").rstrip(".") if whole else plain_digits
    return str(value)
