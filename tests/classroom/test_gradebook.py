"""Tables, read back as a spreadsheet or a learning system would read them."""

import csv
import importlib.util
import io

import pytest

from grader.classroom import gradebook, gradebook_canvas, gradebook_moodle
from grader.classroom.gradebook_fill import fill
from grader.classroom.marks import marks
from grader.errors import GraderError
from grader.grading import Grading
from grader.verdict import Verdict

BOM = b"\xef\xbb\xbf"
NASTY = [
    "=HYPERLINK(1)",
    "+1",
    "-1",
    "@SUM(1)",
    " =1",
    "\t=1",
    "O'Neil, Ada",
    'says "hi"',
    "two\nlines",
    "Zoë 学生 🙂",
    "",
]
READERS = ["csv", *(["pandas"] if importlib.util.find_spec("pandas") else [])]


def by_csv(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def by_pandas(content):
    import pandas as pd  # noqa: PLC0415

    read = pd.read_csv(io.BytesIO(content), dtype=str, keep_default_na=False)
    return read.to_dict("records")


READ = {"csv": by_csv, "pandas": by_pandas}


def rows(content):
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.fixture
def of(pretend):
    """Return a function from students to their marks."""

    def make(*graded, **fields):
        return marks(pretend.course(**fields), graded or pretend.a_class())

    return make


@pytest.mark.parametrize("reader", READERS)
def test_grades_say_who_has_what_and_why_there_is_no_number(of, reader):
    content = gradebook.grades(of(), ["stride", "pooling"])

    read = {row["student"]: row for row in READ[reader](content)}

    assert content.startswith(BOM)
    assert list(read) == ["ada", "björn", "chiara", "dora", "emil", "fay", "gil"]
    assert [read["ada"][k] for k in ("stride", "pooling", "total")] == [
        "10",
        "10",
        "20",
    ]
    assert [read["dora"][k] for k in ("status", "total")] == ["graded", "0"]
    assert [read["fay"][k] for k in ("status", "total", "pooling")] == [
        "failed",
        "",
        "",
    ]
    assert read["fay"]["pooling_verdict"] == "INTERNAL"
    assert [read["gil"][k] for k in ("status", "total")] == ["refused", ""]
    assert read["gil"]["notes"] == "the zip is broken"
    assert read["emil"]["stride_verdict"] == "CRASH"


@pytest.mark.parametrize("reader", READERS)
@pytest.mark.parametrize("name", NASTY)
def test_no_name_breaks_the_table_or_becomes_a_formula(of, pretend, reader, name):
    student = pretend.graded("ada", Verdict.PASS, name=name or " ")
    found = of(student, pretend.graded("zoe", Verdict.PASS))
    content = gradebook.grades(found, ["stride", "pooling"])

    read = READ[reader](content)

    assert [row["student"] for row in read] == ["ada", "zoe"]
    cell = read[0]["name"]
    assert cell.removeprefix("'") == (name or " ")
    assert not cell.lstrip(" ").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


def test_canvas_gets_its_columns_its_points_and_only_those_with_a_number(of, pretend):
    content = gradebook_canvas.canvas(
        of(
            pretend.graded("ada", Verdict.PASS, known={"canvas_id": "41"}),
            pretend.graded("fay", Verdict.INTERNAL, known={"canvas_id": "42"}),
            pretend.graded("zoe", Verdict.PASS),
        ),
        "Homework (77)",
    )

    assert rows(content) == [
        ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Homework (77)"],
        ["    Points Possible", "", "", "", "", "20"],
        ["Ada", "41", "", "", "", "20"],
    ]
    assert not content.startswith(BOM)


def test_without_anybody_whom_canvas_knows_there_is_no_file(of):
    assert gradebook_canvas.canvas(of(), "Homework") == b""


def test_moodles_worksheet_has_the_columns_that_its_import_needs(of, pretend):
    found = of(
        pretend.graded("ada", Verdict.PASS, known={"moodle_id": "9"}),
        pretend.graded("fay", Verdict.INTERNAL, known={"moodle_id": "8"}),
    )

    read = by_csv(gradebook_moodle.worksheet(found))

    assert [row["Identifier"] for row in read] == ["Participant 9", "Participant 8"]
    assert [row["Grade"] for row in read] == ["20", ""]
    assert {row["Maximum Grade"] for row in read} == {"20.00"}
    assert {row["Last modified (grade)"] for row in read} == {"-"}
    assert read[0]["Feedback comments"] == "20 of 20 points."


def test_a_comment_is_html_and_tells_what_was_left_out(of, pretend):
    found = of(pretend.graded("ada", Verdict.TODO), grading=Grading(drop_lowest=1))

    assert gradebook_moodle.comment(found[0]) == (
        "20 of 20 points. Left out, since that helps: stride."
    )


def test_moodles_gradebook_goes_by_address_and_never_changes_one(of, pretend):
    found = of(
        pretend.graded("ada", Verdict.PASS, known={"email": "ada@example.org"}),
        pretend.graded("eve", Verdict.PASS, known={"email": "=1@example.org"}),
        pretend.graded("zoe", Verdict.PASS),
    )

    read = by_csv(gradebook_moodle.gradebook(found))

    assert [row["Email address"] for row in read] == ["ada@example.org"]
    assert [read[0][k] for k in ("Total", "stride", "pooling")] == ["20", "10", "10"]


CANVAS = """\
Student,ID,SIS User ID,SIS Login ID,Section,Essay (5),Convolutional networks (77),\
Final Score
,,,,,,Manual Posting,
    Points Possible,,,,,10,{possible},(read only)
"Ada, O'Neil",41,S1,ada@example.org,A,9,,
Fay,42,S2,fay,A,8,3,
Gone,43,S3,gone,A,7,4,
"Student, Test",44,,abc,A,,,
"""


@pytest.fixture
def exported(tmp_path):
    """Return a function that writes an exported gradebook."""

    def write(text, name="export.csv"):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

    return write


@pytest.fixture
def two(of, pretend):
    """Ada with all points, and Fay for whom the grader failed."""
    ada = {"canvas_id": "41", "moodle_id": "9", "email": "ada@example.org"}
    return of(
        pretend.graded("ada", Verdict.PASS, known=ada),
        pretend.graded("fay", Verdict.INTERNAL, known={"canvas_id": "42"}),
    )


def test_an_exported_gradebook_is_filled_in_and_else_left_as_it_was(
    two, exported, pretend
):
    before = CANVAS.format(possible=20)

    made = fill(pretend.course(), two, exported(before))

    after = rows(made.content)
    wanted = rows(before.encode())
    wanted[3][6] = "20"
    assert after == wanted
    assert made.system == "canvas"
    assert made.notes == (
        "export.csv: 2 rows are of nobody who handed in, and left as before",
    )


def test_a_column_out_of_other_points_gets_the_share_and_a_note(two, exported, pretend):
    made = fill(pretend.course(), two, exported(CANVAS.format(possible="100.00")))

    assert rows(made.content)[3][6] == "100"
    assert made.notes[0] == (
        "Convolutional networks (77): counts out of 100, the course out of 20: "
        "its share was written"
    )


def test_columns_of_exercises_are_filled_by_title_or_name(two, exported, pretend):
    text = CANVAS.format(possible=10).replace("Convolutional networks", "STRIDE")

    made = fill(pretend.course(), two, exported(text))

    assert rows(made.content)[3][6] == "10"


@pytest.mark.parametrize("mark", [b"", BOM])
def test_semicolons_and_a_byte_order_mark_stay(two, exported, pretend, mark):
    text = CANVAS.format(possible=20).replace('"Ada, O\'Neil"', "Ada").replace(",", ";")

    made = fill(pretend.course(), two, exported(mark + text.encode()))

    assert made.content.startswith(mark + b"Student;ID;")
    assert b"Ada;41;S1;ada@example.org;A;9;20;" in made.content


def test_a_number_that_stands_for_two_students_is_nobodys(of, exported, pretend):
    ada = {"canvas_id": "41", "email": "ada@example.org"}
    found = of(
        pretend.graded("ada", Verdict.PASS, known=ada),
        pretend.graded("eve", Verdict.TODO, known={"canvas_id": "41"}),
    )

    made = fill(pretend.course(), found, exported(CANVAS.format(possible=20)))

    assert rows(made.content)[3][6] == "20"  # by her address, which is hers alone


MOODLE = """\
Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,\
Last modified (submission),Last modified (grade),Feedback comments
Participant 9,Ada,ada@example.org,Submitted,,50.00,Yes,-,"Monday, 5 October 2026",
Participant 7,Gone,gone@example.org,Submitted,3.00,50.00,Yes,-,-,Well done
"""


def test_moodles_worksheet_is_filled_in_by_participant(two, exported, pretend):
    made = fill(pretend.course(), two, exported(MOODLE))

    read = by_csv(made.content)
    assert made.system == "moodle"
    assert [row["Grade"] for row in read] == ["50", "3.00"]
    assert read[0]["Last modified (grade)"] == "Monday, 5 October 2026"
    assert [row["Feedback comments"] for row in read] == [
        "20 of 20 points.",
        "Well done",
    ]
    assert "counts out of 50, the course out of 20" in made.notes[0]
    assert made.notes[-1] == "export.csv: has no row for fay"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a,b\n1,2\n", "is neither a gradebook of Canvas"),
        ("", "is empty. Export"),
        (b"\xff\xfeS\x00", "is not UTF-8"),
        (
            CANVAS.replace("Convolutional networks", "Convolutional nets"),
            "did you mean",
        ),
        ("Student,ID,Section\n", "no column is named 'Convolutional networks'"),
        ("Student,ID,Section,Quiz (3)\n", "Rename the assignment"),
    ],
)
def test_a_file_that_is_none_is_refused_in_one_line(two, exported, pretend, text, said):
    with pytest.raises(GraderError, match=r"export\.csv") as caught:
        fill(pretend.course(), two, exported(text))

    assert said in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_gradebook_that_is_not_there_is_said_to_be_so(two, tmp_path, pretend):
    with pytest.raises(GraderError, match="cannot be read: No such file"):
        fill(pretend.course(), two, tmp_path / "none.csv")
