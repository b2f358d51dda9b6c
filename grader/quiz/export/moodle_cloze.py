"""A cloze as Moodle XML holds it: blanks in a notation of their own, in the text."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from grader.quiz.export.inline import dressed
from grader.quiz.export.mould import in_cdata
from grader.quiz.export.typed import right_numbers, wrong_numbers
from grader.quiz.response import reach

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.quiz.question import Question

# Inside a blank, Moodle reads these as its own signs.
_CLOZE_SIGNS = str.maketrans({sign: f"&#{ord(sign)};" for sign in "{}~#\\=%"})
# A tag that no text can hold, since text is escaped.
blank = "<blank {}>".format
_BLANK = re.compile(r"<blank (\d+)>")
# The second is what stands for a blank once Moodle has read it.
_LOOKS_LIKE_A_BLANK = re.compile(r"\{(?=\d*:|#\d)")


def weight(question: Question) -> int:
    """Return the weight of a blank: whole, since Moodle reads no other."""
    share, rest = divmod(question.points, len(right_numbers(question)))
    return int(share) if share and not rest else 1


def with_blanks(question: Question) -> Callable[[str], bytes]:
    """Return how a page gets the blanks of a cloze, and no others."""
    blanks = _written(question)

    def finish(text: str) -> bytes:
        kept = _LOOKS_LIKE_A_BLANK.sub("&#123;", dressed(text))
        return in_cdata(_BLANK.sub(lambda found: blanks[int(found[1]) - 1], kept))

    return finish


def _written(question: Question) -> list[str]:
    """Return each blank in Moodle's notation, with the wrong numbers it knows.

    HTML entities twice over keep the feedback from Moodle's own signs.
    """
    worth, tolerance = weight(question), question.tolerance
    blanks = []
    for right, known in zip(
        right_numbers(question), wrong_numbers(question), strict=True
    ):
        wrongs = "".join(
            f"~%0%{number!r}:{reach(number, right, tolerance)!r}#{_guarded(feedback)}"
            for number, feedback in known.items()
        )
        blanks.append(f"{{{worth}:NUMERICAL:={right!r}:{tolerance!r}{wrongs}}}")
    return blanks


def _guarded(feedback: str) -> str:
    inner = escape(feedback, quote=False).replace("\n", "<br>")
    # Moodle takes a backslash before a brace away once it has read the entities.
    inner = inner.replace("\\", "&#92;")
    return escape(inner, quote=False).translate(_CLOZE_SIGNS)
