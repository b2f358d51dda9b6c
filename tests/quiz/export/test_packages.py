"""Canvas, QTI 2.1 and QTI 3.0: valid, the same when read back, whatever they hold."""

import importlib.util
import io
import sys
import zipfile
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

pytest.importorskip("lxml", reason="lxml is not installed")

from lxml import etree

from grader.quiz import registry
from grader.quiz.blocks import BLANK, Text, grid, table, text
from grader.quiz.export import canvas, qti21, qti30
from grader.quiz.export.typed import right_numbers
from grader.quiz.paper import Draws, of_families, paper
from grader.quiz.question import Choice, WrongAnswer
from grader.quiz.reading import canvas as read_canvas
from grader.quiz.reading import qti21 as read_qti21
from grader.quiz.reading import qti30 as read_qti30

FORMATS = {
    "canvas": (canvas, read_canvas),
    "qti21": (qti21, read_qti21),
    "qti30": (qti30, read_qti30),
}
CHECKER = Path(__file__).parents[3].parent / "shared" / "qti" / "validate.py"
EACH = pytest.mark.parametrize("form", FORMATS)
FAMILY = pytest.mark.parametrize("name", registry.names())
NASTY = [
    "<script>alert(1)</script>",
    "a & b &amp; c &lt; &#65;",
    "]]> <![CDATA[ --> ?>",
    "\"quotes\" 'and' `ticks`",
    "[blank1] $IMS-CC-FILEBASE$ %s {0}",
    "عربي עברית \u202eRTL 🙂 ×−∗",
    "x" * 20_000,
    "nul \x00 bell \x07 escape \x1b del \x7f end \ufffe",
    "two\nlines\tand a tab",
    "-1e-300",
]
WORDS = st.one_of(
    st.sampled_from(NASTY), st.text(st.characters(codec="utf-8"), max_size=30)
)
NUMBERS = st.one_of(
    st.integers(-(10**12), 10**12),
    st.floats(-1e12, 1e12, allow_nan=False),
    st.sampled_from([-1e-9, 1e-12, -0.0001, 0, 0.1, 1 / 3, -12_345.678]),
)


@pytest.fixture(scope="module")
def complaints():
    """Return a function that names what is wrong with a package, by its schema."""
    if not CHECKER.is_file():
        pytest.skip("the QTI schemas do not lie beside the checkout")
    spec = importlib.util.spec_from_file_location("qti_validate", CHECKER)
    module = importlib.util.module_from_spec(spec)
    sys.modules["qti_validate"] = module
    spec.loader.exec_module(module)

    def check(content, folder):
        path = folder / "quiz.zip"
        path.write_bytes(content)
        result = module.Package(path).check()
        assert any("other" not in kind for kind in result["documents"])
        # The manifest that Canvas writes has no schema to check it by.
        warnings = [w for w in result["warnings"] if "its own" not in w]
        return result["errors"] + [w for w in warnings if "their own" not in w]

    return check


def written(form, one):
    return b"".join(FORMATS[form][0].pieces(one))


def read(form, content):
    found, notes = FORMATS[form][1].items(content)
    assert notes == ()
    return found


def drawn(*names, variants=None):
    return paper(of_families(names), Draws("key", 3, variants=variants)).kept()


def shown(words):
    """Return words as they are compared: breaks are blanks."""
    return " ".join(words.replace("\xa0", " ").split())


@EACH
@FAMILY
def test_every_family_is_valid_by_the_schema(form, name, complaints, tmp_path):
    assert complaints(written(form, drawn(name, variants=2)), tmp_path) == []


@EACH
def test_a_quiz_without_pools_is_valid_by_the_schema(form, complaints, tmp_path):
    assert complaints(written(form, drawn(*registry.names())), tmp_path) == []


@EACH
@FAMILY
def test_every_family_is_the_same_when_it_is_read_back(form, name):
    one = drawn(name, variants=2)

    items = read(form, written(form, one))

    for question, item in zip(one.questions, items, strict=True):
        assert item.title == question.title
        assert item.type == question.type
        assert item.points == question.points
        assert item.pool == question.pool
        assert not item.unscored
        assert item.figures >= (question.figure is not None)
        same_words(question, item)
        if question.choices:
            same_choices(question, item)
        else:
            same_numbers(form, question, item)


def same_words(question, item):
    """Assert that prompt and solution hold the paragraphs of the question."""
    for blocks, said in (
        (question.prompt, item.prompt),
        (question.solution, item.feedback),
    ):
        for block in blocks:
            for part in block.parts if isinstance(block, Text) else (block,):
                if isinstance(part, str):
                    assert shown(part) in shown(said)


def same_choices(question, item):
    right = sum(choice.correct for choice in question.choices)
    cost = -1 / right if question.type == "multiple" else 0
    expected = [
        (shown(c.text), 1 / right if c.correct else cost, shown(c.feedback))
        for c in question.choices
    ]
    found = [
        (shown(a.text), pytest.approx(a.fraction), shown(a.feedback))
        for a in item.answers
    ]
    assert found == expected


def same_numbers(form, question, item):
    rights = right_numbers(question)
    first = 0 if question.type == "numeric" else 1
    for place, value in enumerate(rights, first):
        answers = [each for each in item.answers if each.blank == place]
        right = [each for each in answers if each.fraction > 0]
        assert float(right[0].text) == pytest.approx(value)
        assert right[0].fraction == pytest.approx(1 / len(rights), abs=1e-4)
        if not (form == "canvas" and question.type == "cloze"):
            assert right[0].tolerance == pytest.approx(question.tolerance)
    for wrong in question.wrong:
        if form == "canvas":
            assert shown(wrong.feedback) in shown(item.feedback)
        elif question.type == "numeric":
            (found,) = (
                each
                for each in item.answers
                if float(each.text) == pytest.approx(wrong.answer, rel=1e-12)
            )
            assert found.fraction == 0
            assert shown(found.feedback) == shown(wrong.feedback)


@EACH
def test_the_same_paper_gives_the_same_bytes(form):
    names = registry.names()[:5]

    assert written(form, drawn(*names)) == written(form, drawn(*names))


@EACH
def test_identifiers_stay_when_a_question_is_worth_more(form):
    one = drawn("max-pooling-by-hand")
    (question,) = one.questions
    dearer = replace(one, questions=(question._replace(points=5),))

    assert names(written(form, one)) == names(written(form, dearer))


@EACH
def test_quizzes_without_a_name_are_told_apart_by_what_they_ask(form):
    def identifiers(name, level=None, variants=None):
        draws = Draws("key", 3, variants=variants)
        one = paper(of_families((name,), level), draws).kept()
        package = zipfile.ZipFile(io.BytesIO(written(form, one)))
        return set(
            etree.fromstring(package.read("imsmanifest.xml")).xpath("//@identifier")
        )

    first = identifiers("max-pooling-by-hand")

    assert first.isdisjoint(identifiers("convolution-output-shape"))
    assert first.isdisjoint(identifiers("max-pooling-by-hand", level=1))
    again = identifiers("max-pooling-by-hand", variants=3)
    assert len(first & again) >= 1  # more variants are the same quiz


def names(content):
    package = zipfile.ZipFile(io.BytesIO(content))
    found = [sorted(package.namelist())]
    for name in package.namelist():
        if name.endswith(".xml"):
            root = etree.fromstring(package.read(name))
            found += root.xpath("//@ident | //@identifier")
    return found


@EACH
def test_every_figure_says_what_it_shows(form):
    one = drawn(*registry.names())
    package = zipfile.ZipFile(io.BytesIO(written(form, one)))
    documents = [package.read(n).decode() for n in package.namelist() if "xml" in n]
    tags = [
        tag.partition(">")[0]
        for document in documents
        for tag in unescape(document).split("<img ")[1:]
    ]

    assert len(tags) >= sum(q.figure is not None for q in one.questions)
    assert all('alt="' in tag and 'alt=""' not in tag for tag in tags)
    assert sum(name.endswith(".svg") for name in package.namelist()) > 5


@EACH
def test_a_pool_holds_all_variants_and_the_rest_stands_alone(form):
    pooled = drawn("max-pooling-by-hand", variants=3)
    alone = drawn("conv-layer-parameters")
    both = replace(pooled, questions=(*pooled.questions, *alone.questions))

    pools = [item.pool for item in read(form, written(form, both))]

    assert pools == ["Max pooling by hand"] * 3 + [""]


SINGLE = drawn("shift-in-shift-out")
CLOZE = drawn("max-pooling-by-hand")


def spoiled(base, words, **changes):
    """Return a paper that holds the words wherever words can stand."""
    question = base.questions[0]._replace(
        title=words,
        pool=words,
        prompt=(text(words), grid([[words, 1]], words), table([words], [[BLANK]])),
        solution=(text(words), table([words], [[words]])),
        figure=grid([[words]], words),
        **changes,
    )
    return replace(base, title=words, questions=(question,))


@EACH
@settings(max_examples=25, deadline=None)
@given(words=WORDS)
def test_hostile_words_are_words(form, words):
    choices = (Choice(words, True, None, words), Choice("other", False, "id", words))
    prompt = (text(words), grid([[words, 1]], words))
    one = spoiled(SINGLE, words, choices=choices, answer=words, type="single", wrong=())
    one = replace(one, questions=(one.questions[0]._replace(prompt=prompt),))

    (item,) = read(form, written(form, one))

    wanted = shown(canvas.legal(words))
    assert shown(item.title) == wanted
    assert shown(item.answers[0].text) == wanted
    assert shown(item.answers[0].feedback) == wanted
    assert wanted in shown(item.prompt)
    assert item.answers[0].fraction == 1
    assert item.answers[1].fraction == 0


@EACH
@settings(max_examples=40, deadline=None)
@given(
    words=st.sampled_from(NASTY), value=NUMBERS, tolerance=st.sampled_from([0, 0.01])
)
def test_any_number_is_read_back(form, words, value, tolerance):
    wrong = (WrongAnswer((value + 7,), "id", words),)
    one = spoiled(
        CLOZE, words, type="cloze", answer=(value,), wrong=wrong, tolerance=tolerance
    )

    (item,) = read(form, written(form, one))

    assert item.type == "cloze"
    assert float(item.answers[0].text) == value
    assert item.answers[0].fraction == 1
