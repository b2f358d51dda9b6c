"""The command that grades a class, as an instructor meets it: ends, damage, attacks."""

from __future__ import annotations

import csv
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from grader.classroom.store import FILE

pytest.importorskip("msgspec")

ROOT = Path(__file__).parents[2]
CODE = "from grader.cli.course import main; main()"
PATIENCE = 120
RIGHT = "def double(x, times=1):\n    return x * 2.0**times\n"
FOREVER = "def double(x, times=1):\n    while True: pass\n"
COURSE = """\
format_version: 1
title: One exercise
key: one
limits: {import_seconds: 2, call_seconds: 2, submission_seconds: 4}
exercises:
  - name: stride
    title: Stride
    points: 10
"""
JUMPING = """\
import itertools, time
step = itertools.cycle([0, 1e9, -2e9, 4e8])
at = [time.time()]
def jumping():
    at[0] += next(step)
    return at[0]
time.time = jumping
"""


def start(root, out, *options, **more):
    """Start the command on the same inputs each time."""
    command = [sys.executable, "-c", CODE, "grade", "class", "--out", str(out)]
    return subprocess.Popen(
        [*command, "--jobs", "2", "--seed", "7", *options],
        cwd=root,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        **more,
    )


def end(run):
    """Return how it ended, and what it said."""
    _, said = run.communicate(timeout=PATIENCE)
    assert "Traceback" not in said
    return run.returncode, said


def heed_interrupts():
    """Let an interrupt arrive: whoever runs these tests may have had it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def begun(run):
    """Wait until it judges."""
    assert run.stderr.readline().startswith("a folder per student")


def grades(out):
    with (out / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        return [{**row} for row in csv.DictReader(file)]


def stored(out):
    """Return every result and hand-in, but for what it cost."""
    with sqlite3.connect(out / FILE) as connection:
        results = "SELECT key, report, failed, isolation FROM results ORDER BY key"
        hand_ins = "SELECT student, position, key FROM handins ORDER BY student"
        found = [connection.execute(each).fetchall() for each in (results, hand_ins)]
    connection.close()
    return found


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """Return a folder for the run that all the others are compared with."""
    return tmp_path_factory.mktemp("kept") / "calm"


@pytest.fixture
def calm(small_class, kept):
    """Return where a run of the class that nothing disturbed has its results."""
    if not kept.exists():
        assert end(start(small_class.root, kept))[0] == 1
    return kept


def below(pid):
    """Return the processes below one."""
    listed = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [int(each) for each in listed] + [c for each in listed for c in below(each)]


def alive(pid):
    try:
        return (
            Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
        )
    except OSError:
        return False


@pytest.mark.parametrize("number", ["SIGINT", "SIGTERM", "SIGKILL"])
def test_whatever_ends_a_run_no_process_stays_and_the_next_goes_on(
    small_class, tmp_path, calm, number, required
):
    if not Path("/proc/self/task").exists():
        required("/proc")
    for each in range(40):
        small_class.hand_in(f"forever-{each:02}", f"{FOREVER}# {each}\n")
    run = start(small_class.root, tmp_path, preexec_fn=heed_interrupts)
    begun(run)
    deadline = time.monotonic() + PATIENCE
    while len(below(run.pid)) < 4 and time.monotonic() < deadline:
        time.sleep(0.02)  # two lanes, and a zygote each
    started = below(run.pid)

    run.send_signal(getattr(signal, number))

    code, said = end(run)
    assert code == {"SIGINT": 130, "SIGTERM": 143, "SIGKILL": -9}[number]
    if number == "SIGINT":
        assert "What is judged is kept: run the same again." in said
    assert len(started) >= 4
    while any(map(alive, started)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(map(alive, started))
    for each in range(40):
        shutil.rmtree(small_class.folder / f"forever-{each:02}")
    assert end(start(small_class.root, tmp_path))[0] == 1
    assert grades(tmp_path) == grades(calm)


def test_a_second_run_on_the_same_folder_is_refused_and_the_first_goes_on(
    small_class, tmp_path, calm
):
    first = start(small_class.root, tmp_path)
    begun(first)

    code, said = end(start(small_class.root, tmp_path))

    assert code == 2
    assert "another run is at work on it" in said
    assert end(first)[0] == 1
    assert grades(tmp_path) == grades(calm)


@pytest.mark.parametrize("size", [0, 50_000, 120_000])
def test_a_full_disk_is_one_line_and_the_next_run_has_every_grade(
    small_class, tmp_path, calm, size
):
    resource = pytest.importorskip("resource")

    def fill():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

    for each in range(80):  # what they store does not fit, whatever shares a commit
        small_class.hand_in(f"more-{each:02}", f"{RIGHT}# {each}\n")
    code, said = end(start(small_class.root, tmp_path / "out", preexec_fn=fill))

    assert code == 2
    (line,) = [line for line in said.splitlines() if line.startswith("course: ")]
    assert "full" in line or "File too large" in line
    for each in range(80):
        shutil.rmtree(small_class.folder / f"more-{each:02}")
    assert end(start(small_class.root, tmp_path / "out"))[0] == 1
    assert grades(tmp_path / "out") == grades(calm)


def test_a_damaged_database_costs_time_but_no_grade(small_class, tmp_path, calm):
    out = tmp_path / "out"
    shutil.copytree(calm, out)
    content = (out / FILE).read_bytes()
    # From within its second page into its fourth.
    (out / FILE).write_bytes(content[:20000] + b"?" * 36000 + content[56000:])
    (out / "grades.csv").unlink()

    code, said = end(start(small_class.root, out))

    assert code == 1
    assert f"{FILE}.damaged-1" in said
    assert "5 judged" in said
    assert grades(out) == grades(calm)


def test_a_clock_that_jumps_changes_nothing(small_class, tmp_path, calm):
    (tmp_path / "sitecustomize.py").write_text(JUMPING)
    jumping = {**os.environ, "PYTHONPATH": str(tmp_path)}

    first = end(start(small_class.root, tmp_path / "out", env=jumping))
    again = end(start(small_class.root, tmp_path / "out", env=jumping))

    assert (first[0], again[0]) == (1, 1)
    assert "0 judged" in again[1]
    assert stored(tmp_path / "out") == stored(calm)
    assert grades(tmp_path / "out") == grades(calm)


@pytest.mark.parametrize("place", ["file", "database"])
def test_where_nothing_can_be_written_one_line_says_so(small_class, tmp_path, place):
    out = tmp_path / "out"
    if place == "file":
        out.write_text("taken")
    else:
        (out / FILE).mkdir(parents=True)

    code, said = end(start(small_class.root, out))

    assert code == 2
    assert len(said.splitlines()) == 1
    assert str(out) in said


def hand_in(folder, files):
    for name, content in files.items():
        (folder / name).mkdir(parents=True)
        (folder / name / "stride.py").write_bytes(content)


def test_hostile_ones_in_a_class_change_nobody_elses_grade(tmp_path, required):
    for part in ("solutions", "tests/hidden"):
        (tmp_path / part).mkdir(parents=True)
        shutil.copyfile(ROOT / part / "stride.py", tmp_path / part / "stride.py")
    (tmp_path / "course.yml").write_text(COURSE)
    known = sorted((ROOT / "tests/submissions/stride").glob("*/*.py"))[::5]
    # Here a sample, and the whole zoo in benchmarks/class_of_1000.py.
    hostile = sorted((ROOT / "tests/submissions/hostile").glob("[!h]*.py"))[::7]
    honest = {f"{number:02}-{f.stem}": f.read_bytes() for number, f in enumerate(known)}
    hand_in(tmp_path / "class", honest)
    assert end(start(tmp_path, tmp_path / "calm"))[0] == 1
    hand_in(
        tmp_path / "class",
        {f"{number:02}-x-{f.stem}": f.read_bytes() for number, f in enumerate(hostile)},
    )

    code, _ = end(start(tmp_path, tmp_path / "out", "--require", "process"))

    assert code == 1
    assert len(hostile) >= 12
    found = {row.pop("student"): row for row in grades(tmp_path / "out")}
    alone = {row.pop("student"): row for row in grades(tmp_path / "calm")}
    assert len(found) == len(known) + len(hostile)
    if not sealed(tmp_path / "out"):
        required("this machine cannot seal submissions in")
    assert {name: found[name] for name in alone} == alone


def sealed(out):
    return all(row[3].startswith("sealed") for row in stored(out)[0])
