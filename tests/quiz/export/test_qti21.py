"""QTI 2.1: scoring that is written out, and wrong answers that are recognised."""

import io
import zipfile
from dataclasses import replace

import pytest

pytest.importorskip("lxml", reason="lxml is not installed")

from lxml import etree

from grader.quiz.export import qti21
from grader.quiz.paper import Draws, of_families, paper
from grader.quiz.reading.qti_scoring import Scoring

NS = {"q": "http://www.imsglobal.org/xsd/imsqti_v2p1"}


def items(*names, variants=None):
    one = paper(of_families(names), Draws("key", 3, variants=variants)).kept()
    members = zipfile.ZipFile(io.BytesIO(b"".join(qti21.pieces(one))))
    roots = [etree.fromstring(members.read(f"{q.id}.xml")) for q in one.questions]
    return one.questions, roots, members


def test_an_item_declares_its_score_and_what_it_is_worth():
    (question,), (root,), _ = items("conv-layer-parameters")

    def value(name):
        path = f"q:outcomeDeclaration[@identifier='{name}']/q:defaultValue/q:value"
        return root.findtext(path, namespaces=NS)

    assert value("SCORE") == "0"
    assert value("MAXSCORE") == str(question.points)


def test_every_entry_of_a_map_says_whether_case_matters():
    _, (root,), _ = items("what-pooling-does")
    entries = root.findall(".//q:mapEntry", NS)

    assert len(entries) > 2
    assert all(entry.get("caseSensitive") == "true" for entry in entries)


def test_a_pool_is_a_section_that_selects_one():
    questions, _, members = items("max-pooling-by-hand", variants=4)
    test = etree.fromstring(members.read("test.xml"))
    (section,) = test.findall(".//q:assessmentSection", NS)

    assert section.find("q:selection", NS).get("select") == "1"
    assert section.get("title") == questions[0].pool
    assert len(section.findall("q:assessmentItemRef", NS)) == 4


@pytest.mark.parametrize("variants", [None, 3])
def test_what_a_test_counts_at_most_is_known_before_it_is_taken(variants):
    names = ("max-pooling-by-hand", "conv-layer-parameters")
    one = paper(of_families(names), Draws("key", 3, variants=variants)).kept()
    points = dict(
        zip(dict.fromkeys(q.pool for q in one.questions), (0.1, 0.2), strict=True)
    )
    one = replace(
        one,
        questions=tuple(q._replace(points=points[q.pool]) for q in one.questions),
    )
    members = zipfile.ZipFile(io.BytesIO(b"".join(qti21.pieces(one))))
    test = etree.fromstring(members.read("test.xml"))

    path = "q:outcomeDeclaration[@identifier='MAXSCORE']/q:defaultValue/q:value"
    assert test.findtext(path, namespaces=NS) == "0.3"


def test_a_typed_misconception_opens_its_feedback():
    (question,), (root,), _ = items("conv-layer-parameters")
    wrong = question.wrong[0]

    values = Scoring(root).run({"RESPONSE_1": float(wrong.answer)})

    assert values["SCORE"] == 0
    assert values["FEEDBACK"] == f"{wrong.misconception}.1"


def test_an_empty_field_earns_nothing_where_the_answer_is_nought():
    (question,), (root,), _ = items("max-pooling-gradient-by-hand")
    assert 0 in question.answer

    assert Scoring(root).run({})["SCORE"] == 0
    asked = root.findall(".//q:not/q:isNull", NS)
    assert len(asked) >= question.answer.count(0)


def test_formulas_are_mathml_with_their_text():
    _, (root,), _ = items("convolution-output-shape")
    found = root.findall(".//{http://www.w3.org/1998/Math/MathML}math")

    assert found
    assert all("=" in each.get("alttext") for each in found)
