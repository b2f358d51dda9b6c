"""However a run in Gradescope's container ends, it leaves results that are valid."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import time
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="Gradescope runs autograders on Linux"
)
PATIENCE = 60
NAME = "stride.py"


def no_submission(container):
    (container.root / "submission").rmdir()


def broken_suite(container):
    place = container.root / "source/course/tests/hidden/stride.py"
    place.write_text("def (")


def no_course(container):
    shutil.rmtree(container.root / "source/course")


def no_engine(container):
    (container.root / "venv").unlink()


def crashing_engine(container):
    """Shadow the engine by one that fails in a way that nobody foresaw."""
    (container.root / "venv").unlink()
    python = container.root / "venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text("#!/bin/sh\nkill -SEGV $$\n")
    python.chmod(0o755)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (no_submission, "not graded: "),
        (broken_suite, "stride.py"),
        (no_course, "course.yml: cannot be read"),
        (no_engine, "the grader is not installed"),
        (crashing_engine, "the grader ended with"),
    ],
)
def test_where_we_fail_nobody_is_graded(is_graded, container, spoil, said):
    spoil(container)
    output, results = container.run()

    assert said in output
    assert not is_graded(results)
    assert "the 0 is no grade" in results["output"]


def test_a_run_that_takes_too_long_is_stopped(is_graded, container):
    (container.empty() / NAME).write_text("while True:\n    pass\n")
    script = container.root / "run_autograder"
    script.write_text(
        script.read_text().replace("gradescope_run 125", "gradescope_run 2")
    )

    output, results = container.run()
    assert "it took too long" in output
    assert not is_graded(results)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGKILL])
def test_a_run_that_is_killed_leaves_valid_results(is_graded, container, number):
    (container.empty() / NAME).write_text("while True:\n    pass\n")
    container.results.write_text("stale")
    process = container.start()
    deadline = time.monotonic() + PATIENCE
    while container.results.read_text() == "stale" and time.monotonic() < deadline:
        time.sleep(0.02)
    if number == signal.SIGTERM:
        process.send_signal(number)
    else:  # as when a container is torn down: those, too, that just began
        while alive := session(process.pid):
            for pid in alive:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, number)
            process.poll()
    process.communicate(timeout=PATIENCE)

    assert not is_graded(container.read())


def session(leader):
    """Return the processes of a session that are not yet dead, the eldest first."""
    found = []
    for place in sorted(Path("/proc").glob("[0-9]*"), key=lambda p: int(p.name)):
        with contextlib.suppress(OSError):
            state = (place / "stat").read_text().rpartition(")")[2].split()
            if state[0] not in "ZX" and int(state[3]) == leader:
                found.append(int(place.name))
    return found


def test_a_grader_that_runs_out_of_memory_leaves_valid_results(
    is_graded, container, solution
):
    (container.empty() / NAME).write_bytes(solution)
    # Too little for numpy, enough for bash.
    output, results = container.run("ulimit -v 60000")

    assert not is_graded(results)
    assert "the grader" in output


@pytest.mark.parametrize("blocks", [0, 1])
def test_a_full_disk_leaves_valid_results(is_graded, container, solution, blocks):
    """With no room at all, and with room for what is there before the grade."""
    (container.empty() / NAME).write_bytes(solution)
    before = (container.root / "source/not_graded.json").read_bytes()
    container.run(f"ulimit -f {blocks}")

    assert not is_graded(container.read())
    assert (container.root / "source/not_graded.json").read_bytes() == before


def test_the_suite_is_closed_off_before_a_run_even_if_the_zip_was_unpacked_openly(
    container, solution
):
    source = container.root / "source"
    for path in (source, *source.rglob("*")):
        path.chmod(0o777)
    (container.empty() / NAME).write_bytes(solution)
    container.run()

    for path in (source, *source.rglob("*")):
        assert not path.stat().st_mode & 0o077, path
