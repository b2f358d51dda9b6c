"""What importers make of our packages, by the rules that their sources follow."""

import io
import re
import zipfile
from dataclasses import replace

import pytest

pytest.importorskip("lxml", reason="lxml is not installed")

from lxml import etree

from grader.quiz import registry
from grader.quiz.blocks import text
from grader.quiz.export import canvas, qti21, qti30
from grader.quiz.export.typed import right_numbers
from grader.quiz.paper import Draws, of_families, paper

FAMILY = pytest.mark.parametrize("name", registry.names())
EACH_QTI = pytest.mark.parametrize("exporter", [qti21, qti30])
# Canvas looks for these in the identifiers of feedback, in this order.
OF_THE_QUESTION = re.compile("wrong|incorrect|_IC$|correct|_C$|solution", re.IGNORECASE)
OF_EVERYONE = re.compile("general_|_all", re.IGNORECASE)


def drawn(*names, variants=None):
    return paper(of_families(names), Draws("key", 3, variants=variants)).kept()


def with_question(one, **changes):
    return replace(one, questions=(one.questions[0]._replace(**changes),))


def documents(exporter, one):
    package = zipfile.ZipFile(io.BytesIO(b"".join(exporter.pieces(one))))
    return {
        name: etree.fromstring(package.read(name))
        for name in package.namelist()
        if name.endswith(".xml")
    }


def all_of(root, *words):
    """Return the elements of these names, whatever their namespace."""
    return [each for each in root.iter("{*}*") if etree.QName(each).localname in words]


class Imported:
    """An item of QTI 1.2 as New Quizzes and PrairieLearn read it.

    What is right stands in the condition that sets a score above nothing. The numbers
    of a typed answer are the first of their kind in there. The right choices are those
    asked for outside ``not``. A blank is named in brackets in the prompt, and again in
    its response without ``response_``; New Quizzes takes each of its labels for an
    accepted text, PrairieLearn the one that scores.
    """

    def __init__(self, item):
        self.item = item
        self.prompt = all_of(all_of(item, "presentation")[0], "mattext")[0].text
        self.scoring = [
            condition
            for condition in all_of(item, "respcondition")
            if float(condition.findtext("{*}setvar") or 0) > 0
        ]
        self.labels = {
            label.get("ident"): "".join(label.itertext())
            for label in all_of(item, "response_label")
        }

    def ticked(self):
        (condition,) = self.scoring
        asked = [
            each.text
            for each in all_of(condition, "varequal")
            if etree.QName(each.getparent()).localname != "not"
        ]
        return [self.labels[ident] for ident in asked]

    def number(self):
        (condition,) = self.scoring
        exact, low, high = (
            all_of(condition, word)[0].text for word in ("varequal", "vargte", "varlte")
        )
        return exact, low, high

    def blanks(self):
        """Return what each blank accepts, and the one text that scores."""
        scored = {
            equal.get("respident"): self.labels[equal.text]
            for condition in self.scoring
            for equal in all_of(condition, "varequal")
        }
        found = []
        for response in all_of(self.item, "response_lid"):
            name = response.get("ident").removeprefix("response_")
            assert response.findtext("{*}material/{*}mattext") == name
            assert re.findall(r"\[([A-Za-z0-9_.-]+)\]", self.prompt).count(name) == 1
            accepted = [
                self.labels[label.get("ident")]
                for label in all_of(response, "response_label")
            ]
            found.append((accepted, scored[response.get("ident")]))
        return found


def imported(one):
    (root,) = (
        root
        for root in documents(canvas, one).values()
        if etree.QName(root).localname == "questestinterop"
    )
    return [Imported(item) for item in all_of(root, "item")]


@FAMILY
def test_new_quizzes_and_prairielearn_find_the_right_answers(name):
    one = drawn(name, variants=3)

    for question, item in zip(one.questions, imported(one), strict=True):
        if question.choices:
            right = [choice.text for choice in question.choices if choice.correct]
            assert item.ticked() == right
        elif question.type == "numeric":
            assert {float(each) for each in item.number()} == {question.answer}
        else:
            rights = right_numbers(question)
            for right, (accepted, scored) in zip(rights, item.blanks(), strict=True):
                assert float(scored) == right
                assert scored == accepted[0]


def test_new_quizzes_takes_a_number_for_exact_when_its_texts_are_the_same():
    (item,) = imported(drawn("conv-layer-parameters"))

    assert len(set(item.number())) == 1


def test_the_margin_of_a_number_is_the_same_on_both_sides():
    one = with_question(drawn("conv-layer-parameters"), answer=0.3, tolerance=0.1)
    (item,) = imported(one)

    assert item.number() == ("0.3", "0.2", "0.4")


# Canvas calls HTML plain text where nothing but text is left once plain p, div and
# span around it are gone; its entities would then be shown as they are written.


def test_words_with_signs_of_html_stay_html_in_canvas():
    one = drawn("shift-in-shift-out")
    choices = tuple(
        each._replace(text=f"a < {place}", feedback="b & c" if each.feedback else "")
        for place, each in enumerate(one.questions[0].choices)
    )
    one = with_question(one, choices=choices, solution=(text("2\xa0< 3"),))
    (item,) = imported(one)

    told = [
        all_of(each, "mattext")[0].text for each in all_of(item.item, "itemfeedback")
    ]
    told += item.labels.values()
    assert len(told) > 5
    assert all(re.match(r"<(span|div) dir=", words) for words in told)


def test_words_without_such_signs_are_written_as_they_are():
    (question,), (item,) = (
        (one := drawn("shift-in-shift-out")).questions,
        imported(one),
    )

    assert list(item.labels.values()) == [choice.text for choice in question.choices]


# Canvas reads QTI 2.1 too.


@EACH_QTI
def test_no_section_becomes_a_question_without_an_answer(exporter):
    """Canvas makes a text question of the title of a section that is visible."""
    test = documents(exporter, drawn("max-pooling-by-hand", variants=2))["test.xml"]
    sections = all_of(test, "assessmentSection", "qti-assessment-section")

    assert [section.get("visible") for section in sections] == ["false"]


@EACH_QTI
@pytest.mark.parametrize("name", ["shift-in-shift-out", "conv-layer-parameters"])
def test_canvas_shows_everyone_the_solution_and_nothing_else(exporter, name):
    one = drawn(name)
    question = one.questions[0]
    nameless = tuple(each._replace(misconception=None) for each in question.choices)
    one = with_question(one, choices=nameless)
    item = documents(exporter, one)[f"{question.id}.xml"]

    told = all_of(item, "modalFeedback", "qti-modal-feedback")
    names = [each.get("identifier") for each in told]
    assert not any(map(OF_THE_QUESTION.search, names))
    assert [bool(OF_EVERYONE.search(each)) for each in names] == [
        *[False] * (len(names) - 1),
        True,
    ]
