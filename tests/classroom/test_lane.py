"""A lane writes what goes back to the student whose submission it has judged."""

from __future__ import annotations

import pytest

from grader.classroom import intake, outputs
from grader.classroom.batch import Batch
from grader.classroom.lanes import Lanes
from grader.classroom.store import Store
from grader.errors import GraderError

pytest.importorskip("msgspec")


@pytest.fixture
def run(small_class, tmp_path):
    """Return a function that grades the class, and gives what was stored."""

    def grade(early):
        course = small_class.course
        with Store(tmp_path) as store:
            batch = Batch(course, course.exercises, store, seed=7)
            lanes = Lanes(course, batch.setting, 2, early)
            try:
                with intake.read(small_class.folder, ["double.py"]) as hand_ins:
                    batch.grade(hand_ins, len(hand_ins), lanes)
            finally:
                lanes.close()
                graded.extend(store.graded())

    graded = []
    grade.graded = graded
    return grade


def test_the_feedback_is_there_before_the_class_is_written(
    small_class, tmp_path, run, monkeypatch
):
    students = sorted(path.name for path in small_class.folder.iterdir())
    early = outputs.Early(small_class.course, tmp_path, students)
    monkeypatch.setattr(early, "put", lambda graded: 1 / 0)  # not by this process

    run(early)

    there = sorted(path.name for path in (tmp_path / "feedback").iterdir())
    assert there == [name for name in students if name != "dot"]  # Ada's result
    writing = {}
    monkeypatch.setattr(
        outputs.feedback, "write_whole", lambda path, _: writing.setdefault(path)
    )
    outputs.write(small_class.course, run.graded, tmp_path, early=early)
    assert {path.parent.name for path in writing} <= {"dot", tmp_path.name}


def test_feedback_that_cannot_be_written_is_one_line_and_the_result_is_kept(
    small_class, tmp_path, run
):
    (tmp_path / "feedback").write_text("in the way")
    early = outputs.Early(small_class.course, tmp_path, ["ada", "bob", "cid", "eve"])

    with pytest.raises(GraderError, match="cannot be made"):
        run(early)

    assert run.graded
