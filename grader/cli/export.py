"""``course export``: what a learning system needs to grade this course."""

from __future__ import annotations

from pathlib import Path

import click

from grader.cli import root

KINDS = ("gradescope", "otter", "github", "vpl")


@root.example("course export gradescope convolution padding --out homework-1.zip")
@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("system", type=click.Choice(KINDS))
@click.argument("exercises", nargs=-1, metavar="[EXERCISE]...")
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The zip to write (default: the system's name and .zip).",
)
@click.option(
    "--release",
    metavar="ZIP",
    type=click.Path(path_type=Path),
    help="For github: the students' zip, as `course release` wrote it.",
)
def export(
    system: str, exercises: tuple[str, ...], out: Path | None, release: Path | None
) -> None:
    """Make the zip that a learning system grades with.

    gradescope: upload it as the assignment's autograder. otter: for `otter run` and
    `otter grade`. github: the template repository of a GitHub Classroom assignment.
    vpl: the execution files of Moodle's Virtual Programming Lab.

    One assignment may hold all exercises, or those named. The same course and grader
    give the same bytes.
    """
    from grader import course as courses  # noqa: PLC0415
    from grader.files import write_whole  # noqa: PLC0415

    context = click.get_current_context()
    if system != "github" and release is not None:
        raise click.UsageError(f"--release is for github, not for {system}", context)
    course = courses.find()
    if system == "github":
        from grader.lms import github  # noqa: PLC0415

        if release is None:
            problem = "github needs --release ZIP, the zip that `course release` wrote"
            raise click.UsageError(problem, context)
        content = github.export(course, exercises, release)
    elif system == "gradescope":
        from grader.lms import gradescope  # noqa: PLC0415

        content = gradescope.export(course, exercises)
    elif system == "otter":
        from grader.lms import otter  # noqa: PLC0415

        content = otter.export(course, exercises)
    else:
        from grader.lms import vpl  # noqa: PLC0415

        content = vpl.export(course, exercises)
    place = out or Path(f"{system}.zip")
    write_whole(place, content)
    chosen = course.select(exercises)
    total = sum(exercise.points for exercise in chosen)
    what = "1 exercise" if len(chosen) == 1 else f"{len(chosen)} exercises"
    size = f"{len(content) / 1e6:.2f} MB"
    click.echo(f"wrote {place} ({size}): {what}, {total:g} points")
