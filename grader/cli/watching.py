"""``grade --watch``: the terminal, kept up to date until Ctrl-C."""

from __future__ import annotations

import os
import shutil
import sys
import time
from typing import TYPE_CHECKING

import click

from grader.cli import root
from grader.errors import GraderError
from grader.report.text import next_step
from grader.report.watched import draw
from grader.watch import Turn, Watched

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from grader.course import Exercise
    from grader.judge import Judge

PAUSE = 0.1  # seconds between two looks at the folder
_ENTER, _LEAVE = "\x1b[?1049h\x1b[?25l", "\x1b[?25h\x1b[?1049l"


def require_terminal(form: str, out: Path | None) -> None:
    """Refuse to watch where nobody would see it.

    Raises
    ------
    UsageError
        Saying what to do instead.
    """
    if form != "text" or out is not None:
        raise click.UsageError(
            "--watch draws on the terminal: leave --format and --out out"
        )
    if sys.stdout is None or not sys.stdout.isatty():
        raise click.UsageError(
            "--watch draws on a terminal, and this is none: run grade after each change"
        )


def watch(
    judge: Judge,
    path: Path,
    chosen: Sequence[Exercise],
    folder: str,
    hinted: frozenset[str],
) -> int:
    """Judge again whatever changes, until Ctrl-C; return the last report's exit code.

    Parameters
    ----------
    judge : Judge
        Kept running throughout.
    path : Path
        The folder or notebook to watch.
    chosen : sequence of Exercise
        What to judge.
    folder : str
        How the student names the folder.
    hinted : frozenset of str
        Exercises that have hints.
    """
    screen = _Screen(folder, hinted)
    watched = Watched(judge, path, chosen)
    try:
        with screen:
            screen.tell("judging everything …")
            screen.show(watched.judge(lambda names: None))
            while True:
                time.sleep(PAUSE)
                screen.refresh()
                if watched.changed():
                    watched.settle(time.sleep)
                    _again(watched, screen)
    except KeyboardInterrupt:
        if screen.exit_code is None:
            raise
    screen.part()
    return screen.exit_code or 0


def _again(watched: Watched, screen: _Screen) -> None:
    try:
        turn = watched.judge(lambda names: screen.tell(f"judging {', '.join(names)} …"))
    except GraderError as error:
        screen.tell(str(error))
        return
    screen.show(turn)


class _Screen:
    """The terminal's other page, which leaves what was there before untouched."""

    def __init__(self, folder: str, hinted: frozenset[str]) -> None:
        self._folder, self._hinted = folder, hinted
        self._plain = os.environ.get("TERM") == "dumb"
        self._turn: Turn | None = None
        self._status = ""
        self._size = shutil.get_terminal_size()

    def __enter__(self) -> _Screen:
        self._write("" if self._plain else _ENTER)
        return self

    def __exit__(self, *_: object) -> None:
        self._write("" if self._plain else _LEAVE)

    @property
    def exit_code(self) -> int | None:
        """That of the last report; None before the first."""
        return None if self._turn is None else self._turn.report.exit_code

    def show(self, turn: Turn | None) -> None:
        """Draw a new state; None where nothing that is judged changed."""
        if turn is not None:
            self._turn = turn
            done = f"{', '.join(turn.completed)} complete! " if turn.completed else ""
            self._status = f"{done}Judged in {turn.seconds:.2f} s. "
        else:
            self._status = "Nothing new to judge. "
        self._status += "Ctrl-C ends."
        self._draw()

    def tell(self, status: str) -> None:
        """Draw the last state with another last line."""
        self._status = "".join(c if c.isprintable() else repr(c)[1:-1] for c in status)
        self._draw()

    def refresh(self) -> None:
        """Draw again if the terminal has another size."""
        if shutil.get_terminal_size() != self._size:
            self._draw()

    def part(self) -> None:
        """Leave the last state on the page that remains."""
        if self._turn is not None and not self._plain:
            self._status = ""  # how to end is known
            lines = self._lines(self._size.lines)
            self._write("\n".join(lines).rstrip() + "\n")

    def _draw(self) -> None:
        self._size = shutil.get_terminal_size()
        lines = self._lines(self._size.lines) or [self._status]
        if self._plain:
            self._write("\n".join(lines) + "\n\n")
            return
        # Line by line over the old picture, so that nothing flickers.
        self._write("\x1b[H" + "\x1b[K\n".join(lines) + "\x1b[K\x1b[J")

    def _lines(self, height: int) -> list[str]:
        if self._turn is None:
            return []
        return draw(
            self._turn.report,
            focus=self._turn.judged,
            following=next_step(self._turn.report, self._folder, self._hinted),
            status=self._status,
            width=min(self._size.columns, 100),
            height=height,
            colour=root.wants_colour(),
        )

    def _write(self, text: str) -> None:
        sys.stdout.write(text)
        sys.stdout.flush()
