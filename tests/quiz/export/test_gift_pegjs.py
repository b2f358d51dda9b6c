"""GIFT as another program reads it: the grammar of `gift-pegjs`."""

import json
from html import unescape

import pytest

from grader.quiz import registry
from grader.quiz.export import gift
from grader.quiz.export.split import split
from grader.quiz.paper import Draws, of_families, paper

READER = "gift-pegjs@1.0.2"
SCRIPT = """
const text = require("fs").readFileSync(0, "utf8");
console.log(JSON.stringify(require("gift-pegjs").parse(text)));
"""


def drawn():
    """Return the questions of all families, a cloze as its blanks."""
    whole = paper(of_families(registry.names()), Draws("key", 3)).kept()
    questions = [
        part
        for question in whole.questions
        for part in (split(question) if question.type == "cloze" else (question,))
    ]
    return whole, questions


@pytest.fixture(scope="module")
def pairs(npm, node):
    """Return each question with what the other program made of it."""
    whole, questions = drawn()
    text = b"".join(gift.pieces(whole)).decode()
    items = json.loads(node(npm(READER), "commonjs", SCRIPT, text))
    asked = [item for item in items if item["type"] != "Category"]
    return list(zip(questions, asked, strict=True))


def test_titles_identifiers_and_tags_are_ours(pairs):
    for question, item in pairs:
        beliefs = {each.misconception for each in question.choices or question.wrong}
        assert item["title"] == question.title
        assert item["id"] == question.id
        assert set(item["tags"] or []) == beliefs - {None}
        assert item["globalFeedback"]["text"]


def test_choices_have_their_fractions_and_feedback(pairs):
    chosen = [(question, item) for question, item in pairs if question.choices]

    assert chosen
    for question, item in chosen:
        assert item["type"] == "MC"
        right = sum(choice.correct for choice in question.choices)
        for choice, found in zip(question.choices, item["choices"], strict=True):
            assert unescape(found["text"]["text"]) == choice.text
            said = found["feedback"]
            assert unescape(said["text"] if said else "") == choice.feedback
            if question.type == "single":
                assert found["isCorrect"] == choice.correct
            else:
                share = 100 / right if choice.correct else -100 / right
                assert found["weight"] == pytest.approx(share, abs=1e-4)


def test_numbers_have_their_tolerance_and_wrong_ones_earn_nothing(pairs):
    typed = [(question, item) for question, item in pairs if not question.choices]

    assert typed
    for question, item in typed:
        right, *wrongs = item["choices"]
        assert item["type"] == "Numerical"
        assert right["text"]["number"] == pytest.approx(question.answer)
        assert right["text"]["range"] == question.tolerance
        assert right["weight"] in (None, 100)
        assert all(wrong["weight"] == 0 and wrong["feedback"] for wrong in wrongs)
