"""A quiz on paper: questions with room to write, an answer sheet, or the key.

Seed and student stand on every page. Set by Typst (the ``typst`` package).
"""

from __future__ import annotations

from string import ascii_lowercase
from typing import TYPE_CHECKING

from grader.errors import QuizError
from grader.quiz.blocks import Volumes, blanks
from grader.quiz.export.text import answer, how_to_answer
from grader.quiz.pages import asset
from grader.quiz.question import show
from grader.quiz.typst_markup import figure, literal, markup, words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.paper import Paper
    from grader.quiz.question import Question

SUFFIX = ".pdf"
ROOM = {"single": "2.2cm", "multiple": "2.2cm", "numeric": "3cm", "cloze": "3cm"}


def pieces(paper: Paper, *, solutions: bool = False) -> Iterator[bytes]:
    """Yield the PDF of a paper; with `solutions` it is the key.

    Raises
    ------
    QuizError
        When Typst is not installed.
    """
    try:
        import typst  # noqa: PLC0415  (an extra; only PDFs need it)
    except ImportError:
        raise QuizError("PDFs need the typst package. Run: pip install typst") from None
    document = source(paper, solutions=solutions).encode()
    # The fonts inside the package alone: the same page on every machine.
    yield typst.compile(document, ignore_system_fonts=True)


def source(paper: Paper, *, solutions: bool) -> str:
    """Return the paper as a Typst document."""
    held = paper.kept()
    questions = tuple(held.questions)
    student = "" if paper.student is None else paper.student
    kind = "Key" if solutions else ""
    head = (
        f"#let title = {literal(paper.title)}\n"
        f"#let student = {literal(student)}\n"
        f"#let seed = {literal(str(paper.seed))}\n"
        f"#let kind = {literal(kind)}\n"
        f"#let points = {literal(show(sum(q.points for q in questions)))}\n"
    )
    parts = [head, asset("paper.typ")]
    for number, question in enumerate(questions, 1):
        parts.append(_question(question, number, solutions=solutions))
    if not solutions:
        parts.append(_answer_sheet(questions))
    return "\n\n".join(parts)


def _question(question: Question, number: int, *, solutions: bool) -> str:
    plural = "" if question.points == 1 else "s"
    parts = [
        f"#heading-line({number}, {literal(question.title)}, "
        f"{literal(f'{show(question.points)} point{plural}')})",
        markup(question.prompt),
    ]
    if question.figure is not None:
        drawn = figure(question.figure)
        centred = isinstance(question.figure, Volumes)
        parts.append(f"#align(center)[{drawn}]" if centred else drawn)
    if question.choices:
        parts.append("\n".join(_choices(question, solutions=solutions)))
    parts.append(f"#hint({literal(how_to_answer(question))})")
    if solutions:
        parts.append(
            f"#solution({literal(answer(question))})[\n{markup(question.solution)}\n]"
        )
        return "\n\n".join(parts)
    parts.append(f"#room({ROOM[question.type]})")
    inside = "\n\n".join(parts)
    return f"#block(breakable: false)[\n{inside}\n]"


def _choices(question: Question, *, solutions: bool) -> Iterator[str]:
    for letter, choice in zip(ascii_lowercase, question.choices, strict=False):
        ticked = "true" if solutions and choice.correct else "false"
        yield f"#choice({literal(letter)}, {ticked})[{words(choice.text)}]"


def _answer_sheet(questions: tuple[Question, ...]) -> str:
    rows = []
    for number, question in enumerate(questions, 1):
        if question.choices:
            letters = ascii_lowercase[: len(question.choices)]
            place = f"bubbles({', '.join(map(literal, letters))})"
        else:
            places = blanks(question.prompt) if question.type == "cloze" else 1
            place = f"lines({places})"
        rows.append(f"[{number}], {place}")
    return f"#answer-sheet({', '.join(rows)})"
