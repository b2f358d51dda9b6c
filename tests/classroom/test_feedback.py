"""What goes back to each student, and to nobody else."""

import io
import json
import re
import zipfile
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.classroom import feedback
from grader.classroom.marks import marks
from grader.errors import GraderError
from grader.grading import Grading, Late
from grader.report import json as report_json
from grader.verdict import Verdict

WHEN = datetime(2026, 10, 5, 12, 0, tzinfo=timezone.utc)  # all of the class hand in
NAME = "report.html"
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


def test_the_data_are_what_grade_writes(returned, pretend):
    ada = pretend.graded("ada", Verdict.WRONG, Verdict.INTERNAL)

    out, _, _ = returned(ada)

    assert text(out / "feedback/ada", "report.json") == report_json.render(ada.report)


def test_what_is_there_already_is_not_written_again(returned, pretend):
    def written():
        return {path: path.stat().st_mtime_ns for path in out.rglob("*.*")}

    known = {"moodle_id": "1"}
    out, _, _ = returned(pretend.graded("ada", Verdict.PASS, known=known))
    before = written()
    returned(pretend.graded("ada", Verdict.PASS, known=known))
    assert written() == before

    returned(pretend.graded("ada", Verdict.WRONG, known=known))
    assert len(before) == 4
    assert all(when > before[path] for path, when in written().items())


@pytest.mark.parametrize("name", feedback.NAMES)
@pytest.mark.parametrize(
    "damage", [lambda c: c[:-9], lambda c: b"", lambda c: c + b"?"]
)
def test_a_damaged_file_is_written_again(returned, name, damage):
    path = returned()[0] / "feedback/ada" / name
    content = path.read_bytes()
    path.write_bytes(damage(content))

    returned()

    assert path.read_bytes() == content


def test_what_a_killed_run_had_not_finished_writing_is_taken_away(returned):
    folder = returned()[0] / "feedback/ada"
    (folder / ".report.html.x7_q2abc").write_text("<!doctype", encoding="utf-8")

    returned()

    assert sorted(p.name for p in folder.iterdir()) == sorted(feedback.NAMES)


def test_a_folder_that_a_killed_run_had_not_finished_is_taken_away(returned):
    draft = returned()[0] / "feedback/.ada.0123abcd"
    draft.mkdir()
    (draft / "marks.txt").write_text("ada", encoding="utf-8")

    _, _, notes = returned()

    assert not draft.exists()
    assert notes == ()


def test_what_is_written_early_needs_no_second_writing(pretend, tmp_path, monkeypatch):
    course, graded = pretend.course(), pretend.a_class()
    early = feedback.Feedback(tmp_path, [each.student.id for each in graded])
    for each in graded:
        early.put(marks(course, [each])[0])
    written = []
    for name in ("write_whole", "write_folder"):
        monkeypatch.setattr(feedback, name, lambda path, _: written.append(path))

    feedback.write(marks(course, graded), tmp_path)

    assert written == []


def page_of(out, student="ada"):
    """Return the words of a student's page, without what is for the eye."""
    page = re.sub(r"<style.*?</style>", "", text(out / "feedback" / student, NAME))
    return " ".join(re.sub(r"<[^>]*>", " ", page).split())


def test_a_page_tells_what_counts_after_being_late_and_why(returned, pretend):
    due = {"stride": WHEN - timedelta(days=1, hours=1)}
    late = Late(percent_per_day=10)

    out, _, _ = returned(
        pretend.graded("ada", Verdict.PASS),
        pretend.graded("zoe", Verdict.TODO),
        grading=Grading(due=due, late=late),
    )

    said = page_of(out)
    assert "20 of 20 points" in said  # what was earned
    assert "What counts, after the rules of the course: 18 of 20 points" in said
    assert (
        "Stride: 8 of 10, which is 10 less 20 percent for being late by 2 days begun"
        in said
    )
    assert "stride   8 of 10  (10 before being late" in text(out / "feedback/ada")
    assert "What counts" not in page_of(out, "zoe")  # nothing was taken off


def test_a_page_tells_what_is_left_out(returned, pretend):
    grading = Grading(drop_lowest=1)

    out, _, _ = returned(pretend.graded("ada", Verdict.TODO), grading=grading)

    said = page_of(out)
    assert "What counts, after the rules of the course: 20 of 20 points" in said
    assert "Stride: 0 of 10 (left out)" in said
    assert "What is left out does not count; the rest stands for it." in said


def test_a_page_says_nothing_more_where_all_that_is_earned_counts(returned):
    out, _, _ = returned()

    assert "What counts" not in page_of(out)


def test_a_page_is_made_anew_when_only_the_rules_have_changed(returned, pretend):
    ada = pretend.graded("ada", Verdict.TODO)
    returned(ada)

    out, _, _ = returned(ada, grading=Grading(drop_lowest=1))

    assert "(left out)" in page_of(out)


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
