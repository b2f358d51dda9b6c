"""A real cluster of two worker processes: the same grades, whatever dies."""

from __future__ import annotations

import importlib.util
import logging
import os
import signal
import time
from pathlib import Path

import pytest

from grader.classroom import intake
from grader.classroom.batch import Batch
from grader.classroom.store import Store
from grader.errors import GraderError

needed = [n for n in ("distributed", "msgspec") if not importlib.util.find_spec(n)]
pytestmark = [
    pytest.mark.skipif(bool(needed), reason=f"not installed: {', '.join(needed)}"),
    # Dask leaves sockets and coroutines to the collector when a worker is killed.
    pytest.mark.filterwarnings("ignore"),
]

RIGHT = "def double(x, times=1):\n    return x * 2.0**times\n"


@pytest.fixture(scope="module")
def local():
    """Start a scheduler and two workers, each a process with one thread."""
    from distributed import LocalCluster  # noqa: PLC0415

    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    with LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        yield cluster


def grade(small_class, folder, address, meanwhile=None, *, require=None):
    from grader.classroom.cluster import Cluster  # noqa: PLC0415

    course = small_class.course
    with Store(folder) as store:
        batch = Batch(course, course.exercises, store, seed=7, require=require)
        cluster = Cluster(course, batch.setting, address)
        told = []
        try:
            with intake.read(small_class.folder, ["double.py"]) as hand_ins:
                summary = batch.grade(
                    hand_ins, len(hand_ins), cluster, meanwhile or told.append
                )
        finally:
            cluster.close()
        scores = {each.student.id: each.report.score for each in store.graded()}
    return summary, scores


def test_a_cluster_grades_as_this_machine_does(small_class, tmp_path, local):
    summary, scores = grade(small_class, tmp_path, local.scheduler_address)

    assert scores == small_class.scores
    assert (summary.judged, summary.reused) == (5, 1)


def test_what_a_killed_worker_had_is_judged_by_another(small_class, tmp_path, local):
    for number in range(20):
        small_class.hand_in(f"student-{number:02}", f"{RIGHT}# {number}\n")
    victims = [worker.process.process.pid for worker in local.workers.values()]

    def kill_one(progress):
        if victims and progress.done >= 5:
            os.kill(victims.pop(), signal.SIGKILL)
            victims.clear()

    summary, scores = grade(small_class, tmp_path, local.scheduler_address, kill_one)

    assert not victims
    assert summary.failed == 0
    assert len(scores) == 26
    assert {k: v for k, v in scores.items() if "-" not in k} == small_class.scores
    assert {v for k, v in scores.items() if "-" in k} == {4.0}


def test_a_course_that_is_not_sound_is_one_line(small_class, tmp_path, local):
    path = small_class.root / "tests/hidden/double.py"
    path.write_text(path.read_text("utf-8") + "\nraise OSError('gone')\n", "utf-8")

    with pytest.raises(GraderError, match=r"double\.py:\d+: OSError: gone"):
        grade(small_class, tmp_path, local.scheduler_address)


def test_nothing_stays_on_the_workers(small_class, tmp_path, local):
    grade(small_class, tmp_path, local.scheduler_address)

    from distributed import Client  # noqa: PLC0415

    def left(dask_worker):
        return [str(p) for p in Path(dask_worker.local_directory).glob("cnn-course-*")]

    with Client(local.scheduler_address) as client:
        deadline = time.monotonic() + 20
        while any((found := client.run(left)).values()):
            assert time.monotonic() < deadline, found
            time.sleep(0.2)


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense", "tcp://"])
def test_where_no_scheduler_answers_one_line_says_so(
    small_class, tmp_path, address, monkeypatch
):
    monkeypatch.setattr("grader.classroom.cluster._ANSWER_SECONDS", 1)

    with pytest.raises(GraderError, match="no dask scheduler answers there"):
        grade(small_class, tmp_path, address)
