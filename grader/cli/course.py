"""``course``: what an author does with a course."""

from __future__ import annotations

import click

from grader.cli import root


@root.example("course skeletons --check")
@click.group(cls=root.Group, context_settings={"help_option_names": ["-h", "--help"]})
def course() -> None:
    """Build and prove a course."""


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


def main() -> None:
    """Run ``course``."""
    root.run(course, "course")
