"""Grading a class: everything once, nothing twice, and nothing lost."""

from __future__ import annotations

import csv
import random
import signal
import subprocess
import sys
import time

import pytest

from grader.checks import suite as suites
from grader.classroom import intake
from grader.classroom.batch import SEED_FILE, Batch, Progress, class_seed
from grader.classroom.bench import Bench
from grader.classroom.lanes import Lanes, _Lane
from grader.classroom.store import FILE, Store
from grader.classroom.task import Setting, Task
from grader.errors import CourseError, GraderError

pytest.importorskip("msgspec")

PATIENCE = 60

RIGHT = "def double(x, times=1):\n    return x * 2.0**times\n"


class Here:
    """Judges in this process, as far as it is allowed to."""

    def __init__(self, at_most: int = 1000) -> None:
        self.at_most = at_most
        self.judged: list[str] = []
        self.spoil = lambda result: result

    def over(self, setting):
        self.setting = setting
        return self

    def run(self, tasks):
        with Bench(self.setting) as bench:
            for task in tasks:
                if len(self.judged) == self.at_most:
                    raise KeyboardInterrupt
                self.judged.append(task.key)
                yield self.spoil(bench.judge(task))


def grade(small_class, store, runner=None, *, seed=7, require=None, **how):
    """Grade the class; return the summary, and the scores by student."""
    course = small_class.course
    batch = Batch(course, course.exercises, store, seed=seed, require=require)
    runner = runner or Here()
    with intake.read(small_class.folder, ["double.py"]) as hand_ins:
        runner = runner.over(batch.setting)
        summary = batch.grade(hand_ins, len(hand_ins), runner, **how)
    return summary, scores(store)


def scores(store):
    return {each.student.id: each.report.score for each in store.graded()}


def test_each_student_gets_the_grade_of_their_own_code(small_class, tmp_path):
    with Store(tmp_path) as store:
        summary, found = grade(small_class, store)

    assert found == small_class.scores
    assert (summary.judged, summary.reused) == (5, 1)  # Dot handed in what Ada did


def test_what_has_not_changed_is_not_judged_again(small_class, tmp_path):
    with Store(tmp_path) as store:
        grade(small_class, store)
        small_class.hand_in("bob", "def double(x, times=1):\n    return 3 * x\n")
        runner = Here()

        summary, found = grade(small_class, store, runner)

    assert len(runner.judged) == 1
    assert (summary.judged, summary.reused, summary.notes) == (1, 5, [])
    assert found == {**small_class.scores, "bob": 0.0}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("tests/hidden/double.py", "(1, 2, 3)", "(1, 2, 4)"), "the suite or"),
        (("solutions/double.py", "2.0**times", "2.0 ** times"), "the suite or"),
        (("course.yml", "title: Doubling", "title: Twice"), "the suite or"),
    ],
    ids=["suite", "solution", "course"],
)
def test_a_changed_suite_judges_all_again_and_says_so(
    small_class, tmp_path, change, told
):
    with Store(tmp_path) as store:
        grade(small_class, store)
        file, old, new = change
        path = small_class.root / file
        path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")

        summary, found = grade(small_class, store)

    assert summary.judged == 5
    assert summary.notes[0].startswith(told)
    assert "judged again" in summary.notes[0]
    assert found == small_class.scores


def test_rules_for_marks_judge_nothing_again(small_class, tmp_path):
    with Store(tmp_path) as store:
        grade(small_class, store)
        path = small_class.root / "course.yml"
        path.write_text(path.read_text("utf-8") + "grading: {drop_lowest: 0}\n")

        assert grade(small_class, store)[0].judged == 0


def test_another_seed_judges_all_again_and_the_old_one_finds_its_results(
    small_class, tmp_path
):
    with Store(tmp_path) as store:
        grade(small_class, store, seed=7)
        other, _ = grade(small_class, store, seed=8)
        back, _ = grade(small_class, store, seed=7)

    assert (other.judged, back.judged) == (5, 0)
    assert "the seed has changed" in other.notes[0]


def test_who_is_judged_is_known_at_once_and_who_was_is_not_told_again(
    small_class, tmp_path
):
    with Store(tmp_path) as store:
        told = []
        grade(small_class, store, heed=told.append)
        again = []
        grade(small_class, store, heed=again.append)
        kept = [each for each in store.graded() if each.student.id != "dot"]

    assert told == kept  # Dot handed in what Ada did, when hers was judged
    assert again == []


def test_an_interrupted_run_keeps_what_it_judged(small_class, tmp_path):
    with Store(tmp_path) as store:
        with pytest.raises(KeyboardInterrupt):
            grade(small_class, store, Here(at_most=3))
        kept = scores(store)

        summary, found = grade(small_class, store)

    assert list(kept) == ["ada", "bob", "cid", "dot"]  # Dot's is Ada's
    assert summary.judged == 2
    assert found == small_class.scores


def test_what_the_grader_failed_on_is_tried_again_by_the_next_run(
    small_class, tmp_path
):
    with Store(tmp_path) as store:
        runner = Here()
        runner.spoil = lambda result: result._replace(failed=True)
        first, _ = grade(small_class, store, runner)

        second, found = grade(small_class, store)

    assert first.failed == 6  # also Dot's, since Ada's result does not count
    assert (second.judged, second.failed) == (5, 0)
    assert found == small_class.scores


def test_results_of_a_weaker_isolation_do_not_count_as_sealed(small_class, tmp_path):
    with Store(tmp_path) as store:
        runner = Here()
        runner.spoil = lambda result: result._replace(isolation="process (deadline)")
        grade(small_class, store, runner)

        summary, _ = grade(small_class, store, require="sealed")

    assert summary.judged == 5


def test_a_report_does_not_tell_whose_submission_was_judged_first(small_class):
    setting = Setting(str(small_class.root), ("double",), 7)

    with Bench(setting) as bench:
        result = bench.judge(Task("k", {"helper.py": b""}))

    assert b"there is no double.py in the submission" in result.report


def test_what_one_bench_has_computed_no_other_computes_again(small_class, monkeypatch):
    setting = Setting(str(small_class.root), ("double",), 7)
    wrong = Task("k", {"double.py": b"def double(x, times=1):\n    return 2.0 * x\n"})
    computed = []
    run = suites.run_trusted

    def counted(*args):
        computed.append(args)
        return run(*args)

    monkeypatch.setattr(suites, "run_trusted", counted)
    with Bench(setting) as first, Bench(setting) as second:
        before = first.judge(wrong)
        first_needed = len(computed)
        second.learn(first.news())
        after = second.judge(wrong)

    assert first_needed > 0
    assert len(computed) == first_needed
    assert after.report == before.report
    assert first.news() == second.news() == b""


def test_the_seed_of_a_class_stays_whatever_becomes_of_the_database(tmp_path):
    drawn = class_seed(tmp_path, None)

    assert class_seed(tmp_path, None) == drawn
    assert class_seed(tmp_path, 5) == 5
    assert class_seed(tmp_path, None) == 5


@pytest.mark.parametrize("text", ["", "-1", "seven", "1\n2", "1" * 30])
def test_a_seed_file_without_a_seed_is_one_line(tmp_path, text):
    (tmp_path / SEED_FILE).write_text(text)

    with pytest.raises(GraderError, match=r"seed\.txt: holds no seed"):
        class_seed(tmp_path, None)


def test_progress_tells_rate_and_time_left():
    assert str(Progress(0, 10, 0.0)) == "0 of 10"
    assert str(Progress(4, 304, 2.5)) == "4 of 304, 2.5 a second, 2:00 left"


class Tripping:
    """Lanes that lose their process now and then."""

    def __init__(self, lanes: Lanes, kill_before: set[int]) -> None:
        self._lanes, self._kill_before, self._given = lanes, kill_before, 0

    def over(self, setting):
        return self

    def run(self, tasks):
        return self._lanes.run(map(self._trip, tasks))

    def _trip(self, task):
        self._given += 1
        if self._given in self._kill_before:
            for lane in self._lanes._lanes:
                lane._process.kill()
        return task


def lanes_of(small_class, jobs=2):
    course = small_class.course
    store = None
    batch = Batch(course, course.exercises, store, seed=7)
    return Lanes(course, batch.setting, jobs)


def test_lanes_grade_as_one_process_does(small_class, tmp_path):
    with Store(tmp_path) as store:
        summary, found = grade(
            small_class, store, Tripping(lanes_of(small_class), set())
        )

    assert found == small_class.scores
    assert summary.judged == 5


def test_lanes_end_by_themselves_while_what_comes_next_is_done(small_class, tmp_path):
    lanes = lanes_of(small_class)
    with Store(tmp_path) as store:
        grade(small_class, store, Tripping(lanes, set()))
    processes = [lane._process for lane in lanes._leaving]

    for process in processes:
        process.join(PATIENCE)

    assert [process.exitcode for process in processes] == [0, 0]
    lanes.close()
    lanes.close()  # once more does no harm


def test_lanes_tell_each_other_what_they_have_computed(
    small_class, tmp_path, monkeypatch
):
    sent = []
    give = _Lane.give

    def seen(self, task, seconds):
        sent.extend(self.news)
        give(self, task, seconds)

    monkeypatch.setattr(_Lane, "give", seen)
    for number in range(8):
        small_class.hand_in(f"student-{number}", f"{RIGHT}# {number}\n")
    with Store(tmp_path) as store:
        grade(small_class, store, Tripping(lanes_of(small_class), set()))

    assert any(b"double" in each for each in sent)


def test_a_lane_that_dies_is_replaced_and_its_submission_tried_again(
    small_class, tmp_path
):
    with Store(tmp_path) as store:
        runner = Tripping(lanes_of(small_class), {3})
        summary, found = grade(small_class, store, runner)

    assert found == small_class.scores
    assert summary.failed == 0


def test_a_submission_that_kills_every_lane_has_no_grade_and_stops_nobody(
    small_class, tmp_path, monkeypatch
):
    lanes = lanes_of(small_class, jobs=1)
    give = type(lanes)._hand_out

    def deadly(self, waiting, again):
        give(self, waiting, again)
        for lane in self._lanes:
            if lane.task and b"3.0" in lane.task.files["double.py"]:
                lane._process.kill()

    monkeypatch.setattr(Lanes, "_hand_out", deadly)
    small_class.hand_in("bob", "def double(x, times=1):\n    return 3.0 * x\n")
    with Store(tmp_path) as store:
        summary, found = grade(small_class, store, Tripping(lanes, set()))

    assert found == {**small_class.scores, "bob": None}
    assert summary.failed == 1


def test_a_course_that_is_not_sound_is_one_line_from_the_lanes(small_class, tmp_path):
    path = small_class.root / "tests/hidden/double.py"
    path.write_text(path.read_text("utf-8") + "\nraise OSError('gone')\n", "utf-8")

    with Store(tmp_path) as store, pytest.raises(GraderError, match="gone"):
        grade(small_class, store, Tripping(lanes_of(small_class), set()))


def test_a_missing_solution_is_one_line_before_anything_is_judged(small_class):
    (small_class.root / "solutions/double.py").unlink()

    with pytest.raises(CourseError, match=r"double\.py: is missing"):
        lanes_of(small_class)


def start(small_class, out):
    """Start the command as a user would, on the same inputs each time."""
    code = "from grader.cli.course import main; main()"
    command = [sys.executable, "-c", code, "grade", "class"]
    return subprocess.Popen(
        [*command, "--out", str(out), "--jobs", "2", "--seed", "7"],
        cwd=small_class.root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def grades(out):
    with (out / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        return [{**row} for row in csv.DictReader(file)]


def returned(out):
    """Return every file that goes back to a student."""
    files = (path for path in (out / "feedback").rglob("*") if path.is_file())
    return {str(path.relative_to(out)): path.read_bytes() for path in files}


def test_killed_at_any_moment_the_next_run_ends_with_the_same_grades_and_feedback(
    small_class, tmp_path
):
    for number in range(8):
        small_class.hand_in(f"student-{number}", f"{RIGHT}# {number}\n")
    begun = time.monotonic()
    assert start(small_class, tmp_path / "calm").wait() == 1
    seconds = time.monotonic() - begun
    moments = random.Random(7)
    out = tmp_path / "killed"

    for _ in range(20):
        run = start(small_class, out)
        time.sleep(moments.uniform(0.1, 1.1) * seconds)
        run.send_signal(signal.SIGKILL)
        run.wait()
        if moments.random() < 0.3:  # so that there is always something left to lose
            (out / FILE).unlink(missing_ok=True)
    assert start(small_class, out).wait() == 1

    assert grades(out) == grades(tmp_path / "calm")
    assert len(grades(out)) == 14
    assert returned(out) == returned(tmp_path / "calm")
    assert len(returned(out)) == 14 * 3
