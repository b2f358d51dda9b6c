"""Everything that comes out of a class, through one entry point."""

import sys
from dataclasses import replace

import pytest

from grader import course as courses
from grader.classroom import feedback, outputs
from grader.classroom.handin import Graded, Student
from grader.errors import GraderError
from grader.verdict import Verdict

CANVAS = "Student,ID,Section,Convolutional networks (7)\nAda,41,A,\n"


@pytest.fixture
def write(pretend, tmp_path):
    """Return a function that writes everything of a class."""

    def run(graded=None, **fields):
        graded = pretend.a_class() if graded is None else graded
        return outputs.write(pretend.course(), graded, tmp_path / "out", **fields)

    return run


def names(written):
    return [path.name for path in written.files]


def test_the_page_comes_first_and_all_files_are_there(write):
    written = write()

    assert names(written) == ["class.html", "grades.csv", "feedback"]
    assert all(path.exists() for path in written.files)
    assert written.notes == ()


def test_what_was_done_early_is_not_done_again(pretend, tmp_path, monkeypatch):
    graded = pretend.a_class()
    early = outputs.Early(pretend.course(), tmp_path, [g.student.id for g in graded])
    for each in graded:
        early.heed(each)
    monkeypatch.setattr(feedback, "make_folder", lambda folder: 1 / 0)

    written = outputs.write(pretend.course(), graded, tmp_path, early=early)

    assert "feedback" in names(written)


def test_what_was_done_early_is_brought_up_to_date(pretend, tmp_path):
    before = [pretend.graded("ada", Verdict.WRONG), pretend.graded("bo", Verdict.PASS)]
    after = [pretend.graded("ada", Verdict.PASS), pretend.graded("bo", Verdict.PASS)]
    early = outputs.Early(pretend.course(), tmp_path, ["ada", "bo"])
    for each in before:
        early.heed(each)

    outputs.write(pretend.course(), after, tmp_path, early=early)

    marks = (tmp_path / "feedback/ada/marks.txt").read_text(encoding="utf-8")
    assert "20 of 20" in marks


def test_a_class_that_has_shrunk_meanwhile_gets_its_own_folders(pretend, tmp_path):
    ada, bo = (pretend.graded(name, Verdict.PASS) for name in ("ada", "bo"))
    early = outputs.Early(pretend.course(), tmp_path, ["ada", "bo"])
    for each in (ada, bo):
        early.heed(each)

    written = outputs.write(pretend.course(), [ada], tmp_path, early=early)

    assert [path.name for path in (tmp_path / "feedback").iterdir()] == ["ada"]
    assert "took away the feedback of 1 student" in " ".join(written.notes)


def test_each_learning_system_gets_its_files_where_it_knows_somebody(write, pretend):
    known = {"canvas_id": "41", "moodle_id": "9", "email": "ada@example.org"}

    written = write([pretend.graded("ada", Verdict.PASS, known=known)])

    assert names(written)[2:] == [
        "canvas.csv",
        "moodle-worksheet.csv",
        "moodle-gradebook.csv",
        "feedback",
        "moodle-feedback.zip",
    ]


def test_what_another_class_left_behind_goes(write, pretend, tmp_path):
    write([pretend.graded("ada", Verdict.PASS, known={"canvas_id": "41"})])

    write([pretend.graded("bo", Verdict.PASS)])

    assert not (tmp_path / "out/canvas.csv").exists()
    assert not (tmp_path / "out/feedback/ada").exists()


@pytest.mark.parametrize("kind", ["nobody", "refused", "failed"])
def test_a_class_without_any_number_is_written_too(write, pretend, kind):
    graded = {
        "nobody": [],
        "refused": [pretend.refused("ada")],
        "failed": [pretend.graded("ada", Verdict.INTERNAL, Verdict.INTERNAL)],
    }[kind]

    written = write(graded, files={})

    assert names(written)[:2] == ["class.html", "grades.csv"]


@pytest.mark.parametrize(
    ("package", "said"),
    [
        ("jinja2", "Run: pip install jinja2 matplotlib"),
        ("matplotlib.figure", "Run: pip install matplotlib"),
        ("copydetect", "Run: pip install copydetect"),
    ],
)
def test_a_missing_package_costs_only_what_needs_it(write, monkeypatch, package, said):
    write(files={})
    monkeypatch.setitem(sys.modules, package, None)

    written = write(files={})

    assert said in " ".join(written.notes)
    assert "grades.csv" in names(written)
    assert ("class.html" in names(written)) == (package == "copydetect")


def test_an_old_page_does_not_stay_beside_new_grades(write, monkeypatch, tmp_path):
    write()
    monkeypatch.setitem(sys.modules, "jinja2", None)

    write()

    assert not (tmp_path / "out/class.html").exists()


def test_the_instructors_gradebook_is_filled_in_and_never_overwritten(
    write, pretend, tmp_path
):
    ada = [pretend.graded("ada", Verdict.PASS, known={"canvas_id": "41"})]
    exported = tmp_path / "export.csv"
    exported.write_text(CANVAS, encoding="utf-8")

    write(ada, gradebook=exported)

    filled = (tmp_path / "out/canvas.csv").read_text(encoding="utf-8")
    assert filled.splitlines()[1] == "Ada,41,A,20"
    assert exported.read_text(encoding="utf-8") == CANVAS
    with pytest.raises(GraderError, match="would be overwritten"):
        write(ada, gradebook=tmp_path / "out/canvas.csv")


def test_a_gradebook_that_is_none_loses_nothing_else(write, tmp_path):
    bad = tmp_path / "bad.csv"
    bad.write_text("nothing", encoding="utf-8")

    with pytest.raises(GraderError, match=r"bad\.csv"):
        write(gradebook=bad)

    out = tmp_path / "out"
    assert {"class.html", "grades.csv", "feedback"} <= {p.name for p in out.iterdir()}


def test_a_folder_that_cannot_be_made_is_one_line(pretend, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")

    with pytest.raises(GraderError, match="cannot be made"):
        outputs.write(pretend.course(), [], tmp_path / "file/out")


def test_no_name_or_text_breaks_any_file(write, pretend):
    odd = "\ud800 \x00 \u202e <b> ,;\"'\n=1"
    eve = pretend.graded("eve", Verdict.PASS, name=odd, notes=(odd,))

    written = write([replace(eve, student=Student(odd, odd)), pretend.refused(odd)])

    assert names(written)[:2] == ["class.html", "grades.csv"]


def test_what_a_real_judge_says_is_counted_from_end_to_end(rehearse, tmp_path):
    course_file = tmp_path / "course.yml"

    def stride_ignored(x, times=1):
        if times < 0:
            raise ValueError
        return x * 2.0

    reports = {
        "ada": rehearse(double=lambda x, times=1: _right(x, times)),
        "bo": rehearse(double=stride_ignored),
        "cy": rehearse(),
        "di": rehearse(double=lambda x, times=1: -_right(x, times)),
    }
    graded = [Graded(Student(n, n.title()), r) for n, r in reports.items()]

    outputs.write(courses.load(course_file), graded, tmp_path / "out")

    table = (tmp_path / "out/grades.csv").read_text(encoding="utf-8-sig")
    page = (tmp_path / "out/class.html").read_text(encoding="utf-8")
    assert [row.split(",")[:5] for row in table.splitlines()[1:]] == [
        ["ada", "Ada", "", "graded", "5"],
        ["bo", "Bo", "", "graded", "3"],
        ["cy", "Cy", "", "graded", "0"],
        ["di", "Di", "", "graded", "1"],
    ]
    flipped, ignored = page.split('<li class="belief">')[1:3]
    assert "<code>kernel-flipped</code>" in flipped
    assert "<b>1</b> <span>of 4</span>" in flipped
    assert "As these students see it" in flipped
    assert "<code>stride-ignored</code>" in ignored
    assert "Only hidden checks show it" in ignored


def _right(x, times):
    if times < 0:
        raise ValueError
    return x * 2.0**times
