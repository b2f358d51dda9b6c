r"""A quiz as Moodle XML: what Moodle's question bank imports.

Each question stands in a category, the variants of a pool in one of their own, from
which a quiz draws at random. Figures travel as files inside the question, formulas
as TeX between ``\(`` and ``\)``. Typed wrong numbers earn nothing and get their
feedback; their beliefs are the question's tags.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Any

from grader.quiz.export.inline import drawn, dressed, image, page, texed, words
from grader.quiz.export.losses import Losses
from grader.quiz.export.stencil import Stencil
from grader.quiz.export.typed import right_numbers, wrong_numbers
from grader.quiz.figure import alt
from grader.quiz.markup import Style
from grader.quiz.xmllib import etree

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from grader.quiz.blocks import Block, Figure
    from grader.quiz.export.stencil import Attributes
    from grader.quiz.paper import Paper
    from grader.quiz.question import Question

SUFFIX = ".xml"
TYPES = {
    "single": "multichoice",
    "multiple": "multichoice",
    "numeric": "numerical",
    "cloze": "cloze",
}
# Inside a blank, Moodle reads these as its own signs.
_CLOZE_SIGNS = str.maketrans({sign: f"&#{ord(sign)};" for sign in "{}~#\\=%"})
_HTML = (("format", "html"),)
_FILE = (("path", "/"), ("encoding", "base64"))
# A tag that no text can hold, since text is escaped.
_BLANK = re.compile(r"<blank (\d+)>")
_LOOKS_LIKE_A_BLANK = re.compile(r"\{(?=\d*:)")


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
    names = [title]
    if question.pool != question.title:
        names.append(question.pool)
    return "/".join(["$course$/top", *map(_category_name, names)])


def _category_name(name: str) -> str:
    """Return a name inside a path: a doubled slash is one that belongs to it."""
    inside = " ".join(name.split()).replace("/", "//")
    # Moodle drops the blanks; they keep the slash from those of the path.
    before = " " if inside.startswith("/") else ""
    return before + inside + (" " if inside.endswith("/") else "")


class _Writer:
    """Writes one question after the other."""

    def __init__(self, library: Any, losses: Losses) -> None:
        self.xml = Stencil(library)
        self.losses = losses

    def category(self, path: str) -> bytes:
        self.xml.open("question", (("type", "category"),))
        self.text("category", path)
        return self.written()

    def question(self, question: Question) -> bytes:
        self.xml.open("question", (("type", TYPES[question.type]),))
        self.text("name", question.title)
        self.prompt(question)
        self.html("generalfeedback", question.solution)
        if question.type == "cloze":
            self.check_weights(question)
        else:
            self.xml.leaf("defaultgrade", repr(question.points))
        self.xml.leaf("idnumber", question.id)
        if question.choices:
            self.choices(question)
        elif question.type == "numeric":
            self.numbers(question)
        self.xml.open("tags")
        for name in beliefs(question):
            self.text("tag", name)
        self.xml.close()
        return self.written()

    def prompt(self, question: Question) -> None:
        """Write what is asked; the blanks of a cloze stand where they are filled."""
        figures = [] if question.figure is None else [question.figure]
        asked = (*question.prompt, *figures)
        if question.type == "cloze":
            self.html("questiontext", asked, with_blanks(question))
        else:
            self.html("questiontext", asked)

    def html(
        self,
        name: str,
        blocks: Sequence[Block],
        finish: Callable[[str], str] = dressed,
    ) -> None:
        """Write blocks as HTML, then the figures in them as files."""
        drawings: list[str] = []

        def figure(block: Figure) -> str:
            drawings.append(drawn(block))
            return image(f"@@PLUGINFILE@@/figure-{len(drawings)}.svg", alt(block))

        written = page(blocks, Style("<blank {}>".format, figure, texed))
        self.xml.open(name, _HTML)
        self.xml.leaf("text", finish(written))
        for number, drawing in enumerate(drawings, 1):
            known = (("name", f"figure-{number}.svg"), *_FILE)
            self.xml.leaf("file", drawing, known)
        self.xml.close()

    def check_weights(self, question: Question) -> None:
        count = len(right_numbers(question))
        if cloze_weight(question) * count != question.points:
            self.losses.add(
                "a cloze is worth one point a blank; set its mark in the quiz",
                question.title,
            )

    def choices(self, question: Question) -> None:
        single = question.type == "single"
        self.xml.fixed("single", "true" if single else "false")
        # They stand in the order that was drawn, the same as on paper.
        self.xml.fixed("shuffleanswers", "false")
        right = percent(1, sum(choice.correct for choice in question.choices))
        wrong = "0" if single else f"-{right}"
        for choice in question.choices:
            fraction = right if choice.correct else wrong
            self.answer(fraction, words(choice.text), choice.feedback, "html")
            self.xml.close()

    def numbers(self, question: Question) -> None:
        (known,) = wrong_numbers(question)
        pairs = [(right_numbers(question)[0], "100", "")]
        pairs += [(number, "0", feedback) for number, feedback in known.items()]
        for number, fraction, feedback in pairs:
            self.answer(fraction, repr(number), feedback, "moodle_auto_format")
            self.xml.leaf("tolerance", repr(question.tolerance))
            self.xml.close()
        # No units: said in full, since Moodle's defaults depend on its version.
        self.xml.fixed("unitgradingtype", "0")
        self.xml.fixed("unitpenalty", "0.1")
        self.xml.fixed("showunits", "3")
        self.xml.fixed("unitsleft", "0")

    def answer(self, fraction: str, text: str, feedback: str, form: str) -> None:
        """Begin an answer: its text and what is said to it."""
        self.xml.open("answer", (("fraction", fraction), ("format", form)))
        self.xml.leaf("text", text)
        if feedback:
            self.text("feedback", words(feedback), _HTML)

    def text(self, name: str, text: str, attributes: Attributes = ()) -> None:
        """Write an element that holds its text in a ``<text>``, as Moodle does."""
        self.xml.open(name, attributes)
        self.xml.leaf("text", text)
        self.xml.close()

    def written(self) -> bytes:
        self.xml.close()
        return self.xml.written() + b"\n"


def beliefs(question: Question) -> list[str]:
    """Return the misconceptions that a question recognises, each once."""
    found = [choice.misconception for choice in question.choices]
    found += [wrong.misconception for wrong in question.wrong]
    return [name for name in dict.fromkeys(found) if name]


def percent(share: int, of: int) -> str:
    """Return a share as a percentage that Moodle lists, with its five decimals.

    Examples
    --------
    >>> percent(1, 1), percent(1, 3), percent(-1, 6), percent(1, 8)
    ('100', '33.33333', '-16.66667', '12.5')
    """
    return f"{100 * share / of:.5f}".rstrip("0").rstrip(".")


def cloze_weight(question: Question) -> int:
    """Return the weight of a blank: whole, since Moodle reads no other."""
    share, rest = divmod(question.points, len(right_numbers(question)))
    return int(share) if share and not rest else 1


def with_blanks(question: Question) -> Callable[[str], str]:
    """Return how a page gets the blanks of a cloze, and no others."""
    blanks = cloze_blanks(question)

    def finish(text: str) -> str:
        kept = _LOOKS_LIKE_A_BLANK.sub("&#123;", dressed(text))
        return _BLANK.sub(lambda found: blanks[int(found[1]) - 1], kept)

    return finish


def cloze_blanks(question: Question) -> list[str]:
    """Return each blank in Moodle's notation, with the wrong numbers it knows.

    HTML entities twice over keep the feedback from Moodle's own signs.
    """
    weight, tolerance = cloze_weight(question), question.tolerance
    blanks = []
    for right, known in zip(
        right_numbers(question), wrong_numbers(question), strict=True
    ):
        wrongs = "".join(
            f"~%0%{number!r}:{tolerance!r}#{_guarded(feedback)}"
            for number, feedback in known.items()
        )
        blanks.append(f"{{{weight}:NUMERICAL:={right!r}:{tolerance!r}{wrongs}}}")
    return blanks


def _guarded(feedback: str) -> str:
    inner = escape(feedback, quote=False).replace("\n", "<br>")
    return escape(inner, quote=False).translate(_CLOZE_SIGNS)
