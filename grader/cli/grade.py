"""``grade``: judge a student's modules and report."""

from __future__ import annotations

import importlib
import os
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli import root
from grader.errors import CourseError

if TYPE_CHECKING:
    from grader.course import Course
    from grader.judge import Suite

FORMATS = ("text", "json", "html", "junit", "markdown", "gradescope")


@root.example("grade stride --in solutions")
@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("exercises", nargs=-1, metavar="[EXERCISE]...")
@click.option(
    "--in",
    "folder",
    metavar="DIR",
    type=click.Path(path_type=Path),
    help="The folder with the modules to judge (default: assignments/).",
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
def grade(
    exercises: tuple[str, ...],
    folder: Path | None,
    form: str,
    out: Path | None,
    seed: int | None,
    require: str | None,
    hint: str | None,
) -> int:
    """Judge the modules of one student: all exercises, or those named.

    Exit code 0: all points earned; 1: not all; 2: usage, course or input error;
    3: the grader itself failed.
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
    with Sandbox(course.limits, require=require) as sandbox:
        from grader import submission  # noqa: PLC0415
        from grader.judge import Judge  # noqa: PLC0415

        handed_in = submission.read(folder or course.assignments)
        report = Judge(course, _suite(course, seed), sandbox).judge(handed_in, chosen)
    renderer = importlib.import_module(f"grader.report.{form}")
    if form == "text":
        text = renderer.render(
            report,
            width=_width(),
            colour=out is None and root.wants_colour(),
            folder=str(folder or course.assignments.name),
            hinted=frozenset(e.name for e in course.exercises if e.hints),
        )
    elif form == "gradescope":
        hidden = course.hidden_visibility
        text = renderer.render(report, hidden_visibility=hidden)
    else:
        text = renderer.render(report)
    root.write_out(text, out)
    if form == "html" and out is None and sys.stdout.isatty():
        click.echo(
            "grade: this is a page for a browser. Write it to a file, with "
            "--out report.html, and open that.",
            err=True,
        )
    return report.exit_code


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
    return min(shutil.get_terminal_size().columns, 100)


def _suite(course: Course, seed: int | None) -> Suite:
    """Return the suite that is there: live beside the solutions, sealed elsewhere."""
    authored = [course.suite.is_dir(), course.solutions.is_dir()]
    if all(authored) or (any(authored) and not (course.root / "sealed").is_dir()):
        from grader.checks.suite import LiveSuite  # noqa: PLC0415
        from grader.judge import fresh_seed  # noqa: PLC0415

        return LiveSuite(course, fresh_seed() if seed is None else seed)
    from grader.checks.sealed import SealedSuite  # noqa: PLC0415

    suite = SealedSuite(course)
    if seed not in (None, suite.seed):
        raise CourseError(
            f"the sealed inputs were drawn from {suite.seed}, not from {seed}",
            remedy="Leave --seed out.",
        )
    return suite


def main() -> None:
    """Run ``grade``."""
    root.run(grade, "grade")
