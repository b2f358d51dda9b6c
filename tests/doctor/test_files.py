"""Files that are missing, stray, or do not fit together."""

import pytest


def test_a_sound_course_has_none(faults):
    assert faults("files") == []


@pytest.mark.parametrize("folder", ["assignments", "solutions", "tests/hidden"])
def test_a_missing_file_is_named(faults, sound, folder):
    (sound / folder / "double.py").unlink()

    assert faults("files") == [f"{folder}/double.py is missing"]


@pytest.mark.parametrize("folder", ["assignments", "solutions", "tests/hidden"])
def test_a_stray_file_is_named_with_the_nearest_exercise(faults, sound, folder):
    (sound / folder / "doubel.py").write_text("", encoding="utf-8")

    assert faults("files") == [
        f"{folder}/doubel.py belongs to no exercise; did you mean 'double'?"
    ]


def test_a_submission_is_owed(faults, sound):
    for file in (sound / "tests/submissions/double").glob("*/*.py"):
        file.unlink()

    assert faults("files") == ["tests/submissions/double/ has no submission"]


def test_a_folder_of_submissions_to_nothing_is_named(faults, sound):
    (sound / "tests/submissions/dubble").mkdir()

    assert faults("files") == [
        "tests/submissions/dubble is no exercise; did you mean 'double'?"
    ]


def test_points_that_do_not_add_up_are_named(faults, edit):
    edit("course.yml", "points: 5", "points: 6")

    assert faults("files") == ["the checks are worth 5 points, course.yml says 6"]


@pytest.mark.parametrize(
    ("claim", "problem"),
    [
        ("Every entry is doubled", "the claim of doubles is no sentence"),
        (f"{'Every ' * 12}one.", "the claim of doubles has 76 characters"),
        ("It doubles as often as asked.", "doubles_again claims the same as doubles"),
    ],
)
def test_a_claim_that_students_cannot_read_is_named(faults, edit, claim, problem):
    edit("tests/hidden/double.py", "Every entry is doubled.", claim)

    (found,) = faults("files")
    assert problem in found


def test_a_suite_that_does_not_load_is_one_fault_with_its_line(faults, edit):
    edit("tests/hidden/double.py", "for size in (1, 2, 3):", "for size in (1, 2, 3)")

    (problem,) = faults("files")
    assert problem.startswith("tests/hidden/double.py:10:")


def test_a_call_of_a_function_that_nobody_writes_is_named(faults, edit):
    edit(
        "tests/hidden/double.py", 'call("double", x=ints(draw, (2, 3))', 'call("dubble"'
    )

    assert (
        "tests/hidden/double.py calls dubble, which the solution does not define; "
        "did you mean 'double'?" in faults("files")
    )


def test_a_function_that_no_check_calls_is_named(faults, edit):
    edit(
        "solutions/double.py", "def double(", "def triple(x):\n    ...\n\n\ndef double("
    )

    assert faults("files") == ["no check calls triple"]


def test_a_function_without_misconception_is_named(faults, edit, sound):
    suite = sound / "tests/hidden/double.py"
    text = suite.read_text(encoding="utf-8").split("@misconceptions(")[0]
    suite.write_text(text, encoding="utf-8")

    assert faults("files") == ["tests/hidden/double.py: no misconception about double"]


def test_a_misconception_that_the_catalogue_lacks_is_named(faults, edit):
    edit(
        "tests/hidden/double.py",
        '@misconception("kernel-flipped")',
        '@misconception("kernel-fliped")',
    )

    assert faults("files") == [
        "tests/hidden/double.py: unknown misconception 'kernel-fliped'; "
        "did you mean 'kernel-flipped'?"
    ]


def test_what_is_still_to_be_written_is_named_with_its_line(faults, edit):
    edit("solutions/double.py", "Double an array.", "TODO: say what it does.")

    assert faults("files") == ["solutions/double.py:7: TODO: say what it does."]
