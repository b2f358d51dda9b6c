"""The store: what was put is there, whatever ended the run before."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path
from types import MappingProxyType

import pytest

from grader.classroom.handin import HandIn, Student
from grader.classroom.store import FILE, Result, Store
from grader.errors import GraderError
from grader.submission import Submission
from grader.verdict import Report

msgspec = pytest.importorskip("msgspec")

REPORT = Report("A course", "live", 7, "sealed (seccomp)", ())


def result(key="k", *, failed=False, isolation="sealed (seccomp)") -> Result:
    return Result(key, msgspec.json.encode(REPORT), 0.25, failed, isolation)


def hand_in(name="Ada", **more) -> HandIn:
    submission = Submission(Path("here"), MappingProxyType({"double.py": b"x"}))
    return HandIn(Student(name.lower(), name), submission, **more)


def test_what_was_put_comes_back_as_it_was(tmp_path):
    moment = datetime(2026, 10, 5, 23, 59, tzinfo=timezone.utc)
    handed = hand_in(submitted_at=moment, late=True, notes=("an older one",))

    with Store(tmp_path) as store:
        store.hand_in(0, handed, "k")
        store.put(result())
    with Store(tmp_path) as store:
        (graded,) = store.graded()

    assert graded.student == Student("ada", "Ada")
    assert graded.report == REPORT
    assert graded.submitted_at == moment
    assert graded.late
    assert graded.notes == ("an older one",)
    assert graded.files == ("double.py",)
    assert graded.cpu_seconds == 0.25


def test_the_class_keeps_its_order_and_who_is_not_judged_yet_is_left_out(tmp_path):
    with Store(tmp_path) as store:
        store.put(result())
        store.hand_in(1, hand_in("Ada"), "k")
        store.hand_in(0, hand_in("Bob"), "k")
        store.hand_in(2, hand_in("Cid"), "not there")

        assert [graded.student.name for graded in store.graded()] == ["Bob", "Ada"]


def test_a_refused_hand_in_is_told_without_a_report(tmp_path):
    refused = HandIn(Student("ada", "Ada"), None, problem="is a bomb")

    with Store(tmp_path) as store:
        store.hand_in(0, refused, None)
        (graded,) = store.graded()

    assert (graded.report, graded.problem) == (None, "is a bomb")


def test_what_failed_or_was_not_sealed_is_not_held(tmp_path):
    with Store(tmp_path) as store:
        store.put(result("good"))
        store.put(result("ours", failed=True))
        store.put(result("weak", isolation="process (deadline)"))

        assert store.holds("good")
        assert not store.holds("ours")
        assert store.holds("weak")
        assert not store.holds("weak", sealed=True)
        assert not store.holds("unknown")


def test_who_left_the_class_is_forgotten_but_the_result_is_not(tmp_path):
    with Store(tmp_path) as store:
        store.put(result())
        store.hand_in(0, hand_in("Ada"), "k")
        store.hand_in(1, hand_in("Bob"), "k")

        store.keep_only({"bob"})

        assert [graded.student.id for graded in store.graded()] == ["bob"]
        assert store.holds("k")


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: b"no database at all, " * 100,
        lambda content: content[: len(content) // 2],
        lambda content: content[:100] + b"\xff" * 4000 + content[4100:],
        lambda content: b"",
    ],
    ids=["text", "cut", "overwritten", "empty"],
)
def test_a_damaged_database_is_kept_aside_and_a_new_one_begun(tmp_path, damage):
    with Store(tmp_path) as store:
        store.put(result())
    file = tmp_path / FILE
    damaged = damage(file.read_bytes())
    file.write_bytes(damaged)

    with Store(tmp_path) as store:
        assert not store.holds("k")
        store.put(result())
        moved = store.moved

    if damaged:  # an empty file is an empty database
        assert moved == tmp_path / f"{FILE}.damaged-1"
        assert moved.read_bytes() == damaged
    with Store(tmp_path) as store:
        assert store.holds("k")
        assert store.moved is None


def test_a_database_of_something_else_is_kept_aside(tmp_path):
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute("CREATE TABLE recipes (name TEXT)")
    other.close()

    with Store(tmp_path) as store:
        assert store.moved is not None


@pytest.mark.parametrize("table", ["facts", "results", "handins"])
def test_a_database_without_a_column_that_is_needed_is_kept_aside(tmp_path, table):
    with Store(tmp_path):
        pass
    with sqlite3.connect(tmp_path / FILE) as other:
        other.execute(f"DROP TABLE {table}")
        other.execute(f"CREATE TABLE {table} (key TEXT)")
    other.close()

    with Store(tmp_path) as store:
        assert store.moved is not None
        store.put(result())


@pytest.mark.parametrize(
    "change",
    [
        "report = replace(report, '7', '8')",
        "report = 'text'",
        "cpu_seconds = cpu_seconds + 1",
        "isolation = 'sealed (nothing)'",
        "digest = x'00'",
    ],
)
def test_a_result_that_is_not_what_was_put_is_judged_again(tmp_path, change):
    with Store(tmp_path) as store:
        for key in ("bad", "good"):
            store.put(result(key))
            store.hand_in(0, hand_in(key), key)
    with sqlite3.connect(tmp_path / FILE) as damaged:
        damaged.execute(f"UPDATE results SET {change} WHERE key = 'bad'")
    damaged.close()

    with Store(tmp_path) as store:
        assert store.holds("good")
        assert not store.holds("bad")
        assert [each.student.id for each in store.graded()] == ["good"]


def test_a_damaged_hand_in_is_one_line(tmp_path):
    with Store(tmp_path) as store:
        store.hand_in(0, hand_in(), None)
    with sqlite3.connect(tmp_path / FILE) as damaged:
        damaged.execute("UPDATE handins SET value = '{'")
    damaged.close()

    with Store(tmp_path) as store, pytest.raises(GraderError, match="is damaged"):
        list(store.graded())


def test_a_report_as_another_grader_wrote_it_is_one_line(tmp_path):
    with Store(tmp_path) as store:
        store.put(result()._replace(report=b'{"course": 1}'))
        store.hand_in(0, hand_in(), "k")

        with pytest.raises(GraderError, match="another version of the grader"):
            list(store.graded())


def test_a_newer_format_is_refused_and_left_alone(tmp_path):
    with Store(tmp_path):
        pass
    with sqlite3.connect(tmp_path / FILE) as newer:
        newer.execute("PRAGMA user_version = 99")
    newer.close()

    with pytest.raises(GraderError, match="written by a newer grader"):
        Store(tmp_path)
    assert (tmp_path / FILE).exists()


def test_two_runs_at_once_are_refused_and_a_killed_one_leaves_no_lock(tmp_path):
    code = (
        "import sys, time; from pathlib import Path\n"
        "from grader.classroom.store import Store\n"
        f"store = Store(Path({str(tmp_path)!r}))\n"
        "print('open', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE) as run:
        assert run.stdout is not None
        assert run.stdout.readline() == b"open\n"

        with pytest.raises(GraderError, match="another run is at work on it"):
            Store(tmp_path)

        run.kill()
        run.wait()
    with Store(tmp_path) as store:
        store.put(result())


def test_a_folder_that_is_missing_is_one_line(tmp_path):
    with pytest.raises(GraderError, match=r"grades\.db: cannot be opened"):
        Store(tmp_path / "nowhere")


def test_a_full_disk_is_one_line_and_what_was_put_stays(tmp_path):
    code = f"""
import resource, signal
from pathlib import Path
from grader.classroom.store import Result, Store
from grader.errors import GraderError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
with Store(Path({str(tmp_path)!r})) as store:
    store.put(Result("first", b"x", 0.0, False, "sealed"))
    resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
    try:
        for number in range(1000):
            store.put(Result(str(number), b"x" * 5000, 0.0, False, "sealed"))
    except GraderError as error:
        print(error)
"""
    pytest.importorskip("resource")
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )

    (line,) = done.stdout.splitlines()
    assert "the disk is full" in line or "is the disk full?" in line
    with Store(tmp_path) as store:
        assert store.holds("first")
        assert store.holds("0")
        assert not store.holds("999")
