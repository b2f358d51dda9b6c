"""A folder per student: who handed in, and which of their files count."""

from grader.classroom import intake
from grader.classroom.handin import Student


def test_a_folder_is_a_student_and_its_modules_are_the_submission(tmp_path):
    for name in ("ada", "grace"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "stride.py").write_text(name)

    with intake.read(tmp_path, ["stride.py"]) as handed_in:
        ada, grace = handed_in

    assert handed_in.layout == "a folder per student"
    assert ada.student == Student("ada", "ada")
    assert dict(ada.submission.files) == {"stride.py": b"ada"}
    assert dict(grace.submission.files) == {"stride.py": b"grace"}
    assert (ada.problem, ada.notes, ada.origin) == ("", (), "ada")
