"""`grade --format html`: to a file, into a pipe, and to a terminal, kindly."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

GRADE = (sys.executable, "-c", "from grader.cli.grade import main; main()")
WRONG = """
def double(x, times=1):
    return x * 3.0
"""


RIGHT = """
def double(x, times=1):
    if times < 0:
        raise ValueError
    return x * 2.0 ** times
"""
LOADED = """
import sys
from grader.cli.grade import main
try:
    main()
except SystemExit as done:
    assert done.code == 0, done.code
print([name for name in sys.modules if name in %r], file=sys.stderr)
"""
ONLY_FOR_PICTURES = ("grader.pictures", "grader.report.html", "xml.etree.ElementTree")


@pytest.fixture
def grade(small_course):
    """Return a function that runs `grade` in the small course."""
    folder = small_course()
    (folder / "work").mkdir()
    (folder / "work/double.py").write_text(WRONG, encoding="utf-8")

    def run(*args, stdout=subprocess.PIPE):
        return subprocess.run(
            [*GRADE, "--in", "work", "--format", "html", *args],
            cwd=folder,
            stdout=stdout,
            stderr=subprocess.PIPE,
            check=False,
            encoding="utf-8",
        )

    return run


def test_out_writes_one_page_and_says_nothing(grade, tmp_path):
    done = grade("--out", str(tmp_path / "report.html"))

    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    assert page.startswith("<!doctype html>")
    assert page.endswith("</html>\n")
    assert "Every entry is doubled." in page
    assert "gr-differs" in page


def test_a_pipe_gets_the_page_alone(grade):
    done = grade()

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.startswith("<!doctype html>")


def test_a_terminal_gets_it_too_and_is_told_what_one_wants(grade, required):
    if sys.platform == "win32":
        required("there are no pseudo-terminals here")
    reading, writing = os.openpty()
    with os.fdopen(reading, "rb", buffering=0) as terminal:
        from threading import Thread  # noqa: PLC0415

        shown = bytearray()

        def read():
            try:
                while block := terminal.read(4096):
                    shown.extend(block)
            except OSError:
                pass  # the other end is closed

        reader = Thread(target=read)
        reader.start()
        done = grade(stdout=writing)
        os.close(writing)
        reader.join()

    assert b"</html>" in shown
    assert done.returncode == 1
    assert done.stderr == (
        "grade: this is a page for a browser. Write it to a file, with "
        "--out report.html, and open that.\n"
    )


def test_a_run_in_which_all_is_right_draws_nothing(small_course):
    folder = small_course()
    (folder / "assignments/double.py").write_text(RIGHT, encoding="utf-8")

    done = subprocess.run(
        [sys.executable, "-c", LOADED % (ONLY_FOR_PICTURES,)],
        cwd=folder,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )

    assert done.stderr == "[]\n"
