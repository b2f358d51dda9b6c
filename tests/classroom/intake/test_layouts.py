"""Small exports of each learning system: whose is what, and what is noted."""

from datetime import datetime, timezone

from grader.classroom.handin import Student


def files(hand_in):
    return {name: text.decode() for name, text in hand_in.submission.files.items()}


# A folder per student


def test_a_folder_is_a_student_and_its_modules_are_the_submission(class_of, taken):
    path = class_of({"ada/stride.py": "1", "grace/stride.py": "2"})

    handed_in, found = taken(path)

    assert handed_in.layout == "a folder per student"
    assert found["ada"].student == Student("ada", "ada")
    assert files(found["ada"]) == {"stride.py": "1"}
    assert files(found["grace"]) == {"stride.py": "2"}
    assert (found["ada"].problem, found["ada"].notes) == ("", ())
    assert found["ada"].origin == "ada"


def test_a_zip_is_a_student_too(class_of, taken):
    path = class_of({"ada.zip": {"stride.py": "1"}, "grace.zip": {"a/stride.py": "2"}})

    _, found = taken(path)

    assert files(found["ada"]) == {"stride.py": "1"}
    assert files(found["grace"]) == {"stride.py": "2"}


def test_what_is_nobodys_is_noted(class_of, taken):
    path = class_of({"README.txt": "", "ada/stride.py": "", "eve/stride.py": ""})

    handed_in, found = taken(path)

    assert "README.txt: belongs to nobody; left out" in handed_in.notes
    assert set(found) == {"ada", "eve"}


def test_a_folder_and_a_zip_of_one_name_are_one_student(class_of, taken):
    path = class_of(
        {"ada/stride.py": "1", "ada.zip": {"padding.py": "2"}, "eve/stride.py": ""}
    )

    _, found = taken(path)

    assert files(found["ada"]) == {"stride.py": "1", "padding.py": "2"}
    assert found["ada"].notes == ("handed in 2 times: ada, ada.zip",)


# Canvas


def test_canvas_names_a_file_by_user_and_attachment(class_of, taken):
    path = class_of(
        {
            "lovelaceada_123_456_stride.py": "1",
            "lovelaceada_123_457_padding.py": "2",
            "hoppergrace_LATE_124_460_stride.py": "3",
        }
    )

    handed_in, found = taken(path)

    ada, grace = found["123"], found["124"]
    assert handed_in.layout == "Canvas"
    assert ada.student == Student("123", "lovelaceada", canvas_id="123")
    assert files(ada) == {"stride.py": "1", "padding.py": "2"}
    assert (ada.late, grace.late) == (False, True)
    assert grace.student.name == "hoppergrace"


def test_canvas_renames_what_is_handed_in_again_and_the_last_counts(class_of, taken):
    path = class_of(
        {
            "lovelaceada_123_456_stride.py": "first",
            "lovelaceada_123_499_stride-2.py": "third",
            "lovelaceada_123_470_stride-1.py": "second",
            "lovelaceada_123_500_stride-7.py": "eighth",
        }
    )

    _, found = taken(path)

    assert files(found["123"]) == {"stride.py": "eighth"}
    assert "stride-7.py: taken as stride.py" in found["123"].notes
    assert "stride.py: left out; stride-7.py is newer" in found["123"].notes


def test_canvas_runs_out_of_numbers_and_takes_a_random_name(class_of, taken):
    code = "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"
    path = class_of(
        {
            "lovelaceada_123_500_stride-7.py": "eighth",
            f"lovelaceada_123_511_stride-{code}.py": "tenth",
            f"lovelaceada_123_505_stride-0{code[1:]}.py": "ninth",
        }
    )

    _, found = taken(path)

    assert files(found["123"]) == {"stride.py": "tenth"}


def test_canvas_of_two_downloads_the_later_attachment_counts(folder_of, taken):
    path = folder_of(
        {
            "lovelaceada_123_456_stride.py": "old",
            "lovelaceada_LATE_123_789_stride.py": "new",
        }
    )

    _, found = taken(path)

    assert files(found["123"]) == {"stride.py": "new"}
    assert found["123"].late
    assert found["123"].notes == (
        "lovelaceada_123_456_stride.py: left out; "
        "lovelaceada_LATE_123_789_stride.py is newer",
    )


def test_canvas_without_names(class_of, taken):
    path = class_of(
        {"anon_k3J9x_456_stride.py": "1", "LATE_anon_aB2cd_457_stride.py": "2"}
    )

    handed_in, found = taken(path)

    assert handed_in.layout == "Canvas"
    assert found["anon_k3J9x"].student.canvas_id == ""
    assert (found["anon_k3J9x"].late, found["anon_aB2cd"].late) == (False, True)


def test_canvas_with_zips_and_typed_texts(class_of, taken):
    path = class_of(
        {
            "lovelaceada_123_456_homework.zip": {"hw/stride.py": "1"},
            "noetheremmy_125_text.html": "<p>I could not do it</p>",
            "österreichéva_126_461_stride.py": "2",
        }
    )

    _, found = taken(path)

    assert files(found["123"]) == {"stride.py": "1"}
    assert found["125"].problem == "there is no .py file in it"
    assert found["126"].student.name == "österreichéva"


# Moodle


def test_moodle_names_a_folder_by_participant(class_of, taken):
    path = class_of(
        {
            "Ada Lovelace_123_assignsubmission_file_/stride.py": "1",
            "Émilie du Châtelet_124_assignsubmission_file/hw/stride.py": "2",
            "山田　太郎_125_assignsubmission_file_/stride.py": "3",
            "Ada Lovelace_126_assignsubmission_file_/stride.py": "4",
        }
    )

    handed_in, found = taken(path)

    assert handed_in.layout == "Moodle"
    assert found["123"].student == Student("123", "Ada Lovelace", moodle_id="123")
    assert found["124"].student.name == "Émilie du Châtelet"
    assert found["125"].student.name == "山田 太郎"
    assert [files(found[id_])["stride.py"] for id_ in found] == ["1", "4", "2", "3"]


def test_moodle_puts_typed_text_beside_the_files(class_of, taken):
    path = class_of(
        {
            "Ada L_123_assignsubmission_file_/stride.py": "1",
            "Ada L_123_assignsubmission_onlinetext_/onlinetext.html": "hello",
            "Eve M_124_assignsubmission_onlinetext_/onlinetext.html": "hello",
        }
    )

    _, found = taken(path)

    assert files(found["123"]) == {"stride.py": "1"}
    assert found["123"].notes == ("a text typed into Moodle's page was left out",)
    assert found["124"].problem == "was typed into Moodle's page; hand in .py files"


def test_moodle_without_folders_and_for_groups(class_of, taken):
    path = class_of(
        {
            "Ada L_123_assignsubmission_file_stride.py": "1",
            "Ada L_123_assignsubmission_file_padding.py": "2",
            "Group B_7_assignsubmission_file_stride.py": "3",
            "Default group_assignsubmission_file_stride.py": "4",
        }
    )

    _, found = taken(path)

    assert files(found["123"]) == {"stride.py": "1", "padding.py": "2"}
    assert found["7"].student.name == "Group B"
    assert found["Default group"].student.moodle_id == ""


# Gradescope

METADATA = """\
---
submission_101:
  :submitters:
  - :name: Ada Lovelace
    :sid: '0012'
    :email: ada@example.org
    Section: A
  :created_at: 2026-03-01 10:00:00.123456000 Z
  :score: 3.0
  :status: processed
  :results:
    tests:
    - name: ":submitters:"
      max_score: 1
  :history:
  - :id: 99
    :created_at: &1 2026-02-01 10:00:00.000000000 Z
submission_102:
  :submitters:
  - :name: Grace
    :sid: 77
    :email: grace@example.org
  - :name: Emmy
    :sid:
    :email: &2 emmy@example.org
  :created_at: 2026-03-02 12:30:00 +02:00
"""
EXPORT = {
    "submission_metadata.yml": METADATA,
    "submission_101/stride.py": "1",
    "submission_102/hw/stride.py": "2",
}


def test_gradescope_names_submitters_and_each_of_a_group_gets_it(class_of, taken):
    handed_in, found = taken(class_of(EXPORT))

    ada = found["0012"]
    assert handed_in.layout == "Gradescope"
    assert ada.student == Student("0012", "Ada Lovelace", "ada@example.org")
    assert ada.submitted_at == datetime(2026, 3, 1, 10, tzinfo=timezone.utc)
    assert ada.origin == "submission_101"
    assert list(found) == ["0012", "77", "emmy@example.org"]
    assert found["77"].submission is found["emmy@example.org"].submission
    assert files(found["77"]) == {"stride.py": "2"}
    assert found["77"].submitted_at == datetime(2026, 3, 2, 10, 30, tzinfo=timezone.utc)


def test_gradescope_of_two_submissions_the_newer_counts(class_of, taken):
    alone = (
        "submission_103:\n  :submitters:\n  - :name: Grace\n    :sid: 77\n"
        "    :email: grace@example.org\n  :created_at: 2026-03-03 00:00:00 Z\n"
    )
    path = class_of(
        {
            **EXPORT,
            "submission_metadata.yml": METADATA + alone,
            "submission_103/stride.py": "3",
        }
    )

    _, found = taken(path)

    assert files(found["77"]) == {"stride.py": "3"}
    assert found["77"].notes == (
        "Grace handed in again; older and left out: submission_102",
    )
    assert files(found["emmy@example.org"]) == {"stride.py": "2"}


def test_gradescope_folders_and_records_without_each_other(class_of, taken):
    lost = "submission_104:\n  :submitters:\n  - :name: Lost\n"
    path = class_of(
        {
            **EXPORT,
            "submission_metadata.yml": METADATA + lost,
            "submission_105/stride.py": "5",
        }
    )

    _, found = taken(path)

    assert found["Lost"].problem == "there is no folder submission_104 in the export"
    assert files(found["submission_105"]) == {"stride.py": "5"}
    assert found["submission_105"].notes == (
        "submission_metadata.yml does not say whose this is",
    )


def test_gradescope_with_broken_metadata_is_graded_by_number(class_of, taken):
    for broken in ("a: [", "- a list", "", "\0", b"\xff\xfe\xfa", "a: b: c"):
        path = class_of({**EXPORT, "submission_metadata.yml": broken})

        handed_in, found = taken(path)

        assert set(found) == {"submission_101", "submission_102"}
        assert any("students go by the number" in note for note in handed_in.notes)
