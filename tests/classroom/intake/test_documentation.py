"""docs/classes.md says what is so: its examples are recognised, its limits are ours."""

import re

import pytest

from grader import submission
from grader.classroom import intake
from grader.classroom.intake import packed, tarred, walk, zipped


@pytest.fixture
def page(root):
    return (root / "docs/classes.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("title", "layout", "students"),
    [
        ("A folder per student", "a folder per student", 3),
        ("Canvas", "Canvas", 5),
        ("Moodle", "Moodle", 3),
        ("Gradescope", "Gradescope", 2),
    ],
)
def test_an_example_is_recognised(page, zip_of, title, layout, students):
    block = re.search(rf"### {title}\n.*?```\n(.*?)```", page, re.DOTALL)[1]
    names = [re.split(r" {3,}", line.strip())[0] for line in block.splitlines()]
    path = zip_of({name: "" for name in names if not name.endswith("/")})

    with intake.read(path, ["stride.py", "padding.py"]) as handed_in:
        found = list(handed_in)

    assert handed_in.layout == layout
    assert len(found) == students
    assert handed_in.layout in page


def test_the_limits_are_those_of_the_program(page):
    table = dict(re.findall(r"^\| (.+?) \| (.+?) \|$", page, re.MULTILINE))

    def mb(size):
        return f"{size >> 20} MB"

    assert table["a file"] == mb(submission.MAX_FILE_BYTES)
    assert table["modules of a student"] == (
        f"{submission.MAX_FILES} files, {mb(submission.MAX_TOTAL_BYTES)}"
    )
    assert table["an archive"] == (
        f"{mb(packed.MAX_ARCHIVE_BYTES)}; all of a student's {packed.MAX_ARCHIVES} "
        f"archives {mb(packed.MAX_BYTES)}"
    )
    assert table["a `.tar.gz`, unpacked"] == mb(tarred.MAX_UNPACKED)
    assert table["names in a student's archives"] == f"{packed.MAX_ENTRIES:,}"
    assert table["files looked at for a student"] == (
        f"{walk.MAX_NODES:,}, in {walk.MAX_DEPTH} folders"
    )
    assert table["names in the zip of a class"] == f"{zipped.MAX_CLASS_ENTRIES:,}"
