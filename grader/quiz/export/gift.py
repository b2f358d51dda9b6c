"""A quiz as GIFT, the text format of Moodle's question bank.

GIFT has no cloze: each blank becomes a question. It has no points either; what is
lost is said on stderr. Figures are images that hold their data.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from grader.quiz.export.inline import drawn, dressed, image, page, texed, words
from grader.quiz.export.losses import Losses
from grader.quiz.export.moodle import beliefs, category, percent
from grader.quiz.export.split import split
from grader.quiz.export.typed import right_numbers, wrong_numbers
from grader.quiz.figure import alt
from grader.quiz.markup import Style

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.quiz.blocks import Block, Figure
    from grader.quiz.paper import Paper
    from grader.quiz.question import Question

SUFFIX = ".gift"
_SIGNS = "\\~=#{}:"  # the backslash first, since it escapes the others


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
            yield written(question).encode()
    losses.say()


def written(question: Question) -> str:
    """Return one question with its blank line before."""
    asked = list(question.prompt)
    if question.figure is not None:
        asked.append(question.figure)
    tags = "".join(f" [tag:{tag}]" for tag in beliefs(question))
    lines = [
        "",
        f"// [id:{question.id}]{tags}",
        f"::{escaped(question.title)}::[html]{_page(asked)}{{"
        + ("#" if question.type == "numeric" else ""),
        *(_numbers(question) if question.type == "numeric" else _choices(question)),
        f"####{_page(question.solution)}",
        "}",
        "",
    ]
    return "\n".join(lines)


def _choices(question: Question) -> Iterator[str]:
    right = sum(choice.correct for choice in question.choices)
    for choice in question.choices:
        if question.type == "single":
            sign = "=" if choice.correct else "~%0%"
        else:
            sign = f"~%{percent(1 if choice.correct else -1, right)}%"
        yield f"{sign}{_words(choice.text)}{_feedback(choice.feedback)}"


def _numbers(question: Question) -> Iterator[str]:
    (known,) = wrong_numbers(question)
    tolerance = question.tolerance
    yield f"={right_numbers(question)[0]!r}:{tolerance!r}"
    for number, feedback in known.items():
        yield f"=%0%{number!r}:{tolerance!r}{_feedback(feedback)}"


def _feedback(text: str) -> str:
    return f"#{_words(text)}" if text else ""


@lru_cache(maxsize=4096)
def _words(text: str) -> str:
    # A text that opens with a square bracket would name a format.
    return escaped(words(text).replace("[", "&#91;"))


def _page(blocks: Sequence[Block]) -> str:
    return _line(page(blocks, _STYLE))


def _finished(html: str) -> str:
    return escaped(dressed(html))


def _figure(block: Figure) -> str:
    return image(f"data:image/svg+xml;base64,{drawn(block)}", alt(block))


_STYLE = Style("<b>_{}_</b>".format, _figure, texed, _finished)


def escaped(text: str) -> str:
    r"""Return a text on one line, its GIFT signs escaped.

    Examples
    --------
    >>> print(escaped("{a=b}: 100 # ~"))
    \{a\=b\}\: 100 \# \~
    """
    for sign in _SIGNS:  # faster by far than one pass in a table
        text = text.replace(sign, "\\" + sign)
    return _line(text)


def _line(text: str) -> str:
    return text.replace("\r", " ").replace("\n", " ")
