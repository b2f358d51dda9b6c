"""A quiz as GIFT, the text format of Moodle's question bank.

GIFT has no cloze: each blank becomes a question. It has no points either; what is
lost is said on stderr. Figures are images that hold their data. Whether choices are
shuffled is Moodle's own setting.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from grader.quiz.export.inline import Pages, dressed, image, in_base64, texed, words
from grader.quiz.export.losses import Losses
from grader.quiz.export.moodle import beliefs, category, percent
from grader.quiz.export.mould import OPEN, SLOT
from grader.quiz.export.split import split
from grader.quiz.export.typed import right_numbers, wrong_numbers
from grader.quiz.markup import Style
from grader.quiz.quick import lacking, memo
from grader.quiz.response import reach

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.blocks import Figure
    from grader.quiz.paper import Paper
    from grader.quiz.question import Question

SUFFIX = ".gift"
_DATA = "data:image/svg+xml;base64,"
# The backslash first, since it escapes the others.
_ESCAPED = [(bytes([sign]), bytes([*b"\\", sign])) for sign in b"\\~=#{}:"]
_ESCAPED += (b"\r", b" "), (b"\n", b" ")
_is_plain = lacking(b"".join([sign for sign, _ in _ESCAPED]))


def pieces(paper: Paper, *, solutions: bool = True) -> Iterator[bytes]:
    """Yield the GIFT of a paper, a question at a time; it always holds the key."""
    del solutions
    losses = Losses("gift")
    yield f"// {_line(paper.title)}, seed {paper.seed}\n".encode()
    current = ""
    for whole in paper.questions:
        if whole.type == "cloze":
            losses.add("a cloze is split into a question for each blank", whole.title)
        if whole.points != 1:
            losses.add("points are not kept: Moodle gives each 1", whole.title)
        for question in split(whole) if whole.type == "cloze" else (whole,):
            path = category(paper.title, question)
            if path != current:
                # Of all signs, Moodle unescapes the backslash alone in a category.
                safe = path.replace("\\", "\\\\")
                yield f"\n$CATEGORY: {safe}\n".encode()
                current = path
            yield written(question)
    losses.say()


def written(question: Question) -> bytes:
    """Return one question with its blank line before."""
    numeric = question.type == "numeric"
    asked = list(question.prompt)
    if question.figure is not None:
        asked.append(question.figure)
    tags = "".join([f" [tag:{tag}]" for tag in beliefs(question)])
    return b"\n".join(
        [
            f"\n// [id:{question.id}]{tags}".encode(),
            b"::%b::[html]%b{%b"
            % (
                escaped(question.title),
                b" ".join(_PAGES.prompt(asked)),
                b"#" if numeric else b"",
            ),
            *(_numbers(question) if numeric else _choices(question)),
            b"####" + b" ".join(_PAGES(question.solution)),
            b"}\n",
        ]
    )


def _choices(question: Question) -> list[bytes]:
    right, wrong = b"=", b"~%0%"
    if question.type == "multiple":
        count = sum([choice.correct for choice in question.choices])
        right, wrong = (f"~%{percent(one, count)}%".encode() for one in (1, -1))
    return [
        (right if correct else wrong) + _words(text) + _feedback(feedback)
        for text, correct, _, feedback in question.choices
    ]


def _numbers(question: Question) -> Iterator[bytes]:
    (known,) = wrong_numbers(question)
    (right,) = right_numbers(question)
    tolerance = question.tolerance
    yield f"={right!r}:{tolerance!r}".encode()
    for number, feedback in known.items():
        slack = reach(number, right, tolerance)
        yield f"=%0%{number!r}:{slack!r}".encode() + _feedback(feedback)


@memo
def _feedback(text: str) -> bytes:
    return b"#" + _words(text) if text else b""


@memo
def _words(text: str) -> bytes:
    # A text that opens with a square bracket would name a format.
    return escaped(words(text).replace("[", "&#91;"))


def _finished(html: str) -> bytes:
    return escaped(dressed(html))


def _figure(figure: Figure) -> bytes:
    """Return a figure as a page shows it; its data hold no sign of GIFT's."""
    about, drawing = in_base64(figure)
    before, between, after = _around_image()
    return b"".join([before, drawing, between, escaped(about), after])


@cache
def _around_image() -> list[bytes]:
    """Return what stands around the data of a figure and the words for it."""
    whole = f'<div class="scroll">{image(_DATA + SLOT, SLOT)}</div>'
    return _finished(whole).split(OPEN)


def _inside(figure: Figure) -> str:
    about, drawing = in_base64(figure)
    return image(_DATA + drawing.decode(), about)


def escaped(text: str) -> bytes:
    r"""Return a text on one line, its GIFT signs escaped.

    Examples
    --------
    >>> print(escaped("{a=b}: 100 # ~").decode())
    \{a\=b\}\: 100 \# \~
    """
    content = text.encode()
    if _is_plain(content):
        return content
    for sign, safe in _ESCAPED:  # faster by far than one pass in a table
        content = content.replace(sign, safe)
    return content


def _line(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ")


_PAGES = Pages(Style("<b>_{}_</b>".format, _inside, texed), _finished, _figure)
