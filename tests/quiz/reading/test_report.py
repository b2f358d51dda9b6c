"""What `quiz check` says: the questions, their sum, and what is lost where."""

import json

import pytest
from click.testing import CliRunner

from grader.cli.quiz import quiz
from grader.errors import QuizError
from grader.quiz.reading import Answer, Contents, Item, losses, report

RIGHT = (Answer("2", 1.0), Answer("3", 0.0, "one too many"))


def contents(*items, form="moodle", notes=()):
    return Contents(form, items, notes)


def lost(held, system):
    return [loss.what for loss in losses.losses(held, system)]


def test_a_sound_file_loses_nothing():
    held = contents(Item("One", "single", RIGHT, points=2.0, figures=1, pool="P"))
    text = report.as_text(held, "a.xml")

    assert report.sound(held)
    assert "1. One (single, 2 points, 1 figure, pool P)" in text
    assert "     0 %  3   one too many" in text
    assert "a.xml: moodle, 1 question (1 single), 2 points, 1 figure, 1 pool" in text
    assert "Moodle: nothing is lost" in text
    assert "does not read moodle: Canvas;" in text


@pytest.mark.parametrize(
    ("item", "what"),
    [
        (Item("a", "single", (Answer("x", 0.37),)), "37 % is no fraction of Moodle"),
        (Item("", "single", RIGHT), "no title"),
        (Item("a", "single", (Answer("x", 0.5),)), "earns full marks"),
        (Item("a", "multiple", (Answer("x", 0.5), Answer("y", 0.25))), "full marks"),
        (
            Item("a", "cloze", (Answer("1", 1, blank=1), Answer("1", 0, blank=2))),
            "full",
        ),
        (Item("a", "numeric", (Answer("1", 0.0),), unscored=True), "earns full marks"),
    ],
)
def test_what_moodle_would_drop_is_named(item, what):
    held = contents(item)

    assert not report.sound(held)
    assert what in report.as_text(held, "a.xml")


def test_two_questions_with_one_title_are_named():
    held = contents(Item("a", "single", RIGHT), Item("a", "single", RIGHT))

    assert lost(held, "Moodle") == ["another question has the same title"] * 2


def test_only_systems_that_take_the_file_count():
    held = contents(Item("a", "single", (Answer("x", 0.37), RIGHT[0])), form="canvas")
    assert not report.sound(contents(*held.items))

    assert lost(held, "Canvas") == []
    assert report.sound(held)


def test_long_pools_and_long_imports_of_canvas_are_named():
    pool = [Item(str(n), "single", RIGHT, pool="P") for n in range(1001)]

    assert "slowly" in lost(contents(*pool, form="canvas"), "Canvas")[0]
    assert "1,001" in lost(contents(*pool, form="canvas"), "Canvas New Quizzes")[0]


def test_systems_that_read_a_format_in_part_are_named_and_cost_nothing():
    held = contents(Item("One", "single", RIGHT), form="qti21")
    text = report.as_text(held, "a.zip")

    assert report.sound(held)
    assert "OpenOlat, Blackboard, TAO: nothing is lost" in text
    assert "Canvas reads qti21 in part: every question counts one point" in text
    assert "Canvas New Quizzes reads qti21 in part: all variants" in text
    unread = text.partition("does not read qti21: ")[2]
    assert unread.startswith("Moodle;")
    assert "Canvas" not in unread


@pytest.mark.parametrize(
    ("answer", "remarked"),
    [(Answer("2", 1.0), 0), (Answer("2.5", 1.0), 1), (Answer("2", 1, "", 0.1), 1)],
)
def test_prairielearn_is_remarked_on_where_a_number_need_not_be_whole(answer, remarked):
    held = contents(Item("One", "numeric", (answer,)), form="canvas")
    remarks = json.loads(report.as_json(held))["remarks"]

    assert len(remarks) == remarked
    assert all("PrairieLearn" in remark for remark in remarks)
    assert report.sound(held)


@pytest.mark.parametrize(("kind", "remarked"), [("cloze", 1), ("single", 0)])
def test_blanks_that_canvas_compares_as_text_are_remarked_on(kind, remarked):
    held = contents(Item("One", kind, RIGHT), form="canvas")
    remarks = json.loads(report.as_json(held))["remarks"]

    assert len(remarks) == remarked
    assert all("compares blanks as text" in remark for remark in remarks)
    assert report.sound(held)


@pytest.mark.parametrize("figures", [0, 2])
def test_figures_that_prairielearn_does_not_show_are_remarked_on(figures):
    held = contents(Item("One", "single", RIGHT, figures=figures), form="canvas")
    remarks = json.loads(report.as_json(held))["remarks"]

    assert len(remarks) == bool(figures)
    assert all("worked solution" in remark for remark in remarks)
    assert report.sound(held)


def test_a_file_without_questions_and_a_note_are_not_sound():
    assert not report.sound(contents())
    noted = contents(Item("a", "single", RIGHT), notes=("line 3: lost",))
    assert not report.sound(noted)
    assert "note: line 3: lost" in report.as_text(noted, "a")


def test_the_terminal_is_kept_from_control_characters():
    held = contents(Item("a\x1b[31mb", "single", RIGHT))

    assert "\x1b" not in report.as_text(held, "x")


def test_the_json_says_the_same():
    whole = json.loads(report.as_json(contents(Item("One", "single", RIGHT))))

    assert (whole["format_version"], whole["format"]) == (1, "moodle")
    assert whole["questions"][0]["answers"][1]["feedback"] == "one too many"
    assert whole["lost"] == {"Moodle": []}


def test_the_command_tells_by_its_exit_code(tmp_path):
    run = CliRunner().invoke
    sound, poor, no_quiz = (tmp_path / name for name in "abc")
    sound.write_text("::a:: b {=c ~d}")
    poor.write_text("::a:: b {~%37%c ~d}")
    no_quiz.write_text("hello")

    good = run(quiz, ["check", str(sound)], standalone_mode=False)
    bad = run(quiz, ["check", str(poor), "--format", "json"], standalone_mode=False)
    none = run(quiz, ["check", str(no_quiz)], standalone_mode=False)

    assert (good.return_value, bad.return_value) == (0, 1)
    assert json.loads(bad.output)["sound"] is False
    assert isinstance(none.exception, QuizError)
