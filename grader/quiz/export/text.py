"""A quiz as plain text, for a terminal or an e-mail."""

from __future__ import annotations

from string import ascii_lowercase
from textwrap import fill
from typing import TYPE_CHECKING

from grader.quiz.blocks import Text
from grader.quiz.plain import plain
from grader.quiz.question import show

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from grader.quiz.blocks import Block
    from grader.quiz.paper import Paper
    from grader.quiz.question import Question

SUFFIX = ".txt"
WIDTH = 79


def pieces(paper: Paper, *, solutions: bool = False) -> Iterator[bytes]:
    """Yield a paper as text."""
    yield f"{heading(paper)}\n{'=' * len(heading(paper))}\n".encode()
    for number, question in enumerate(paper.questions, 1):
        yield f"\n{number}. {asked(question)}\n".encode()
        if solutions:
            yield f"\n{solved(question)}\n".encode()


def heading(paper: Paper) -> str:
    """Return the title, the student and the seed."""
    whose = "" if paper.student is None else f", {paper.student}"
    return f"{paper.title}{whose} (seed {paper.seed})"


def asked(question: Question) -> str:
    """Return a question as it is asked: title, prompt, figure, choices."""
    points = f"({show(question.points)} point{'s' if question.points != 1 else ''})"
    parts = [f"{question.title} {points}", wrapped(question.prompt)]
    if question.figure is not None:
        parts.append(plain([question.figure]))
    if question.choices:
        parts.append(
            "\n".join(
                filled(f"  {letter}) {choice.text}", indent="     ")
                for letter, choice in zip(ascii_lowercase, question.choices)  # noqa: B905
            )
        )
    parts.append(how_to_answer(question))
    return "\n\n".join(parts)


def how_to_answer(question: Question) -> str:
    """Return what to write down."""
    if question.type == "single":
        return "One answer is right."
    if question.type == "multiple":
        return "Tick every right answer."
    if question.type == "cloze":
        return "Fill in the blanks; they count in reading order."
    return "Write one number."


def wrapped(blocks: Sequence[Block]) -> str:
    """Return blocks as text with paragraphs broken into lines."""
    whole = plain(blocks).split("\n\n")
    if len(whole) != len(blocks):
        return "\n\n".join(whole)
    return "\n\n".join(
        filled(text) if isinstance(block, (str, Text)) else text
        for text, block in zip(whole, blocks, strict=True)
    )


def filled(text: str, indent: str = "") -> str:
    """Return a text broken into lines, those after the first indented."""
    if not text.isprintable():
        return fill(text, WIDTH, subsequent_indent=indent)
    if len(text) <= WIDTH:
        return text.rstrip(" ")  # what `fill` makes of it, in a hundredth of the time
    # Where a blank alone may end a line, it need not look at every word.
    return _at_blanks(text, indent) or fill(text, WIDTH, subsequent_indent=indent)


def _at_blanks(text: str, indent: str) -> str:
    """Return lines that end at single blanks; nothing where `fill` knows better."""
    if "-" in text or "  " in text.strip(" "):
        return ""
    lines, start, width = [], 0, WIDTH
    text = text.rstrip(" ")
    while len(text) - start > width:
        end = text.rfind(" ", start, start + width + 1)
        if end < start or not text[start:end].strip(" "):
            return ""  # a word that is longer than a line
        lines.append(text[start:end])
        start, width = end + 1, WIDTH - len(indent)
    return f"\n{indent}".join([*lines, text[start:]])


def answer(question: Question) -> str:
    """Return the right answer with the letters of its choices."""
    if question.choices:
        return "; ".join(
            f"{letter}) {choice.text}"
            for letter, choice in zip(ascii_lowercase, question.choices)  # noqa: B905
            if choice.correct
        )
    if isinstance(question.answer, tuple):
        return ", ".join(map(show, question.answer))
    return show(question.answer)


def solved(question: Question) -> str:
    """Return the answer, the worked solution and what the wrong answers mean."""
    parts = [f"Answer: {answer(question)}", wrapped(question.solution)]
    meant = [f"  {text}: {why}" for text, why in mistakes(question)]
    if meant:
        lines = [filled(line, indent="    ") for line in meant]
        parts.append("Wrong answers and what they mean:\n" + "\n".join(lines))
    return "\n\n".join(parts)


def mistakes(question: Question) -> Iterator[tuple[str, str]]:
    """Yield each wrong answer as text, with its feedback."""
    for choice in question.choices:
        if not choice.correct:
            yield choice.text, choice.feedback
    for wrong in question.wrong:
        given = wrong.answer if isinstance(wrong.answer, tuple) else (wrong.answer,)
        yield ", ".join(map(show, given)), wrong.feedback
