"""`grade --watch` in a terminal of its own, as a student sees it."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WRONG = "def double(x, times=1):\n    return x * 3.0**times\n"
RIGHT = """\
def double(x, times=1):
    if times < 0:
        raise ValueError("no")
    return x * 2.0**times
"""


def _hear_interrupts():
    signal.signal(signal.SIGINT, signal.default_int_handler)


class Terminal:
    """A program in a terminal of 40 columns; what it writes is kept."""

    def __init__(self, folder, *args):
        self._ours, theirs = os.openpty()
        code = "from grader.cli.grade import main; main()"
        environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "COLUMNS": "40",
            "LINES": "24",
            "TERM": "xterm",
            "NO_COLOR": "1",
        }
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, *args],
            cwd=folder,
            env=environment,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            # A shell that runs us in the background has Ctrl-C ignored.
            preexec_fn=_hear_interrupts,  # noqa: PLW1509  (no threads here)
        )
        os.close(theirs)
        os.set_blocking(self._ours, False)
        self._text = ""

    def wait_for(self, text, seconds=60):
        """Return what was written until the text came; what is before it is used up."""
        deadline = time.monotonic() + seconds
        while text not in self._text:
            assert time.monotonic() < deadline, self._text
            try:
                self._text += os.read(self._ours, 65536).decode("utf-8", "replace")
            except BlockingIOError:
                time.sleep(0.02)
            except OSError:  # it has ended, and said everything
                assert text in self._text, self._text
        before, _, self._text = self._text.partition(text)
        return before + text

    def end(self):
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)

    def close(self):
        self.process.kill()
        self.process.wait()
        os.close(self._ours)


@pytest.fixture
def watch(small_course, required):
    if os.name == "nt":
        required("a terminal of its own needs POSIX")
    folder = small_course()
    (folder / "assignments/double.py").write_text(WRONG)
    terminals = []

    def start(*args):
        terminals.append(Terminal(folder, "--watch", *args))
        return terminals[-1], folder / "assignments/double.py"

    yield start
    for terminal in terminals:
        terminal.close()


def test_each_save_is_judged_and_the_last_state_is_the_exit_code(watch):
    terminal, file = watch()
    terminal.wait_for("FAIL")
    terminal.wait_for("Ctrl-C ends.")

    file.write_text("def double(:\n")
    terminal.wait_for("SyntaxError")
    terminal.wait_for("Ctrl-C ends.")

    file.unlink()
    terminal.wait_for("there is no double.py")
    terminal.wait_for("Ctrl-C ends.")

    (file.parent / "new").write_text(RIGHT)
    (file.parent / "new").replace(file)
    terminal.wait_for("All 5 points. Well done!")
    terminal.wait_for("double complete!")

    assert terminal.end() == 0


def test_ctrl_c_leaves_the_last_state_and_a_clean_terminal(watch):
    terminal, _ = watch()
    shown = terminal.wait_for("Ctrl-C ends.")

    assert terminal.end() == 1
    left = terminal.wait_for("Next: assignments/double.py")

    assert "\x1b[?1049h" in shown
    _, back, after = left.rpartition("\x1b[?1049l")
    assert back
    assert "FAIL" in after
    assert "\x1b" not in after
    assert "Traceback" not in left


def test_no_line_is_wider_than_the_terminal(watch):
    terminal, _ = watch()
    shown = terminal.wait_for("Ctrl-C ends.")

    drawn = shown.replace("\x1b[H", "\n")
    lines = re.sub(r"\x1b\[[?0-9]*[a-zA-Z]", "", drawn).splitlines()
    assert max(map(len, lines)) <= 40


@pytest.mark.parametrize(
    ("args", "line"),
    [
        ((), "--watch draws on a terminal, and this is none"),
        (("--format", "json"), "--watch draws on the terminal: leave --format"),
        (("--out", "x.txt"), "--watch draws on the terminal: leave --format"),
    ],
)
def test_where_nobody_would_see_it_watching_is_refused(small_course, args, line):
    code = "from grader.cli.grade import main; main()"
    ran = subprocess.run(
        [sys.executable, "-c", code, "--watch", *args],
        cwd=small_course(),
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 2
    assert line in ran.stderr
    assert ran.stdout == ""
