"""Folders of papers: safe names, one key, nothing half-written."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from grader.errors import QuizError
from grader.quiz.paper import Blueprint, Draws, Item, of_families
from grader.quiz.publish import file_name, publish, publish_for

ROOT = Path(__file__).parents[2]
POOL = of_families(("max-pooling-by-hand",))


@pytest.mark.parametrize(
    "student",
    ["../etc", "a/b", "", ".", "key", "CON", "a\x00b", "Ł", "x" * 200, "ada "],
)
def test_any_student_gets_a_name_inside_the_folder(student):
    name = file_name(student)

    assert Path(name).name == name
    assert name.lower() not in ("", ".", "..", "key", "con")


def test_students_that_differ_get_files_that_differ():
    names = [file_name(student) for student in ("a/b", "a_b", "a b", "A_B", "a_B")]

    assert len({name.casefold() for name in names}) == 5


def test_a_folder_holds_the_papers_and_the_key(tmp_path):
    done = list(
        publish_for(("ada", "bob"), POOL, Draws(), "markdown", tmp_path / "out")
    )
    key = json.loads((tmp_path / "out" / "key.json").read_text(encoding="utf-8"))

    assert done == ["ada", "bob"]
    assert {path.name for path in (tmp_path / "out").iterdir()} == {
        "ada.md",
        "bob.md",
        "key.json",
    }
    assert [paper["student"] for paper in key["papers"]] == ["ada", "bob"]


def test_a_class_on_paper_gets_its_keys_printed(tmp_path):
    pytest.importorskip("typst", reason="typst is not installed")
    list(publish_for(("ada",), POOL, Draws(), "pdf", tmp_path / "out"))

    assert (tmp_path / "out" / "ada.pdf").is_file()
    assert (tmp_path / "out" / "key" / "ada.pdf").is_file()


def test_a_single_pdf_comes_with_its_key(tmp_path):
    pytest.importorskip("typst", reason="typst is not installed")
    written = publish(POOL, Draws(), "pdf", tmp_path / "quiz.pdf", solutions=False)

    assert [path.name for path in written] == ["quiz.pdf", "quiz-key.pdf"]


def test_a_paper_that_cannot_be_drawn_leaves_no_folder(tmp_path):
    item = Item("a", "shift-in-shift-out", "Shift", level=1, count=100_000)

    with pytest.raises(QuizError, match="too few"):
        list(
            publish_for(
                ("a",), Blueprint("q", "Q", (item,)), Draws(), "text", tmp_path / "out"
            )
        )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="no RLIMIT_FSIZE there")
def test_a_full_disk_leaves_no_file(tmp_path):
    resource = pytest.importorskip("resource")
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "from grader.cli.quiz import main; main()",
            *("new", "--family", "max-pooling-by-hand", "--variants", "200"),
            *("--format", "json", "--out", tmp_path / "quiz.json"),
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)),
    )

    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert "cannot write" in done.stderr
    assert list(tmp_path.iterdir()) == []
