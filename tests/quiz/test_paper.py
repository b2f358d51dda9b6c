"""Papers: blueprints, seeds that depend on nothing else, pools without repeats."""

from dataclasses import replace

import pytest

from grader import yamlfile
from grader.errors import CourseError, QuizError
from grader.quiz import paper as papers
from grader.quiz.paper import Draws, Item, find, of_families, paper, scarce

SHAPE, POOL = "convolution-output-shape", "max-pooling-by-hand"


@pytest.fixture
def quizzes(tmp_path):
    def read(text):
        file = tmp_path / "course.yml"
        file.write_text(text, encoding="utf-8")
        return yamlfile.read(file).mapping()

    return read


def drawn(blueprint, **options):
    return list(paper(blueprint, Draws("key", **options)).questions)


def test_a_blueprint_holds_titles_counts_points_and_levels(quizzes):
    found = find(
        quizzes(
            "shapes:\n  title: Shapes\n  questions:\n"
            f"    - {{family: {SHAPE}, level: 2, count: 3, points: 2}}\n"
            f"    - {{family: {POOL}, id: pool, title: Pool it}}\n"
        ),
        "shapes",
    )

    assert found.title == "Shapes"
    assert found.items == (
        Item(SHAPE, SHAPE, "Output shape of a convolution", 2, 3, 2),
        Item("pool", POOL, "Pool it", None, 1, 1),
    )


@pytest.mark.parametrize(
    ("question", "complaint"),
    [
        (
            "{family: convolution-output-shap}",
            "did you mean 'convolution-output-shape'",
        ),
        (f"{{family: {SHAPE}, level: 9}}", "has 3 levels"),
        (f"{{family: {SHAPE}, count: 0}}", "at least 1"),
        (f"{{family: {SHAPE}, points: 0}}", "more than 0 points"),
        (f"{{family: {SHAPE}, pionts: 1}}", "did you mean 'points'"),
        ("{level: 1}", "'family' is missing"),
        ("word", "expected keys"),
    ],
)
def test_a_malformed_blueprint_is_named_with_its_line(quizzes, question, complaint):
    entries = quizzes(f"q:\n  questions:\n    - {question}\n")

    with pytest.raises(CourseError, match=complaint) as caught:
        find(entries, "q")
    assert "course.yml:3" in str(caught.value)


def test_ids_that_stand_twice_are_refused(quizzes):
    line = f"    - {{family: {SHAPE}, id: a}}\n"

    with pytest.raises(CourseError, match="'a' stands twice"):
        find(quizzes(f"q:\n  questions:\n{line}{line}"), "q")


def test_an_unknown_quiz_is_answered_with_the_nearest(quizzes):
    entries = quizzes(f"shapes:\n  questions:\n    - {{family: {SHAPE}}}\n")

    with pytest.raises(QuizError, match="did you mean 'shapes'"):
        find(entries, "shape")


def test_the_same_key_quiz_student_and_seed_give_the_same_paper():
    blueprint = of_families((SHAPE, POOL))

    assert drawn(blueprint, student="ada") == drawn(blueprint, student="ada")
    assert drawn(blueprint, student="ada") != drawn(blueprint, student="bob")
    assert drawn(blueprint, seed=1) != drawn(blueprint, seed=2)


def test_adding_a_question_anywhere_changes_no_other():
    blueprint = of_families((SHAPE, POOL))
    extra = Item("new", "conv-layer-parameters", "New")
    first = blueprint._replace(items=(extra, *blueprint.items))
    last = blueprint._replace(items=(*blueprint.items, extra))

    assert drawn(first)[1:] == drawn(blueprint) == drawn(last)[:-1]


def test_a_larger_pool_begins_with_the_smaller():
    blueprint = of_families((SHAPE,))

    assert drawn(blueprint, variants=20)[:5] == drawn(blueprint, variants=5)


def test_titles_are_unique_and_pools_share_one():
    blueprint = of_families((POOL, POOL))
    questions = drawn(blueprint, variants=3)

    assert [q.title for q in questions] == [
        "Max pooling by hand, variant 001",
        "Max pooling by hand, variant 002",
        "Max pooling by hand, variant 003",
        "Max pooling by hand (2), variant 001",
        "Max pooling by hand (2), variant 002",
        "Max pooling by hand (2), variant 003",
    ]
    assert {q.pool for q in questions} == {
        "Max pooling by hand",
        "Max pooling by hand (2)",
    }


def test_no_variant_repeats_within_a_paper():
    item = Item(SHAPE, SHAPE, "Shape", level=1, count=4)
    blueprint = papers.Blueprint("q", "Q", (item, replace(item, id="other")))
    questions = drawn(blueprint, variants=200)

    assert len({str(q.parameters) for q in questions}) == 1600


def test_more_than_the_space_is_refused_with_its_size():
    item = Item(SHAPE, SHAPE, "Shape", level=1)
    blueprint = papers.Blueprint("q", "Q", (item,))

    with pytest.raises(QuizError, match="has 6,840 variants at level 1"):
        drawn(blueprint, variants=6_841)


def test_fewer_variants_than_students_are_warned_of():
    blueprint = papers.Blueprint("q", "Q", (Item(SHAPE, SHAPE, "Shape", level=1),))

    assert scarce(blueprint, 6_840) == []
    assert "6,840 variants for 6,841 students" in scarce(blueprint, 6_841)[0]
