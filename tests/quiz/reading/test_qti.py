"""QTI files of any origin: scored by trying, and never a traceback."""

import io
import random
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("lxml", reason="lxml is not installed")

from lxml import etree

from grader.quiz.export import canvas as write_canvas
from grader.quiz.export import qti21 as write_qti21
from grader.quiz.export import qti30 as write_qti30
from grader.quiz.paper import Draws, of_families, paper
from grader.quiz.reading import MalformedError, canvas, qti21, qti30

FORMATS = {
    "canvas": (write_canvas, canvas),
    "qti21": (write_qti21, qti21),
    "qti30": (write_qti30, qti30),
}
FAMILIES = (
    "convolution-output-shape",
    "conv-layer-parameters",
    "max-pooling-by-hand",
    "what-pooling-does",
)
ITEM = """<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1"
  identifier="q" title="Sum" adaptive="false" timeDependent="false">
<responseDeclaration identifier="RESPONSE" cardinality="single" baseType="identifier">
  <correctResponse><value>b</value></correctResponse></responseDeclaration>
{outcome}
<itemBody><choiceInteraction responseIdentifier="RESPONSE" maxChoices="1">
  <prompt>1 + 1?</prompt>
  <simpleChoice identifier="a">1</simpleChoice>
  <simpleChoice identifier="b">2</simpleChoice></choiceInteraction></itemBody>
{processing}</assessmentItem>"""
SCORE = '<outcomeDeclaration identifier="SCORE" cardinality="single" baseType="float"/>'
TEMPLATE = (
    '<responseProcessing template="http://www.imsglobal.org/question/qti_v2p1/'
    'rptemplates/match_correct"/>'
)


def documents(form):
    """Return the documents that hold questions, one question each."""
    one = paper(of_families(FAMILIES), Draws("key", 3)).kept()
    content = b"".join(FORMATS[form][0].pieces(one))
    package = zipfile.ZipFile(io.BytesIO(content))
    roots = [
        etree.fromstring(package.read(n)) for n in package.namelist() if "xml" in n
    ]
    if form != "canvas":
        return [root for root in roots if root.tag.lower().endswith("item")]
    (quiz,) = (root for root in roots if root.tag.endswith("questestinterop"))
    found = []
    for item in list(quiz.iter("{*}item")):
        root = etree.Element(quiz.tag, nsmap=quiz.nsmap)
        root.append(item)
        found.append(root)
    return found


DOCUMENTS = {form: [etree.tostring(d) for d in documents(form)] for form in FORMATS}


def damaged(document, seed):
    """Return a document after some accidents."""
    draw = random.Random(seed)
    root = etree.fromstring(document)
    elements = list(root.iter("{*}*"))[1:]
    for _ in range(draw.randint(1, 6)):
        element = draw.choice(elements)
        accident = draw.randint(0, 3)
        if accident == 0 and element.getparent() is not None:
            element.getparent().remove(element)
        elif accident == 1:
            element.text = draw.choice(["", "abc", "1e999", "NaN", "-inf", "-"])
        elif accident == 2:
            for child in list(element):
                element.remove(child)
        elif element.attrib:
            name = draw.choice(list(element.attrib))
            element.attrib[name] = draw.choice(["", "zzz", "1e999", "NaN"])
    return etree.tostring(root)


@pytest.mark.parametrize("form", FORMATS)
@settings(max_examples=150, deadline=None)
@given(which=st.integers(0, len(FAMILIES) - 1), seed=st.integers(0, 10**9))
def test_a_damaged_question_is_read_or_refused(form, which, seed):
    document = damaged(DOCUMENTS[form][which], seed)

    said = ""
    try:
        FORMATS[form][1].items(document)
    except MalformedError as error:
        said = str(error)

    assert "\n" not in said


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "content", [b"", b"PK", b"PK\x03\x04junk", b"<a" * 10, b"<x>" + b"<p>" * 9_000]
)
def test_what_is_no_quiz_is_refused_in_one_line(form, content):
    reader = FORMATS[form][1]

    assert not reader.looks_like(content)
    with pytest.raises(MalformedError) as caught:
        reader.items(content)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("form", FORMATS)
def test_a_package_is_known_by_its_own_reader_alone(form):
    one = paper(of_families(FAMILIES[:1]), Draws("key", 3)).kept()
    content = b"".join(FORMATS[form][0].pieces(one))

    known = [
        name for name, (_, reader) in FORMATS.items() if reader.looks_like(content)
    ]
    assert known == [form]


def test_the_templates_of_the_standard_score():
    (item,), _ = qti21.items(ITEM.format(outcome=SCORE, processing=TEMPLATE).encode())

    assert [(a.text, a.fraction) for a in item.answers] == [("1", 0), ("2", 1)]
    assert item.prompt == "1 + 1?"
    assert not item.unscored


def test_an_item_that_never_awards_a_point_is_found_out():
    (item,), _ = qti21.items(ITEM.format(outcome="", processing="").encode())

    assert item.unscored
