"""Check a description of an error, sentence by sentence, against every answer."""

from __future__ import annotations

import re

from grader.reply import Raised
from reading.clauses import true_of
from reading.conditions import condition
from reading.shapes import SHAPE_WORDS, SHAPES

RAISED = r"your code raises (?:an? )(\w+)"


def check_sentence(sentence, facts):
    """Check one sentence against the facts; an unknown sentence is an error."""
    sentence = sentence.removesuffix(".")
    sentence = sentence[0].lower() + sentence[1:]
    wrong = [f for f in facts if not f.right]

    def is_right(fact):
        return fact.right

    def raises(name):
        return lambda f: (
            isinstance(f.reply, Raised)
            and (name == "exception" or name in f.reply.bases)
        )

    if found := re.fullmatch(
        r"your answer is (right|wrong) whenever (.+), and \w+ otherwise", sentence
    ):
        so = is_right if found[1] == "right" else lambda f: not f.right
        return condition(found[2], facts, so)
    if found := re.fullmatch(
        r"your answer is right whenever (.+), and wrong whenever neither holds",
        sentence,
    ):
        return [condition(part, facts, is_right) for part in found[1].split(" and ")]
    if found := re.fullmatch(r"your answer is right only where (.+)", sentence):
        return condition(found[1], facts, is_right)
    if found := re.fullmatch(
        rf"your answer is right whenever (.+); otherwise {RAISED}", sentence
    ):
        assert all(raises(found[2])(f) for f in wrong)
        return condition(found[1], facts, is_right)
    if found := re.fullmatch(
        rf"{RAISED} whenever (.+); otherwise your answer is right", sentence
    ):
        assert all(raises(found[1])(f) for f in wrong)
        return condition(found[2], facts, raises(found[1]))
    if found := re.fullmatch(rf"{RAISED} whenever (.+)", sentence):
        return condition(found[2], facts, raises(found[1]))
    if found := re.fullmatch(r"every call that fails raises an? (\w+)", sentence):
        assert all(raises(found[1])(f) for f in wrong)
        return None
    return check_clause(sentence, facts, wrong)


def check_clause(sentence, facts, wrong):
    where, _, clause = sentence.rpartition(" wrong, ")
    clause = clause.replace("your answer", "it")
    shaped = [f for f in wrong if f.wrong_shape]
    valued = [f for f in wrong if f.right_shape]
    about = shaped if clause in SHAPE_WORDS or re.match(SHAPES, clause) else valued
    assert about
    if "only the values" not in where and "the shape" not in where:
        assert len(about) == len([f for f in wrong if not isinstance(f.reply, Raised)])
    if not where:
        assert len(wrong) == len(facts) or any(
            isinstance(f.reply, Raised) for f in wrong
        )
    for fact in about:
        assert true_of(clause, fact, about), clause


def sentences(text):
    return [s for s in re.split(r"(?<=\.) (?=[A-Z0-9])", text) if s]
