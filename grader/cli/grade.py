"""``grade``: judge a student's modules and report."""

from __future__ import annotations

import importlib
import os
import shutil
from pathlib import Path

import click

from grader.cli import root

FORMATS = ("text", "json", "junit", "gradescope")


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
def grade(
    exercises: tuple[str, ...],
    folder: Path | None,
    form: str,
    out: Path | None,
    seed: int | None,
    require: str | None,
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
    chosen = course.select(exercises)
    with Sandbox(course.limits, require=require) as sandbox:
        from grader import submission  # noqa: PLC0415
        from grader.checks.suite import LiveSuite  # noqa: PLC0415
        from grader.judge import Judge, fresh_seed  # noqa: PLC0415

        handed_in = submission.read(folder or course.assignments)
        suite = LiveSuite(course, fresh_seed() if seed is None else seed)
        report = Judge(course, suite, sandbox).judge(handed_in, chosen)
    renderer = importlib.import_module(f"grader.report.{form}")
    if form == "text":
        text = renderer.render(
            report,
            width=min(shutil.get_terminal_size().columns, 100),
            colour=out is None and root.wants_colour(),
            folder=str(folder or course.assignments.name),
        )
    else:
        text = renderer.render(report)
    root.write_out(text, out)
    return report.exit_code


def main() -> None:
    """Run ``grade``."""
    root.run(grade, "grade")
