"""Practice in a browser: one self-contained page with questions drawn in bulk.

The families are Python, so the page cannot draw its own numbers; it carries
hundreds of variants of each family, compressed, and unpacks a family when its
first question is asked. When all have been asked they come again in a new order.
"""

from __future__ import annotations

import json
import zlib
from base64 import b64encode
from html import escape
from itertools import islice
from typing import TYPE_CHECKING, Any

from grader.quiz import registry
from grader.quiz.draw import Draw
from grader.quiz.family import CONCEPTS
from grader.quiz.figure import svg
from grader.quiz.finish import question
from grader.quiz.markup import html
from grader.quiz.pages import asset, page
from grader.quiz.variants import variants

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.family import Family
    from grader.quiz.question import Question

TITLE = "Practice: convolutional networks"


def practice_page(names: tuple[str, ...], variants_each: int, seed: int = 0) -> str:
    """Return the page.

    Parameters
    ----------
    names : tuple of str
        The families to practise.
    variants_each : int
        How many variants of each family the page carries at most.
    seed : int
        Which ones.
    """
    families = [registry.load(name) for name in names]
    packed = [_family(family, variants_each, seed) for family in families]
    concepts = [c for c in CONCEPTS if any(f.concept == c for f in families)]
    options = "".join(f"<option>{escape(concept)}</option>" for concept in concepts)
    body = asset("practice.html").replace("<!-- concepts -->", options)
    # "</" would end the script element inside a string.
    data = json.dumps(
        {"concepts": concepts, "families": packed}, ensure_ascii=False
    ).replace("</", "<\\/")
    script = f"const DATA = {data};\n{asset('practice.js')}"
    return page(TITLE, body, asset("practice.css"), script)


def _family(family: Family[Any], count: int, seed: int) -> dict[str, object]:
    feedback: dict[str, int] = {"": 0}
    drawn = [_record(each, feedback) for each in _questions(family, count, seed)]
    whole = {"feedback": list(feedback), "questions": drawn}
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    packed = packer.compress(text.encode()) + packer.flush()
    return {
        "name": family.name,
        "title": family.title,
        "concept": family.concept,
        "levels": family.levels,
        "count": len(drawn),
        "packed": b64encode(packed).decode(),
    }


def _questions(family: Family[Any], count: int, seed: int) -> Iterator[Question]:
    drawn = variants(family, "practice", family.name, seed)
    for number, made in enumerate(islice(drawn, count)):
        yield question(made, family.title, Draw("practice", family.name, seed, number))


def _record(each: Question, feedback: dict[str, int]) -> dict[str, object]:
    """Return a question with short keys; a feedback is its place in the table."""

    def place(text: str) -> int:
        return feedback.setdefault(text, len(feedback))

    figure = (
        "" if each.figure is None else f'<div class="scroll">{svg(each.figure)}</div>'
    )
    record: dict[str, object] = {
        "t": each.type,
        "l": each.level,
        "p": html(each.prompt) + figure,
        "s": html(each.solution),
    }
    if each.choices:
        record["c"] = [
            [c.text, int(c.correct), place(c.feedback)] for c in each.choices
        ]
    else:
        record["a"] = each.answer
        record["e"] = each.tolerance
        record["w"] = [[w.answer, place(w.feedback)] for w in each.wrong]
    return record
