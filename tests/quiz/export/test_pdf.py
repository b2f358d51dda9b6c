"""Quizzes on paper: pages, room to write, an answer sheet, the key."""

import shutil
import subprocess

import pytest

from grader.quiz import registry
from grader.quiz.export import pdf
from grader.quiz.paper import Draws, of_families, paper
from grader.quiz.typst_markup import literal, words

pytest.importorskip("typst", reason="typst is not installed")


def drawn(*names, student="ada #1"):
    return paper(of_families(names), Draws("key", 77, student))


def pages(content, tmp_path):
    """Return the text of each page."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    path = tmp_path / "quiz.pdf"
    path.write_bytes(content)
    shown = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True
    )
    return shown.stdout.split("\f")[:-1]


def test_seed_and_student_stand_on_every_page(tmp_path):
    content = b"".join(pdf.pieces(drawn(*registry.names()[:4]), solutions=False))
    shown = pages(content, tmp_path)

    assert len(shown) > 1
    assert all("ada #1" in page and "seed 77" in page for page in shown)
    assert "Answer sheet" in shown[-1]


def test_the_key_solves_every_question_and_has_no_answer_sheet(tmp_path):
    names = registry.names()[:4]
    shown = "".join(
        pages(b"".join(pdf.pieces(drawn(*names), solutions=True)), tmp_path)
    )

    assert shown.count("Answer:") == len(names)
    assert "Key" in shown
    assert "Answer sheet" not in shown


@pytest.mark.parametrize("name", registry.names())
def test_every_family_can_be_set_with_its_solution(name):
    content = b"".join(pdf.pieces(drawn(name), solutions=True))

    assert content.startswith(b"%PDF")


def test_the_same_paper_gives_the_same_bytes():
    first, second = (
        b"".join(pdf.pieces(drawn("max-pooling-by-hand"), solutions=False))
        for _ in "12"
    )

    assert first == second


@pytest.mark.parametrize(
    "student", ['#panic("x")', "a\\b", '"', "$x$", "]*_@<a>", "\u202e", "名"]
)
def test_names_mean_nothing_to_typst(student):
    content = b"".join(
        pdf.pieces(drawn("max-pooling-by-hand", student=student), solutions=False)
    )

    assert content.startswith(b"%PDF")


def test_words_are_strings_in_which_nothing_is_special():
    assert literal('a "b" \\ #c\n') == '"a \\"b\\" \\\\ #c "'
    assert words("$x$") == '#text("$x$")'
