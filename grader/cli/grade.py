"""``grade``: judge a student's modules and report."""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli import root

if TYPE_CHECKING:
    from typing import Any

    from grader.course import Course
    from grader.verdict import Report

FORMATS = ("text", "json", "html", "junit", "markdown", "gradescope")


@root.example("grade stride --in solutions")
@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@root.version
@click.argument("exercises", nargs=-1, metavar="[EXERCISE]...")
@click.option(
    "--in",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder with the modules to judge, or a notebook (default: assignments/).",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    help="What to write (default: text).",
)
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Write to FILE instead of standard output.",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**64 - 1),
    metavar="N",
    help="Draw the same inputs as the run that printed this seed.",
)
@click.option(
    "--require",
    type=click.Choice(["sealed", "process"]),
    help="Refuse to judge with less isolation than this.",
)
@click.option(
    "--hint",
    metavar="EXERCISE",
    help="Judge nothing: show a hint to this exercise, one more each time.",
)
@click.option(
    "--watch",
    is_flag=True,
    help="Judge again whatever you save, until Ctrl-C.",
)
def grade(
    exercises: tuple[str, ...],
    folder: Path | None,
    form: str,
    out: Path | None,
    seed: int | None,
    require: str | None,
    hint: str | None,
    watch: bool,
) -> int:
    """Judge the modules of one student: all exercises, or those named.

    Exit code 0: all points earned; 1: not all; 2: usage, course or input error;
    3: the grader itself failed. --watch ends with that of the last report.
    """
    # Numpy starts a thread a core for its matrix products; ours are tiny.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    # The sandbox starts its own interpreter: before anything else, to run beside us.
    from grader import course as courses  # noqa: PLC0415
    from grader.sandbox import Sandbox  # noqa: PLC0415

    course = courses.find()
    if hint is not None:
        return _hint(course, hint)
    chosen = course.select(exercises)
    if watch:
        gc.enable()  # this may run for days
        from grader.cli import watching  # noqa: PLC0415

        watching.require_terminal(form, out)
    with Sandbox(course.limits, require=require) as sandbox:
        from grader import submission, suites  # noqa: PLC0415
        from grader.judge import Judge  # noqa: PLC0415

        path = folder or course.assignments
        handed_in = submission.read(path, [e.name for e in course.exercises])
        judge = Judge(course, suites.of(course, seed), sandbox)
        if watch:
            shown = _folder(folder, course)
            return watching.watch(judge, path, chosen, shown, _hinted(course))
        report = judge.judge(handed_in, chosen)
    from grader.verdict import Verdict  # noqa: PLC0415

    root.write_out(_rendered(report, form, course, folder, paint=out is None), out)
    if any(e.verdict is Verdict.TODO for e in report.exercises):
        names = submission.passed_over(handed_in.origin, handed_in)
        _tell_of_notebooks(names, _folder(folder, course))
    if form == "html" and out is None and sys.stdout.isatty():
        click.echo(
            "grade: this is a page for a browser. Write it to a file, with "
            "--out report.html, and open that.",
            err=True,
        )
    return report.exit_code


def _rendered(
    report: Report, form: str, course: Course, folder: Path | None, *, paint: bool
) -> str:
    renderer = importlib.import_module(f"grader.report.{form}")
    options: dict[str, Any] = {}
    if form == "text":
        options = {
            "width": _width(),
            "colour": paint and root.wants_colour(),
            "folder": _folder(folder, course),
            "hinted": _hinted(course),
        }
    elif form == "gradescope":
        options = {"hidden_visibility": course.hidden_visibility}
    text: str = renderer.render(report, **options)
    return text


def _hinted(course: Course) -> frozenset[str]:
    return frozenset(e.name for e in course.exercises if e.hints)


def _tell_of_notebooks(names: list[str], folder: str) -> None:
    """Say why nothing was taken from a notebook that may hold what is missing."""
    if names:
        click.echo(
            f"grade: {names[0]} was not read: a .py file of the exercise comes first. "
            f"Grade it with --in {folder}/{names[0]}",
            err=True,
        )


def _hint(course: Course, name: str) -> int:
    from grader import hints  # noqa: PLC0415

    shown = hints.show(course, course.exercise(name))
    for number, text in enumerate(shown.hints, 1):
        lead = f"{number}. "
        click.echo(click.wrap_text(text, _width(), lead, " " * len(lead)))
    if not shown.remembered:
        click.echo(
            f"All hints at once: what was shown cannot be kept in {course.root}.",
            err=True,
        )
    elif len(shown.hints) < shown.total:
        left = shown.total - len(shown.hints)
        click.echo(f"{left} more: ask again when you are stuck again.", err=True)
    else:
        click.echo("These are all the hints there are.", err=True)
    return 0


def _width() -> int:
    """Return the columns to write in, as `shutil.get_terminal_size` finds them.

    Importing that module, which packs archives, takes longer than the whole report.
    """
    columns = os.environ.get("COLUMNS", "")
    width = int(columns) if columns.isdecimal() else 0
    if not width:
        with contextlib.suppress(OSError):
            width = os.get_terminal_size().columns
    return min(width or 80, 100)


def _folder(named: Path | None, course: Course) -> str:
    """Return how the student would name the folder of their files."""
    if named is None:
        return course.assignments.name
    if named.is_file():
        return "" if named.parent == Path() else str(named.parent)
    return str(named)


def main() -> None:
    """Run ``grade``."""
    # One run leaves little garbage in cycles: looking for it costs more.
    gc.disable()
    root.run(grade, "grade")
