"""Where the modules lie in what a learning system hands over."""

import pytest

from grader import course as courses
from grader.lms.handin import MAX_FOLDERS, collect


@pytest.fixture
def course(small_course):
    text = """\
    format_version: 1
    title: A course
    key: a
    exercises:
      - {name: double, title: Doubling, points: 5}
      - {name: triple, title: Tripling, points: 5}
    """
    return courses.load(small_course(course=text) / "course.yml")


@pytest.fixture
def collected(course, tmp_path):
    """Return a function from files of a hand-in to what is found in it."""
    folder = tmp_path / "handed-in"
    folder.mkdir()

    def find(*names):
        for name in names:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(name)
        found = collect(folder, course, course.exercises)
        files = {name: content.decode() for name, content in found.files.items()}
        return files, dict(found.problems)

    find.folder = folder
    return find


def test_modules_at_the_top_are_taken_with_their_helpers(collected):
    files, _ = collected("double.py", "helper.py", "notes.txt")

    assert files == {"double.py": "double.py", "helper.py": "helper.py"}


def test_the_folder_with_most_exercises_counts(collected):
    files, _ = collected("old/double.py", "new/double.py", "new/triple.py")

    assert set(files.values()) == {"new/double.py", "new/triple.py"}


def test_of_two_equal_folders_the_one_nearer_the_top_counts(collected):
    files, _ = collected("a/b/double.py", "z/double.py")

    assert files == {"double.py": "z/double.py"}


@pytest.mark.parametrize("name", ["__MACOSX", ".hidden", "__pycache__"])
def test_folders_of_machines_are_passed_over(collected, name):
    files, _ = collected(f"{name}/double.py", f"{name}/triple.py", "mine/double.py")

    assert files == {"double.py": "mine/double.py"}


def test_the_courses_own_folder_is_never_what_was_handed_in(course):
    (course.root / "assignments" / "double.py").write_text("skeleton")

    assert collect(course.root, course, course.exercises).files == {}


def test_links_are_not_followed(collected, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "double.py").write_text("x")
    (collected.folder / "mine").symlink_to(tmp_path / "elsewhere")

    assert collected()[0] == {}


def test_of_endless_folders_only_so_many_are_looked_into(collected):
    names = [f"{number:04}/x.py" for number in range(MAX_FOLDERS)]
    files, _ = collected(*names, "zzz/double.py")

    assert "double.py" not in files


@pytest.mark.parametrize("name", ["work.zip", "work.ipynb", "work.TAR"])
def test_a_packed_hand_in_is_said_to_be_one(collected, name):
    files, problems = collected(name)

    kind = name.removeprefix("work").lower()
    assert files == {}
    assert problems == dict.fromkeys(
        ("double.py", "triple.py"),
        f"is missing: hand in the .py files, not a {kind} file",
    )


def test_beside_modules_a_packed_file_is_no_problem(collected):
    assert collected("double.py", "data.zip")[1] == {}
