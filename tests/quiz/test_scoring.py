"""A class is scored: points, misconceptions, and the wrong files refused."""

import csv
import json

import pytest

from grader.errors import QuizError
from grader.quiz import key as keys
from grader.quiz import scoring
from grader.quiz.export import json as as_json
from grader.quiz.paper import Draws, of_families, paper
from grader.quiz.publish import publish_for

FAMILIES = ("convolution-output-shape", "conv-layer-parameters", "max-pooling-by-hand")


@pytest.fixture
def quiz(tmp_path):
    """Return a function that writes key and responses and grades them."""
    (tmp_path / "quiz").mkdir()

    def grade(responses, variants=None):
        made = paper(of_families(FAMILIES), Draws(variants=variants)).kept()
        key = tmp_path / "key.json"
        key.write_bytes(b"".join(as_json.pieces(made)))
        return scoring.grade(keys.read(key), table(tmp_path, responses(made.questions)))

    return grade


def table(folder, lines):
    path = folder / "responses.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(lines)
    return path


def text(question):
    answer = question.answer
    return "; ".join(map(str, answer)) if isinstance(answer, tuple) else str(answer)


def header(questions):
    return ["student", *(question.title for question in questions)]


def test_right_answers_earn_everything_and_empty_ones_nothing(quiz):
    graded = quiz(
        lambda qs: [header(qs), ["ada", *map(text, qs)], ["bob", *([""] * len(qs))]]
    )

    assert [one.points for one in graded] == [3, 0]
    assert [one.most for one in graded] == [3, 3]
    assert not any(item.mark.answered for item in graded[1].items)


def test_wrong_answers_are_counted_by_misconception(quiz):
    def responses(qs):
        wrong = next(c for c in qs[0].choices if not c.correct)
        return [
            header(qs),
            ["ada", wrong.text, qs[1].wrong[0].answer, text(qs[2])],
            ["bob", wrong.text, text(qs[1]), text(qs[2])],
        ]

    graded = quiz(responses)
    believed = scoring.believed(graded)

    assert [one.points for one in graded] == [1, 2]
    assert [(answers, students) for _, answers, students in believed] == [
        (2, 2),
        (1, 1),
    ]


def test_of_a_pool_the_answered_variant_counts(quiz):
    def responses(qs):
        cells = ["" if "variant 002" not in q.title else text(q) for q in qs]
        return [header(qs), ["ada", *cells]]

    graded = quiz(responses, variants=3)

    assert graded[0].points == graded[0].most == 3


def test_each_student_is_scored_by_their_own_paper(tmp_path):
    blueprint = of_families(FAMILIES)
    out = tmp_path / "papers"
    list(publish_for(("ada", "bob"), blueprint, Draws(), "json", out))
    both = {
        name: list(paper(blueprint, Draws(student=name)).questions)
        for name in ("ada", "bob")
    }
    path = table(
        tmp_path,
        [
            header(both["ada"]),
            ["ada", *map(text, both["ada"])],
            ["bob", *map(text, both["ada"])],
        ],
    )
    graded = scoring.grade(keys.read(out / "key.json"), path)

    assert graded[0].points == 3
    assert graded[1].points < 3


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda head: [*head[:-1], "Max poling by hand"], "did you mean 'Max pooling"),
        (lambda head: head[:-1], "no column for the question 'Max pooling by hand'"),
        (lambda head: [*head, "Another quiz"], "no question 'Another quiz'"),
    ],
)
def test_responses_to_another_quiz_are_refused(quiz, change, complaint):
    with pytest.raises(QuizError, match=complaint):
        quiz(lambda qs: [change(header(qs)), ["ada"]])


def test_answers_to_other_numbers_are_refused(tmp_path):
    key = tmp_path / "key.json"
    key.write_bytes(b"".join(as_json.pieces(paper(of_families(FAMILIES), Draws()))))
    other = paper(of_families(FAMILIES), Draws(seed=1)).kept().questions
    rows = [[name, *map(text, other)] for name in ("ada", "bob", "eve")]

    with pytest.raises(QuizError, match=r"3 of 3 answers are none .* seed 0"):
        scoring.grade(keys.read(key), table(tmp_path, [header(other), *rows]))


def test_a_student_without_a_paper_is_named(tmp_path):
    out = tmp_path / "papers"
    blueprint = of_families(FAMILIES)
    list(publish_for(("ada",), blueprint, Draws(), "json", out))
    qs = list(paper(blueprint, Draws()).questions)

    with pytest.raises(QuizError, match="no paper for the student 'eve'"):
        scoring.grade(
            keys.read(out / "key.json"), table(tmp_path, [header(qs), ["eve"]])
        )


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        (b"", "is not JSON"),
        (b"[]", "is not the key of a quiz"),
        (b'{"quiz": "q", "seed": 1, "format_version": 9}', "format_version 9"),
        (
            b'{"quiz": "q", "seed": 1, "format_version": 1, "questions": [{}]}',
            "not a sound key",
        ),
    ],
)
def test_a_file_that_is_no_key_is_refused(tmp_path, content, complaint):
    path = tmp_path / "key.json"
    path.write_bytes(content)

    with pytest.raises(QuizError, match=complaint):
        keys.read(path)


def test_results_are_written_as_text_csv_and_json(quiz):
    graded = quiz(lambda qs: [header(qs), ["ada", *map(text, qs)]])
    cells = list(csv.reader(scoring.as_csv(graded).splitlines()))
    whole = json.loads(scoring.as_json(graded))

    assert "ada           3 / 3" in scoring.as_text(graded)
    assert cells[1] == ["ada", "3", "3", "1", "1", "1", ""]
    assert whole["students"][0]["points"] == 3
    assert whole["misconceptions"] == []
