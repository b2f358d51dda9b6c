"""What Moodle asks of its XML, beyond the questions themselves."""

import sys
from base64 import b64decode
from dataclasses import replace
from xml.etree.ElementTree import canonicalize

import pytest

from grader.errors import QuizError
from grader.quiz import registry
from grader.quiz.blocks import grid, text
from grader.quiz.export import moodle
from grader.quiz.figure import svg
from grader.quiz.paper import Draws, Paper, of_families, paper
from grader.quiz.reading.losses import FRACTIONS

etree = pytest.importorskip("lxml.etree")


def written(quiz):
    return etree.fromstring(b"".join(moodle.pieces(quiz)))


def one(name, **options):
    return paper(of_families((name,)), Draws("key", **options)).kept()


def with_question(quiz, **changes):
    return replace(quiz, questions=(quiz.questions[0]._replace(**changes),))


@pytest.mark.parametrize("name", registry.names())
def test_every_fraction_is_one_that_moodle_lists(name):
    root = written(one(name, variants=8))

    for answer in root.iter("answer"):
        assert any(
            abs(abs(float(answer.get("fraction"))) - listed) < 1e-5
            for listed in FRACTIONS
        )


def test_the_right_choices_add_up_to_everything():
    root = written(one("why-convolutions", variants=20))

    for question in root.iterfind("question[@type='multichoice']"):
        shares = [float(a.get("fraction")) for a in question.iter("answer")]
        assert sum(share for share in shares if share > 0) == pytest.approx(
            100, abs=0.01
        )


def test_the_variants_of_a_pool_stand_in_a_category_of_their_own():
    quiz = paper(
        of_families(("max-pooling-by-hand", "why-convolutions")), Draws(variants=3)
    )
    root = written(quiz)
    order = [
        question.findtext("category/text") or question.findtext("name/text")
        for question in root.iter("question")
    ]

    assert order == [
        "$course$/top/Questions/Max pooling by hand",
        "Max pooling by hand, variant 001",
        "Max pooling by hand, variant 002",
        "Max pooling by hand, variant 003",
        "$course$/top/Questions/Why convolutions",
        "Why convolutions, variant 001",
        "Why convolutions, variant 002",
        "Why convolutions, variant 003",
    ]


def test_without_a_pool_all_questions_stand_in_the_category_of_the_quiz():
    root = written(one("max-pooling-by-hand"))

    assert root.findtext("question/category/text") == "$course$/top/Max pooling by hand"


def test_a_slash_in_a_title_is_no_step_of_the_path():
    quiz = replace(one("max-pooling-by-hand"), title="a/b")

    assert written(quiz).findtext("question/category/text") == "$course$/top/a//b"


def test_figures_are_files_inside_the_question():
    quiz = one("max-pooling-by-hand")
    asked = written(quiz).find("question[@type='cloze']/questiontext")
    file = asked.find("file")

    drawn, figure = b64decode(file.text).decode(), svg(quiz.questions[0].prompt[1])
    assert canonicalize(drawn, strip_text=True) == canonicalize(figure)
    assert f'src="@@PLUGINFILE@@/{file.get("name")}"' in asked.findtext("text")


def test_the_same_variant_keeps_its_idnumber():
    first, again = (
        written(one("why-convolutions", variants=5)).xpath("//idnumber/text()")
        for _ in range(2)
    )

    assert first == again
    assert len(set(first)) == 5


def test_beliefs_are_tags():
    quiz = one("conv-layer-parameters")
    expected = {wrong.misconception for wrong in quiz.questions[0].wrong}

    assert expected
    assert set(written(quiz).xpath("//tag/text/text()")) == expected - {None}


LIKE_A_BLANK = "Type {1:NUMERICAL:=4} here."


@pytest.mark.parametrize("where", ["a paragraph", "a figure"])
def test_a_text_that_looks_like_a_blank_is_none(where):
    quiz = one("max-pooling-by-hand")
    question = quiz.questions[0]
    if where == "a figure":
        spoiled = with_question(quiz, figure=grid([[1]], LIKE_A_BLANK))
    else:
        spoiled = with_question(quiz, prompt=(text(LIKE_A_BLANK), *question.prompt))
    page = written(spoiled).findtext("question[@type='cloze']/questiontext/text")

    assert page.count(":NUMERICAL:") == len(question.answer) + 1
    assert page.count("{1:NUMERICAL:") == len(question.answer)


def test_whole_points_become_the_weights_of_the_blanks(capsys):
    quiz = one("max-pooling-by-hand")
    blanks = len(quiz.questions[0].answer)
    page = etree.tostring(written(with_question(quiz, points=2 * blanks))).decode()

    assert page.count("{2:NUMERICAL:") == blanks
    assert capsys.readouterr().err == ""


def test_points_that_the_blanks_cannot_share_are_said(capsys):
    written(with_question(one("max-pooling-by-hand"), points=0.5))

    assert "a cloze is worth one point a blank" in capsys.readouterr().err


def test_what_xml_cannot_hold_is_marked():
    quiz = with_question(one("why-convolutions"), title="a\x00b\x0bc")

    assert written(quiz).xpath("string(//name/text)") == "a\ufffdb\ufffdc"


def test_a_missing_library_is_one_line_with_the_command(monkeypatch):
    monkeypatch.setitem(sys.modules, "lxml.etree", None)

    with pytest.raises(
        QuizError, match=r"needs the lxml package\. Run: pip install lxml"
    ):
        list(moodle.pieces(Paper("q", "Q", 0, None, ())))
