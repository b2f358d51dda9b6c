"""``quiz``: randomized quizzes from the families of questions."""

from __future__ import annotations

import gc
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli import root
from grader.cli.practice import practice
from grader.quiz.export import FORMATS

if TYPE_CHECKING:
    from grader.course import Course
    from grader.quiz.paper import Blueprint, Draws

PATH = click.Path(path_type=Path)
HELP = {"help_option_names": ["-h", "--help"]}
SEED = click.IntRange(0, 2**63 - 1)


@click.group(cls=root.Group, context_settings=HELP)
@root.version
def quiz() -> None:
    """Draw quizzes, print them, practise, and read what a class answered."""


@root.example("quiz families --format json")
@quiz.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
def families(form: str) -> None:
    """List the families of questions and how many variants each has."""
    from grader.quiz import listing  # noqa: PLC0415

    rows = listing.families()
    click.echo(listing.as_json(rows) if form == "json" else listing.as_text(rows))


@root.example("quiz new shapes --roster class.csv --format pdf --out papers/")
@quiz.command()
@click.argument("name", metavar="[QUIZ]", required=False)
@click.option("--family", "names", multiple=True, metavar="F", help="Ask this family.")
@click.option("--level", type=click.IntRange(1), metavar="N", help="Of --family.")
@click.option(
    "--variants",
    type=click.IntRange(1),
    metavar="N",
    help="Make a pool of N variants for each question.",
)
@click.option("--seed", type=SEED, default=0, metavar="N", help="Draw other numbers.")
@click.option("--student", metavar="ID", help="Draw the paper of this student.")
@click.option(
    "--roster",
    type=PATH,
    metavar="CSV",
    help="One paper for each row (column: student), and key.json, in the folder --out.",
)
@click.option("--format", "form", default="text", metavar="FMT", help=" ".join(FORMATS))
@click.option("--out", type=PATH, metavar="PATH", help="Write here, not to stdout.")
@click.option("--solutions", is_flag=True, help="Show answers and worked solutions.")
def new(
    *,
    name: str | None,
    names: tuple[str, ...],
    level: int | None,
    variants: int | None,
    seed: int,
    student: str | None,
    roster: Path | None,
    form: str,
    out: Path | None,
    solutions: bool,
) -> None:
    """Draw a quiz: a blueprint of course.yml, or the families named.

    The same quiz, student and seed give the same paper on every machine.
    """
    from grader.quiz.export import exporter  # noqa: PLC0415
    from grader.quiz.paper import Draws, paper  # noqa: PLC0415
    from grader.quiz.publish import publish  # noqa: PLC0415

    module = exporter(form)
    blueprint, key = _blueprint(name, names, level)
    draws = Draws(key, seed, student, variants)
    if roster is not None:
        _for_class(roster, blueprint, draws, form, out)
    elif out is not None:
        for path in publish(blueprint, draws, form, out, solutions=solutions):
            click.echo(f"wrote {path}", err=True)
    elif module.SUFFIX in (".pdf", ".zip") and sys.stdout.isatty():
        kind = module.SUFFIX[1:].upper()
        problem = f"a {kind} file does not belong on a terminal: give --out FILE."
        raise click.UsageError(problem)
    else:
        # Drawn first: an error leaves nothing half-written in a pipe.
        drawn = b"".join(module.pieces(paper(blueprint, draws), solutions=solutions))
        sys.stdout.buffer.write(drawn)
        sys.stdout.buffer.flush()


def _for_class(
    path: Path, blueprint: Blueprint, draws: Draws, form: str, out: Path | None
) -> None:
    from grader.quiz.paper import scarce  # noqa: PLC0415
    from grader.quiz.publish import publish_for  # noqa: PLC0415
    from grader.quiz.roster import students  # noqa: PLC0415

    if out is None:
        raise click.UsageError("--roster writes a folder: name it with --out.")
    if draws.student is not None:
        raise click.UsageError("--student is one of the roster: give one of the two.")
    roster = students(path)
    for warning in scarce(blueprint, len(roster)):
        click.echo(f"quiz: {warning}", err=True)
    done = publish_for(roster, blueprint, draws, form, out)
    for number, _ in enumerate(done, 1):
        if sys.stderr.isatty():
            click.echo(f"\r{number} of {len(roster)} papers", nl=False, err=True)
    click.echo(f"wrote {len(roster)} papers and key.json to {out}", err=True)


def _blueprint(
    name: str | None, names: tuple[str, ...], level: int | None
) -> tuple[Blueprint, str]:
    """Return what to ask and the course's key."""
    from grader.quiz.paper import find, of_families  # noqa: PLC0415

    if (name is None) == (not names):
        raise click.UsageError("name a quiz of course.yml, or families with --family.")
    if name is None:
        course = _course(required=False)
        return of_families(names, level), course.key if course else ""
    if level is not None:
        raise click.UsageError(
            "--level goes with --family; a quiz sets its own levels."
        )
    course = _course(required=True)
    assert course is not None
    return find(course.quizzes, name), course.key


def _course(*, required: bool) -> Course | None:
    """Return the course around us; families can be asked without one."""
    here = Path.cwd()
    if not required and not any(map(_has_course, (here, *here.parents))):
        return None
    from grader.course import find  # noqa: PLC0415  (YAML is slow to start)

    return find()


def _has_course(folder: Path) -> bool:
    try:
        return (folder / "course.yml").is_file()
    except OSError:  # a folder that may not be entered
        return False


@root.example("quiz explain convolution-output-shape --seed 7")
@quiz.command()
@click.argument("family")
@click.option("--level", type=click.IntRange(1), metavar="N")
@click.option("--seed", type=SEED, default=0, metavar="N", help="Another variant.")
@click.option("--format", "form", default="text", metavar="FMT", help=" ".join(FORMATS))
@click.option("--out", type=PATH, metavar="PATH", help="Write here, not to stdout.")
@click.pass_context
def explain(
    ctx: click.Context,
    family: str,
    level: int | None,
    seed: int,
    form: str,
    out: Path | None,
) -> None:
    """Work one question out step by step, and say what each wrong answer means."""
    ctx.invoke(
        new,
        name=None,
        names=(family,),
        level=level,
        variants=None,
        seed=seed,
        student=None,
        roster=None,
        form=form,
        out=out,
        solutions=True,
    )


@root.example("quiz preview max-pooling-by-hand --out preview.html")
@quiz.command()
@click.argument("family")
@click.option("--level", type=click.IntRange(1), metavar="N")
@click.option("--seed", type=SEED, default=0, metavar="N", help="Draw others.")
@click.option(
    "--most", type=click.IntRange(1), default=300, help="Show at most so many."
)
@click.option("--out", type=PATH, metavar="FILE", help="Write here, not to stdout.")
def preview(
    family: str, level: int | None, seed: int, most: int, out: Path | None
) -> None:
    """Show a family's variants on one page, with the patterns in their answers."""
    from grader.quiz.preview import preview_page  # noqa: PLC0415
    from grader.quiz.registry import load  # noqa: PLC0415

    root.write_out(preview_page(load(family), level, seed, most), out)


@root.example("quiz grade key.json responses.csv --format csv --out points.csv")
@quiz.command()
@click.argument("key", type=PATH)
@click.argument("responses", type=PATH, metavar="RESPONSES.csv")
@click.option(
    "--format", "form", type=click.Choice(["text", "csv", "json"]), default="text"
)
@click.option("--out", type=PATH, metavar="FILE", help="Write here, not to stdout.")
def grade(key: Path, responses: Path, form: str, out: Path | None) -> None:
    """Score responses: points for each student, counts for each misconception.

    KEY is what `quiz new --format json` or `--roster` wrote. RESPONSES.csv has a
    column `student` and one for each question title; several answers to one question
    stand in one cell, separated by `;`.
    """
    from grader.quiz import scoring  # noqa: PLC0415
    from grader.quiz.key import read  # noqa: PLC0415

    graded = scoring.grade(read(key), responses)
    forms = {"text": scoring.as_text, "csv": scoring.as_csv, "json": scoring.as_json}
    root.write_out(forms[form](graded).rstrip("\n") + "\n", out)


@root.example("quiz stats key.json responses.csv --format html --out class.html")
@quiz.command()
@click.argument("key", type=PATH)
@click.argument("responses", type=PATH, metavar="RESPONSES.csv")
@click.option(
    "--format", "form", type=click.Choice(["text", "csv", "html"]), default="text"
)
@click.option("--out", type=PATH, metavar="FILE", help="Write here, not to stdout.")
def stats(key: Path, responses: Path, form: str, out: Path | None) -> None:
    """Show each question's difficulty and discrimination, and what the class believes.

    KEY and RESPONSES.csv are those of `quiz grade`.
    """
    from grader.quiz import scoring, stats, stats_page  # noqa: PLC0415
    from grader.quiz.key import read  # noqa: PLC0415

    answers = read(key)
    counted = stats.statistics(scoring.grade(answers, responses))
    if form == "html":
        text = stats_page.stats_page(counted, f"{answers.quiz} (seed {answers.seed})")
    else:
        text = {"text": stats.as_text, "csv": stats.as_csv}[form](counted)
    root.write_out(text.rstrip("\n") + "\n", out)


@root.example("quiz check pools.xml")
@quiz.command()
@click.argument("file", type=PATH)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text")
@click.option("--out", type=PATH, metavar="FILE", help="Write here, not to stdout.")
def check(file: Path, form: str, out: Path | None) -> int:
    """Read a quiz file back: its questions, and what would be lost where.

    FILE is ours or another generator's: Moodle XML, GIFT, QTI packages, Brightspace
    CSV, or our JSON. Exit code 1 when a system that takes the file would lose
    something of it, 2 when it cannot be read.
    """
    from grader.quiz import reading  # noqa: PLC0415
    from grader.quiz.reading import report  # noqa: PLC0415

    held = reading.read(file)
    text = report.as_json(held) if form == "json" else report.as_text(held, str(file))
    root.write_out(text + "\n", out)
    return 0 if report.sound(held) else 1


quiz.add_command(practice)


def main() -> None:
    """Run ``quiz``."""
    # A draw makes no cycles, but thousands of questions are searched for them again
    # and again, which takes a twentieth of the instructions.
    gc.freeze()
    gc.set_threshold(100_000)
    root.run(quiz, "quiz")
