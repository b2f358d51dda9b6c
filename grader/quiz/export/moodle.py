r"""A quiz as Moodle XML: what Moodle's question bank imports.

Each question stands in a category, the variants of a pool in one of their own, from
which a quiz draws at random. Figures travel as files inside the question, formulas
as TeX between ``\(`` and ``\)``. Typed wrong numbers earn nothing and get their
feedback; their beliefs are the question's tags.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from grader.quiz.export.inline import Pages, dressed, image, in_base64, texed, words
from grader.quiz.export.losses import Losses
from grader.quiz.export.moodle_cloze import blank, weight, with_blanks
from grader.quiz.export.mould import OPEN, SLOT, Maker, in_cdata, known_text
from grader.quiz.export.typed import right_numbers, wrong_numbers
from grader.quiz.markup import Style, written
from grader.quiz.quick import memo
from grader.quiz.response import reach
from grader.quiz.xmllib import etree

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.blocks import Figure
    from grader.quiz.paper import Paper
    from grader.quiz.question import Question

SUFFIX = ".xml"
TYPES = {
    "single": "multichoice",
    "multiple": "multichoice",
    "numeric": "numerical",
    "cloze": "cloze",
}
# They stand in the order that was drawn, the same as on paper.
_IN_ORDER = ("shuffleanswers", "false")
_FLAGS = {
    "single": (("single", "true"), _IN_ORDER),
    "multiple": (("single", "false"), _IN_ORDER),
    # No units: said in full, since Moodle's defaults depend on its version.
    "numeric": (
        ("unitgradingtype", "0"),
        ("unitpenalty", "0.1"),
        ("showunits", "3"),
        ("unitsleft", "0"),
    ),
    "cloze": (),
}


def pieces(paper: Paper, *, solutions: bool = True) -> Iterator[bytes]:
    """Yield the XML of a paper, a question at a time; it always holds the key."""
    del solutions
    # Loaded before any file is opened: lxml may swallow an interrupt as it loads.
    return _pieces(paper, etree("Moodle XML"))


def _pieces(paper: Paper, library: Any) -> Iterator[bytes]:
    losses = Losses("moodle")
    writer = _Writer(library, losses)
    yield b'<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n'
    current = ""
    for question in paper.questions:
        path = category(paper.title, question)
        if path != current:
            yield writer.category(path)
            current = path
        yield writer.question(question)
    yield b"</quiz>\n"
    losses.say()


def category(title: str, question: Question) -> str:
    """Return the path of the category that a question belongs to."""
    pooled = question.pool != question.title
    return _path(title, question.pool) if pooled else _path(title)


@lru_cache(maxsize=64)
def _path(*names: str) -> str:
    return "/".join(["$course$/top", *map(_category_name, names)])


def _category_name(name: str) -> str:
    """Return a name inside a path: a doubled slash is one that belongs to it."""
    inside = " ".join(name.split()).replace("/", "//")
    # Moodle drops the blanks; they keep the slash from those of the path.
    before = " " if inside.startswith("/") else ""
    return before + inside + (" " if inside.endswith("/") else "")


class _Writer:
    """Writes one question after the other.

    Methods that begin with ``_made`` build an element, once for each of its kinds.
    """

    def __init__(self, library: Any, losses: Losses) -> None:
        self.make = Maker(library)
        self.cast = self.make.cast
        self.losses = losses
        self.style = Style(blank, self.figure, texed)
        self.page = Pages(self.style, _finished, self.drawn)
        self.drawings: list[bytes] = []
        self.tag = memo(self.cast(self._made_tag))
        # A pool says the same few things to thousands of choices.
        self.around = memo(self._around)
        self.around_file = memo(self._around_file)

    def category(self, path: str) -> bytes:
        return self.cast(self._made_category)(path) + b"\n"

    def _made_category(self) -> Any:
        return self.make("question", self._text("category"), type="category")

    def question(self, question: Question) -> bytes:
        cloze = question.type == "cloze"
        if cloze:
            self.check_weights(question)
        texts = [
            question.title,
            *self.prompt(question),
            *self.solution(question),
            *([] if cloze else [known_text(repr(question.points))]),
            question.id,
            b"".join(self.answers(question)),
            b"".join(map(self.tag, beliefs(question))),
        ]
        whole = self.cast(self._made_question, question.type)(*texts)
        return whole + b"\n"

    def _made_question(self, kind: str) -> Any:
        make = self.make
        flags = [make(name, text) for name, text in _FLAGS[kind]]
        tags = make("tags", SLOT)
        parts = [
            self._text("name"),
            self._page("questiontext"),
            self._page("generalfeedback"),
            *([] if kind == "cloze" else [make("defaultgrade", SLOT)]),
            make("idnumber", SLOT),
            *flags,
        ]
        parts[-1].tail = SLOT  # the answers
        return make("question", *parts, tags, type=TYPES[kind])

    def _made_tag(self) -> Any:
        return self._text("tag")

    def prompt(self, question: Question) -> tuple[bytes, bytes]:
        """Return what is asked; the blanks of a cloze stand where they are filled."""
        if question.type == "cloze":
            # In a figure's words, too, nothing may look like a blank.
            figures = [] if question.figure is None else [question.figure]
            asked = (*question.prompt, *figures)
            shown = list(map(with_blanks(question), written(asked, self.style)))
            return b"\n".join(shown), self.files()
        shown = self.page.prompt(question.prompt)
        if question.figure is not None:
            shown.append(self.drawn(question.figure))
        return b"\n".join(shown), self.files()

    def solution(self, question: Question) -> tuple[bytes, bytes]:
        shown = self.page(question.solution)
        return b"\n".join(shown), self.files()

    def drawn(self, block: Figure) -> bytes:
        """Return a figure as it stands in a page, and keep its file."""
        number, about = self.kept(block)
        before, after = _around_image(number)
        return before + in_cdata(about) + after

    def figure(self, block: Figure) -> str:
        return _image(*self.kept(block))

    def kept(self, block: Figure) -> tuple[int, str]:
        """Keep a figure's file; return its number, and what it shows."""
        about, drawing = in_base64(block)
        self.drawings.append(drawing)
        return len(self.drawings), about

    def files(self) -> bytes:
        """Return the figures drawn since the last call."""
        if not self.drawings:
            return b""
        parts: list[bytes] = []
        for number, drawing in enumerate(self.drawings, 1):
            before, after = self.around_file(number)
            parts += before, drawing, after
        self.drawings.clear()
        return b"".join(parts)

    def _around_file(self, number: int) -> list[bytes]:
        """Return what stands before and after the data of a figure."""
        file = self.cast(self._made_file)
        return file(b"figure-%d.svg" % number, OPEN).split(OPEN)

    def _page(self, name: str) -> Any:
        text = self._slot()
        text.tail = SLOT
        return self.make(name, text, format="html")

    def _made_file(self) -> Any:
        return self.make("file", SLOT, name=SLOT, path="/", encoding="base64")

    def check_weights(self, question: Question) -> None:
        count = len(right_numbers(question))
        if weight(question) * count != question.points:
            self.losses.add(
                "a cloze is worth one point a blank; set its mark in the quiz",
                question.title,
            )

    def answers(self, question: Question) -> Iterator[bytes]:
        """Yield the answers of choices or of a number; a cloze holds its own."""
        if question.choices:
            yield self.choices(question)
        elif question.type == "numeric":
            yield from self.numbers(question)

    def choices(self, question: Question) -> bytes:
        single = question.type == "single"
        right = percent(1, sum([choice.correct for choice in question.choices]))
        wrong = "0" if single else f"-{right}"
        parts: list[bytes] = []
        for text, correct, _, feedback in question.choices:
            before, after = self.around((right if correct else wrong, feedback))
            parts += before, _said(text), after
        return b"".join(parts)

    def _around(self, said: tuple[str, str]) -> tuple[bytes, bytes]:
        """Return what stands before and after the text of a choice."""
        fraction, feedback = said
        before, _, after = self.answer(fraction, SLOT, feedback).partition(OPEN)
        return before, after

    def numbers(self, question: Question) -> Iterator[bytes]:
        (known,) = wrong_numbers(question)
        (right,) = right_numbers(question)
        tolerance = question.tolerance
        yield self.answer("100", repr(right), "", repr(tolerance))
        for number, feedback in known.items():
            slack = repr(reach(number, right, tolerance))
            yield self.answer("0", repr(number), feedback, slack)

    def answer(
        self, fraction: str, text: str, feedback: str, tolerance: str = ""
    ) -> bytes:
        """Return an answer, what is said to it and how far off a number may be."""
        texts = [text, _said(feedback), tolerance]
        made = self.cast(self._made_answer, fraction, bool(feedback), bool(tolerance))
        return made(*filter(None, texts))

    def _made_answer(self, fraction: str, told: object, numeric: object) -> Any:
        parts = [self._slot()]
        if told:
            parts.append(self._text("feedback", format="html"))
        if numeric:
            parts.append(self.make("tolerance", SLOT))
        form = "moodle_auto_format" if numeric else "html"
        return self.make("answer", *parts, fraction=fraction, format=form)

    def _text(self, name: str, **attributes: str) -> Any:
        """Return an element that holds its text in a ``<text>``, as Moodle does."""
        return self.make(name, self._slot(), **attributes)

    def _slot(self) -> Any:
        """Return an element for a text, in a section that holds it as it is.

        Moodle leaves out what is blank between two signs that are escaped.
        """
        text = self.make("text")
        text.text = self.make.etree.CDATA(SLOT)
        return text


@memo
def _said(text: str) -> bytes:
    return in_cdata(words(text))


def _finished(text: str) -> bytes:
    return in_cdata(dressed(text))


def _image(number: int, about: str) -> str:
    return image(f"@@PLUGINFILE@@/figure-{number}.svg", about)


@memo
def _around_image(number: int) -> list[bytes]:
    """Return what stands before and after the words for a figure in a page."""
    whole = f'<div class="scroll">{_image(number, SLOT)}</div>'
    return _finished(whole).split(OPEN)


def beliefs(question: Question) -> list[str]:
    """Return the misconceptions that a question recognises, each once."""
    found = [choice.misconception for choice in question.choices]
    found += [wrong.misconception for wrong in question.wrong]
    return list(filter(None, dict.fromkeys(found)))


@lru_cache(maxsize=64)
def percent(share: int, of: int) -> str:
    """Return a share as a percentage that Moodle lists, with its five decimals.

    Examples
    --------
    >>> percent(1, 1), percent(1, 3), percent(-1, 6), percent(1, 8)
    ('100', '33.33333', '-16.66667', '12.5')
    """
    return f"{100 * share / of:.5f}".rstrip("0").rstrip(".")
