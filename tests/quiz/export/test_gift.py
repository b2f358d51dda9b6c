"""GIFT: its signs are escaped, and what it cannot hold is said."""

import re
from dataclasses import replace

from grader.quiz.export import gift
from grader.quiz.paper import Draws, of_families, paper


def written(quiz):
    return b"".join(gift.pieces(quiz)).decode()


def one(name, **options):
    return paper(of_families((name,)), Draws("key", **options)).kept()


def test_a_single_choice_has_one_right_answer_and_wrong_ones_with_feedback():
    quiz = one("shift-in-shift-out")
    lines = written(quiz).splitlines()
    question = quiz.questions[0]

    assert sum(line.startswith("=") for line in lines) == 1
    wrongs = [line for line in lines if line.startswith("~%0%")]
    assert len(wrongs) == len(question.choices) - 1
    assert all("#" in line for line in wrongs)


def test_wrong_numbers_earn_nothing_and_get_their_feedback():
    quiz = one("conv-layer-parameters")
    question = quiz.questions[0]
    lines = written(quiz).splitlines()

    assert f"={question.answer}:0.0" in lines
    for wrong in question.wrong:
        start = f"=%0%{wrong.answer}:0.0#{wrong.feedback[:9]}"
        assert any(line.startswith(start) for line in lines)


def test_a_cloze_becomes_a_question_a_blank_and_says_so(capsys):
    quiz = one("max-pooling-by-hand")
    titles = re.findall(r"^::(.*?)::", written(quiz), re.MULTILINE)

    assert titles == [
        f"Max pooling by hand, blank {number}"
        for number in range(1, len(quiz.questions[0].answer) + 1)
    ]
    assert "gift: a cloze is split" in capsys.readouterr().err


def test_points_are_said_to_be_lost(capsys):
    quiz = one("why-convolutions")
    worth = replace(quiz, questions=(quiz.questions[0]._replace(points=3),))
    written(worth)

    assert "gift: points are not kept" in capsys.readouterr().err


def test_a_question_that_loses_nothing_says_nothing(capsys):
    written(one("why-convolutions"))

    assert capsys.readouterr().err == ""


def test_each_pool_has_its_category_and_each_question_its_id():
    quiz = one("why-convolutions", variants=3)
    whole = written(quiz)

    assert whole.count("$CATEGORY: $course$/top/Why convolutions/Why") == 1
    for question in quiz.questions:
        assert f"[id:{question.id}]" in whole


def test_no_question_holds_an_empty_line():
    for block in re.split(r"\n\s*\n", written(one("trace-a-network", variants=5))):
        text = re.sub(r"\\[\\~=#{}:]", "", block)

        assert text.count("{") == text.count("}")
