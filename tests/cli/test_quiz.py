"""The ``quiz`` command: what it prints, where it writes, how it refuses."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from grader.cli.quiz import quiz
from grader.quiz.export import FORMATS, ready

ROOT = Path(__file__).parents[2]
SHAPE, POOL = "convolution-output-shape", "max-pooling-by-hand"
COURSE = f"""\
format_version: 1
title: A course
key: secret
exercises:
  - {{name: stride, title: Stride, points: 1}}
quizzes:
  shapes:
    title: Shapes
    questions:
      - {{family: {SHAPE}, level: 2, count: 2, points: 2}}
      - {{family: {POOL}}}
"""


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Return a function that runs ``quiz`` in a course of its own."""
    (tmp_path / "course.yml").write_text(COURSE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    program = "from grader.cli.quiz import main; main()"

    def call(*words, stdin=""):
        return subprocess.run(
            [sys.executable, "-c", program, *map(str, words)],
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            env={"PYTHONPATH": str(ROOT), "PATH": "", "PYTHONUTF8": "1"},
        )

    return call


def roster(folder, *students):
    path = folder / "class.csv"
    path.write_text("student\n" + "\n".join(students) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("name", sorted(quiz.commands))
def test_every_command_has_help_and_an_example(run, name):
    helped = run(name, "--help")

    assert helped.returncode == 0
    assert f"quiz {name}" in helped.stdout.partition("Example:")[2]


def test_families_are_listed_with_the_size_of_their_space(run):
    whole = json.loads(run("families", "--format", "json").stdout)
    by_name = {each["name"]: each for each in whole["families"]}

    assert by_name[SHAPE]["title"] == "Output shape of a convolution"
    assert by_name[SHAPE]["type"] == "single"
    assert by_name[SHAPE]["size"] == 37_320
    assert f"{SHAPE} " in run("families").stdout


def test_a_blueprint_becomes_a_quiz(run):
    whole = json.loads(run("new", "shapes", "--format", "json", "--seed", "3").stdout)

    assert (whole["quiz"], whole["title"], whole["seed"]) == ("shapes", "Shapes", 3)
    assert [q["points"] for q in whole["questions"]] == [2, 2, 1]
    assert [q["level"] for q in whole["questions"]][:2] == [2, 2]


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_paper_shows_the_seed_and_the_student_but_no_answers(run, form):
    command = ("new", "shapes", "--format", form, "--seed", 41, "--student", "ada")
    asked = run(*command).stdout
    solved = run(*command, "--solutions").stdout

    assert "ada" in asked
    assert "seed 41" in asked
    assert "Answer:" not in asked
    assert solved.count("Answer:") == 3


def test_a_class_gets_a_paper_each_and_one_key(run, tmp_path):
    students = roster(tmp_path, "ada", "bob", "A/b")
    done = run(
        "new", "shapes", "--roster", students, "--format", "html", "--out", "out"
    )
    names = sorted(path.name for path in (tmp_path / "out").iterdir())
    key = json.loads((tmp_path / "out" / "key.json").read_text(encoding="utf-8"))

    assert done.returncode == 0
    assert len(names) == 4
    assert {"ada.html", "bob.html", "key.json"} <= set(names)
    assert [paper["student"] for paper in key["papers"]] == ["ada", "bob", "A/b"]


def test_a_paper_of_the_class_is_the_paper_of_the_student(run, tmp_path):
    students = roster(tmp_path, "ada", "bob")
    run("new", "shapes", "--roster", students, "--format", "json", "--out", "out")
    alone = run("new", "shapes", "--student", "bob", "--format", "json").stdout

    assert (tmp_path / "out" / "bob.json").read_text(encoding="utf-8") == alone


def test_answers_of_a_class_are_graded_and_counted(run, tmp_path):
    run("new", "shapes", "--format", "json", "--out", "key.json")
    key = json.loads((tmp_path / "key.json").read_text(encoding="utf-8"))
    titles = [q["title"] for q in key["questions"]]
    wrong = next(c for c in key["questions"][0]["choices"] if not c["correct"])
    with (tmp_path / "answers.csv").open("w", newline="", encoding="utf-8") as file:
        csv.writer(file).writerows(
            [["student", *titles], ["ada", wrong["text"], "", ""]]
        )
    graded = run("grade", "key.json", "answers.csv")
    counted = run("stats", "key.json", "answers.csv")
    page = run("stats", "key.json", "answers.csv", "--format", "html")

    assert "ada           0 / 5   (2 unanswered)" in graded.stdout
    assert wrong["misconception"] in graded.stdout
    assert wrong["misconception"] in counted.stdout
    assert "<svg" in page.stdout


def test_explain_works_a_question_out(run):
    shown = run("explain", POOL, "--seed", "2").stdout

    assert "Answer:" in shown
    assert "[" in shown.partition("Answer:")[2]
    assert shown == run("explain", POOL, "--seed", "2").stdout


def test_preview_is_a_page_of_variants(run):
    shown = run("preview", SHAPE, "--level", "1", "--most", "20").stdout

    assert shown.count("<article") == 20
    assert "6,840 variants" in shown


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (
            ["new", "--family", "max-poling-by-hand"],
            "did you mean 'max-pooling-by-hand'",
        ),
        (["new", "shapse"], "did you mean 'shapes'"),
        (["new"], "name a quiz"),
        (["new", "shapes", "--family", POOL], "name a quiz"),
        (["new", "shapes", "--level", "2"], "--level goes with --family"),
        (["new", "shapes", "--variants", "100000"], "13,680 variants at level 2"),
        (["new", "shapes", "--format", "jsn"], "did you mean 'json'"),
        (
            ["new", "shapes", "--roster", "none.csv", "--out", "o"],
            "cannot read none.csv",
        ),
        (["new", "shapes", "--roster", "none.csv"], "name it with --out"),
        (["new", "shapes", "--out", "none/quiz.txt"], "cannot write none/quiz.txt"),
        (["explain", POOL, "--level", "7"], "has no level 7"),
        (["grade", "none.json", "none.csv"], "cannot read none.json"),
        (["practice", "--concept", "poling"], "did you mean 'pooling'"),
        (["practise"], "did you mean 'practice'"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(run, tmp_path, words, complaint):
    before = set(tmp_path.iterdir())
    refused = run(*words)

    assert refused.returncode == 2
    assert complaint in refused.stderr
    assert refused.stderr.count("\n") == 1
    assert refused.stdout == ""
    assert set(tmp_path.iterdir()) == before


def test_a_format_that_is_not_written_yet_says_so(run):
    for form in set(FORMATS) - set(ready()):
        refused = run("new", "shapes", "--format", form)

        assert refused.returncode == 2
        assert f"does not write {form} yet" in refused.stderr


def test_duplicates_in_a_roster_write_nothing(run, tmp_path):
    students = roster(tmp_path, "ada", "ada")
    refused = run("new", "shapes", "--roster", students, "--out", "out")

    assert refused.returncode == 2
    assert "'ada' stands in line 2 already" in refused.stderr
    assert not (tmp_path / "out").exists()


def test_a_malformed_blueprint_names_its_line(run, tmp_path):
    course = tmp_path / "course.yml"
    course.write_text(COURSE.replace("level: 2", "level: 9"), encoding="utf-8")
    refused = run("new", "shapes")

    assert refused.returncode == 2
    assert "course.yml:10" in refused.stderr


def test_families_can_be_asked_without_a_course(run, tmp_path):
    (tmp_path / "course.yml").unlink()

    assert run("new", "--family", POOL).returncode == 0


def test_practice_in_a_pipe_scores_and_remembers(run, tmp_path):
    first = run(
        "practice",
        "--family",
        POOL,
        "--state",
        "s.json",
        "--seed",
        "1",
        stdin="?\n\n1\nq\n",
    )
    state = json.loads((tmp_path / "s.json").read_text(encoding="utf-8"))
    again = run("practice", "--family", POOL, "--state", "s.json")

    assert first.returncode == again.returncode == 0
    assert "Answer:" in first.stdout
    assert "That cannot be read" in first.stdout
    assert state["asked"] == {f"{POOL}/1": 2}
    assert again.stdout.partition("Fill")[0] in first.stdout


def test_a_broken_practice_file_is_named(run, tmp_path):
    (tmp_path / "s.json").write_text("[]", encoding="utf-8")
    refused = run("practice", "--state", "s.json")

    assert refused.returncode == 2
    assert "holds no practice session" in refused.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo-terminal")
@pytest.mark.parametrize(("form", "kind"), [("canvas", "ZIP"), ("pdf", "PDF")])
def test_binary_files_do_not_go_to_a_terminal(tmp_path, run, form, kind):
    import pty  # noqa: PLC0415  (POSIX only)

    ours, theirs = pty.openpty()
    program = "from grader.cli.quiz import main; main()"
    ended = subprocess.run(
        [sys.executable, "-c", program, "new", "shapes", "--format", form],
        stdout=theirs,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    os.close(theirs)
    os.close(ours)

    assert ended.returncode == 2
    assert f"a {kind} file does not belong on a terminal" in ended.stderr


def test_a_family_in_place_of_a_quiz_is_told_how_to_be_asked(run):
    said = run("new", SHAPE)

    assert said.returncode == 2
    assert f"ask it with `--family {SHAPE}`" in said.stderr
    assert len(said.stderr.splitlines()) == 1
