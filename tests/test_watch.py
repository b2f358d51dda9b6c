"""What a change in a folder makes stale, and what is judged again."""

import os
from pathlib import Path

import pytest

from grader import course as courses
from grader.checks.suite import LiveSuite
from grader.errors import SubmissionError
from grader.judge import Judge
from grader.rehearsal import Rehearsal
from grader.submission import Submission
from grader.verdict import Verdict
from grader.watch import Watched, touched

EXERCISES = ("padding", "pooling", "stride")


def handed_in(taken_from=(), **files):
    sources = {f"{name}.py": text.encode() for name, text in files.items()}
    sources = {n.replace("__nb.py", ".ipynb"): s for n, s in sources.items()}
    return Submission(Path("here"), sources, {}, dict(taken_from))


BEFORE = {
    "padding": "a = 1",
    "stride": "import numpy\nfrom padding import zero_pad",
    "pooling": "padding = 2  # not an import",
}


@pytest.mark.parametrize(
    ("change", "stale"),
    [
        ({}, set()),
        ({"stride": "b"}, {"stride"}),
        ({"padding": "b"}, {"padding", "stride"}),
        ({"pooling": "b"}, {"pooling"}),
        ({"helper": "b"}, set(EXERCISES)),
    ],
)
def test_a_change_touches_its_exercise_and_those_that_import_it(change, stale):
    before, now = handed_in(**BEFORE), handed_in(**{**BEFORE, **change})

    assert touched(before, now, EXERCISES) == stale
    assert touched(now, before, EXERCISES) == stale


def test_a_removed_file_touches_its_exercise():
    gone = {name: text for name, text in BEFORE.items() if name != "pooling"}

    assert touched(handed_in(**BEFORE), handed_in(**gone), EXERCISES) == {"pooling"}


def test_a_notebook_touches_what_is_taken_from_it():
    taken = {"padding": "work.ipynb", "stride": "work.ipynb"}
    one, two = (handed_in(taken, work__nb=text, pooling="p") for text in "ab")

    assert touched(one, two, EXERCISES) == {"padding", "stride"}


def test_an_exercise_that_moves_to_a_notebook_is_touched():
    taken = {"padding": "work.ipynb"}
    before = handed_in(work__nb="a", padding="p", stride="s", pooling="q")
    now = handed_in(taken, work__nb="a", stride="s", pooling="q")

    assert touched(before, now, EXERCISES) == {"padding"}


@pytest.fixture
def watched(small_course):
    """Return a folder that is watched, and the function that stands for its code."""
    folder = small_course()
    course = courses.load(folder / "course.yml")
    written = {"double": lambda x, times=1: x * 3}
    judge = Judge(course, LiveSuite(course, 7), Rehearsal(written))
    (folder / "work").mkdir()
    (folder / "work/double.py").write_text("1")
    return Watched(judge, folder / "work", course.exercises), folder / "work", written


def right(x, times=1):
    if times < 0:
        raise ValueError
    return x * 2.0**times


def test_what_was_not_changed_is_not_judged_again(watched):
    found, folder, _ = watched
    told = []

    first = found.judge(told.append)
    assert first.judged == ("double",)
    assert not found.changed()

    os.utime(folder / "double.py", ns=(1, 1))  # saved without a change
    assert found.changed()
    assert found.judge(told.append) is None
    assert not found.changed()
    assert told == [["double"]]


def test_a_save_by_rename_is_seen_and_completing_is_told(watched):
    found, folder, written = watched
    first = found.judge(list)
    written["double"] = right
    (folder / ".double.py.tmp").write_text("2")
    (folder / ".double.py.tmp").replace(folder / "double.py")

    assert found.changed()
    second = found.judge(list)

    assert first.report.exit_code == 1
    assert first.completed == ()
    assert second.report.exit_code == 0
    assert second.completed == ("double",)


def test_a_removed_file_is_to_do_and_a_removed_folder_is_waited_for(watched):
    found, folder, _ = watched
    found.judge(list)

    (folder / "double.py").unlink()
    assert found.judge(list).report.exercises[0].verdict is Verdict.TODO

    folder.rmdir()
    assert found.changed()
    with pytest.raises(SubmissionError, match="there is no such folder"):
        found.judge(list)
    assert not found.changed()

    folder.mkdir()
    (folder / "double.py").write_text("1")
    assert found.changed()
    assert found.judge(list).judged == ("double",)


def test_it_waits_until_an_editor_is_done(watched):
    found, folder, _ = watched
    steps = iter(["12", "123", "1234"])
    waited = []

    def wait(seconds):
        waited.append(seconds)
        if text := next(steps, None):
            (folder / "double.py").write_text(text)

    found.settle(wait)

    assert len(waited) == 4


def test_it_does_not_wait_for_ever(watched):
    found, folder, _ = watched
    waited = []

    def wait(seconds):
        waited.append(seconds)
        (folder / "double.py").write_text("1" * len(waited))

    found.settle(wait)

    assert sum(waited) <= 2.1
