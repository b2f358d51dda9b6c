"""``course``: what an author does with a course."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from grader.cli import root
from grader.cli.classes import grade, report
from grader.cli.export import export


@root.example("course skeletons --check")
@click.group(cls=root.Group, context_settings={"help_option_names": ["-h", "--help"]})
@root.version
def course() -> None:
    """Build and prove a course."""


course.add_command(export)
course.add_command(grade)
course.add_command(report)


@root.example("course skeletons")
@course.command()
@click.option("--check", is_flag=True, help="Write nothing; exit 1 where one is stale.")
def skeletons(check: bool) -> int:
    """Write assignments/ from solutions/."""
    from grader import course as courses  # noqa: PLC0415
    from grader import skeleton  # noqa: PLC0415

    here = courses.find()
    if check:
        behind = skeleton.stale(here)
        for file in behind:
            click.echo(f"{file.relative_to(here.root)} is not current", err=True)
        if behind:
            click.echo("Run `course skeletons` and commit the result.", err=True)
        return 1 if behind else 0
    for file in skeleton.write(here):
        click.echo(f"wrote {file.relative_to(here.root)}")
    return 0


@root.example("course doctor stride --seeds 5")
@course.command()
@click.argument("exercises", nargs=-1, metavar="[EXERCISE]...")
@click.option(
    "--seeds",
    type=click.IntRange(1, 1000),
    metavar="N",
    help="Prove for N different inputs (default: 20).",
)
@click.option("--fast", is_flag=True, help="3 seeds and no mutants, unless asked for.")
@click.option(
    "--mutants/--no-mutants",
    default=None,
    help="Whether to try the mutants of the solutions (default: yes).",
)
def doctor(
    exercises: tuple[str, ...], seeds: int | None, fast: bool, mutants: bool | None
) -> int:
    """Prove that the course is sound, or say what is still owed.

    Exit code 0: sound; 1: not sound; 2: usage, or course.yml cannot be read.
    """
    from grader import course as courses  # noqa: PLC0415
    from grader.doctor import run, text  # noqa: PLC0415
    from grader.doctor.mutants import NAME  # noqa: PLC0415

    here = courses.find()
    width = max(len(exercise.name) for exercise in here.exercises)
    tried = not fast if mutants is None else mutants
    results = []
    for result in run.run(
        here,
        here.select(exercises),
        seeds=seeds or (3 if fast else 20),
        without=() if tried else (NAME,),
        tell=_progress,
    ):
        _progress("")
        results.append(result)
        for line in text.lines(result, width=width):
            click.echo(line)
    click.echo(text.closing(results))
    return 0 if all(result.holds for result in results) else 1


def _progress(text: str) -> None:
    """Show what is being done, in place; only to people."""
    if sys.stderr.isatty():
        click.echo(f"\r\033[K{text}", nl=False, err=True)


@root.example("course new dropout --title 'Dropout'")
@course.command()
@click.argument("exercise")
@click.option("--title", metavar="T", help="What people call it.")
def new(exercise: str, title: str | None) -> int:
    """Begin an exercise: its files, and its lines in course.yml."""
    from grader import course as courses  # noqa: PLC0415
    from grader import scaffold  # noqa: PLC0415

    here = courses.find()
    for path in scaffold.scaffold(here, exercise, title=title):
        click.echo(f"wrote {path.relative_to(here.root)}")
    click.echo(f"Next: course doctor {exercise}", err=True)
    return 0


@root.example("course release --out student.zip")
@course.command()
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("student.zip"),
    metavar="FILE",
    help="The zip to write (default: student.zip).",
)
@click.option(
    "--seed",
    type=click.IntRange(0, 2**63 - 1),
    default=0,
    metavar="N",
    help="Draw other hidden inputs (default: 0).",
)
def release(out: Path, seed: int) -> None:
    """Make the students' zip: skeletons, the grader, the sealed hidden suite.

    The same course and seed give the same bytes. Takes minutes: every answer of every
    misconception is computed, and every right one proved exact.
    """
    from grader import course as courses  # noqa: PLC0415
    from grader import release as releases  # noqa: PLC0415
    from grader.files import write_whole  # noqa: PLC0415

    made = releases.release(courses.find(), seed=seed, tell=_progress)
    _progress("")
    write_whole(out, made.content)
    for note in made.notes:
        click.echo(f"note: {note}", err=True)
    click.echo(f"wrote {out} ({len(made.content) / 1e6:.2f} MB)")


def main() -> None:
    """Run ``course``."""
    root.run(course, "course")
