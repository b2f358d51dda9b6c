"""Rosters are read strictly and complain in one line."""

import pytest

from grader.errors import QuizError
from grader.quiz.roster import rows, students


@pytest.fixture
def roster(tmp_path):
    def write(content):
        path = tmp_path / "class.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_students_come_in_order_whatever_the_other_columns(roster):
    path = roster('mail,student\nx,ada\n"a,b", Łucja \n\n')

    assert students(path) == ("ada", "Łucja")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(roster):
    assert students(roster("\ufeffstudent\r\nada\r\n")) == ("ada",)


def test_missing_cells_are_empty(roster):
    assert rows(roster("student,q\nada\n")) == [{"student": "ada", "q": ""}]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("", "is empty"),
        ("name\nada\n", "has no column 'student'"),
        ("studnet\nada\n", "did you mean 'studnet'"),
        ("student\n", "names no students"),
        ("student,q\n,1\n", ":2: the student is empty"),
        ("student\nada\nbob\nada\n", ":4: 'ada' stands in line 2 already"),
        ("student,student\na,b\n", "'student' stands twice"),
        ("student\nada,2\n", ":2: 2 cells under 1 columns"),
        ('student\n"ada\n', "not CSV"),
        (b"student\n\xff\n", "not UTF-8"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(roster, content, complaint):
    with pytest.raises(QuizError, match=complaint) as caught:
        rows(roster(content))
    assert "\n" not in str(caught.value)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(QuizError, match=r"cannot read .*none\.csv"):
        rows(tmp_path / "none.csv")
