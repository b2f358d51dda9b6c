"""What goes back to each student, and to nobody else."""

import io
import json
import zipfile
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.classroom import feedback
from grader.classroom.marks import marks
from grader.errors import GraderError
from grader.grading import Grading
from grader.verdict import Verdict

DEVICES = {"con", "prn", "aux", "nul", "com1", "lpt9"}


@pytest.fixture
def returned(pretend, tmp_path):
    """Return a function that writes the feedback of some students."""

    def write(*graded, **fields):
        found = marks(pretend.course(**fields), graded or pretend.a_class())
        links, notes = feedback.write(found, tmp_path)
        return tmp_path, links, notes

    return write


def text(folder, name="marks.txt"):
    return (folder / name).read_text(encoding="utf-8")


def test_everyone_gets_a_page_the_data_and_their_marks(returned):
    out, links, notes = returned()

    judged = out / "feedback/ada"
    assert notes == ()
    assert links["ada"] == "feedback/ada/report.html"
    assert sorted(p.name for p in judged.iterdir()) == sorted(feedback.NAMES)
    assert json.loads(text(judged, "report.json"))["score"] == 20
    assert text(judged, "report.html").startswith("<!doctype html>")
    assert text(judged) == (
        "Ada\n\nstride   10 of 10\npooling  10 of 10\n\ntotal    20 of 20\n"
    )


def test_who_was_refused_reads_why_and_gets_no_zero(returned):
    out, links, _ = returned()

    said = text(out / "feedback/gil")
    assert links["gil"] == "feedback/gil/marks.txt"
    assert "could not be taken: the zip is broken." in said
    assert "0 of" not in said


def test_where_the_grader_failed_there_are_no_points_yet(returned):
    out, _, _ = returned()

    assert "pooling  no points yet of 10" in text(out / "feedback/fay")
    assert "total    no total yet of 20" in text(out / "feedback/fay")


def test_what_was_left_out_is_said(returned, pretend):
    out, _, _ = returned(
        pretend.graded("ada", Verdict.TODO), grading=Grading(drop_lowest=1)
    )

    assert "stride   0 of 10  (left out)" in text(out / "feedback/ada")
    assert "total    20 of 20" in text(out / "feedback/ada")


def test_feedback_of_who_left_is_taken_away_and_what_is_not_ours_stays(
    returned, pretend
):
    out, _, _ = returned()
    mine = out / "feedback/emil/my notes.txt"
    mine.write_text("call him", encoding="utf-8")

    _, _, notes = returned(pretend.graded("ada", Verdict.PASS))

    left = sorted(str(p.relative_to(out)) for p in out.rglob("*") if p.is_file())
    assert notes == ("took away the feedback of 6 students no longer in the class",)
    assert left == [
        "feedback/ada/marks.txt",
        "feedback/ada/report.html",
        "feedback/ada/report.json",
        "feedback/emil/my notes.txt",
    ]


def test_a_report_does_not_outlive_the_hand_in_that_it_was_of(returned, pretend):
    returned(pretend.graded("gil", Verdict.PASS))

    out, _, _ = returned(pretend.refused("gil"))

    assert [p.name for p in (out / "feedback/gil").iterdir()] == ["marks.txt"]


def test_moodle_gets_a_zip_in_its_own_layout(returned, pretend):
    known = {"moodle_id": "123"}
    out, _, _ = returned(
        pretend.graded("ada", Verdict.PASS, name="Ada_M: Love/lace", known=known),
        pretend.graded("zoe", Verdict.PASS),
    )

    with zipfile.ZipFile(out / "moodle-feedback.zip") as packed:
        names = packed.namelist()

    # As Moodle splits it: name, participant, and the two halves of the plugin.
    assert {tuple(n.split("/")[0].split("_", 4)) for n in names} == {
        ("Ada M Love lace", "123", "assignsubmission", "file", "")
    }
    assert [n.split("/")[1] for n in names] == sorted(feedback.NAMES)


def test_canvas_gets_a_zip_named_like_what_was_handed_in(returned, pretend):
    ada = pretend.graded("ada", Verdict.PASS, known={"canvas_id": "123"})
    out, _, _ = returned(
        replace(ada, origin="week 3/lovelaceada_LATE_123_456_stride.py"),
        pretend.graded("eve", Verdict.PASS, known={"canvas_id": "9"}),
    )

    with zipfile.ZipFile(out / "canvas-feedback.zip") as packed:
        names = packed.namelist()

    assert names == [
        f"lovelaceada_LATE_123_456_{name}" for name in sorted(feedback.NAMES)
    ]


def test_no_zip_is_left_from_a_class_that_was_another_systems(returned, pretend):
    returned(pretend.graded("ada", Verdict.PASS, known={"moodle_id": "1"}))

    out, _, _ = returned(pretend.graded("ada", Verdict.PASS))

    assert not (out / "moodle-feedback.zip").exists()


def test_a_folder_that_cannot_be_made_is_named(returned, tmp_path):
    (tmp_path / "feedback").write_text("a file", encoding="utf-8")

    with pytest.raises(GraderError, match="cannot be made"):
        returned()


ids = st.one_of(
    st.text(min_size=1, max_size=90),
    st.sampled_from(
        [
            "../..",
            "a/b",
            "C:\\x",
            "nul",
            "NUL.txt",
            "Ada",
            "ada",
            "ADA",
            "a" * 300,
            "ad\u00e1",
            "..",
            "-",
            "con.",
            "etc-f7f9121f",
            "../etc",
        ]
    ),
)


@given(st.lists(ids, unique=True, max_size=12))
def test_folders_are_safe_on_every_system_and_each_students_own(names):
    made = feedback.folders(names)

    lowered = [folder.casefold() for folder in made.values()]
    assert list(made) == names
    assert len(set(lowered)) == len(names)
    for folder in lowered:
        assert folder.isascii()
        assert folder.strip(". ") == folder
        assert not set(folder) & set('/\\:*?"<>| \n\0')
        assert folder.split(".")[0] not in DEVICES
        assert 0 < len(folder) <= 80


def test_a_zip_is_the_same_bytes_each_time(returned, pretend):
    ada = pretend.graded("ada", Verdict.PASS, known={"moodle_id": "1"})

    first = (returned(ada)[0] / "moodle-feedback.zip").read_bytes()
    second = (returned(ada)[0] / "moodle-feedback.zip").read_bytes()

    assert first == second
    assert zipfile.ZipFile(io.BytesIO(first)).testzip() is None
