"""``quiz practice``: questions one at a time in the terminal, or as a page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from grader.cli import root

if TYPE_CHECKING:
    from grader.quiz.practice import Session
    from grader.quiz.question import Question

PATH = click.Path(path_type=Path)
HELP = "Enter skips, `?` works the question out, `q` stops. Your place is kept."


@root.example("quiz practice --concept pooling")
@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--family", "names", multiple=True, metavar="F", help="Only this family.")
@click.option("--concept", metavar="C", help="Only this chapter.")
@click.option("--level", type=click.IntRange(1), metavar="N", help="Only this level.")
@click.option("--count", type=click.IntRange(1), metavar="N", help="Stop after N.")
@click.option("--seed", type=click.IntRange(0), metavar="N", help="For a new session.")
@click.option("--state", type=PATH, metavar="FILE", help="Keep the session here.")
@click.option("--html", "page", type=PATH, metavar="OUT", help="Write a page instead.")
@click.option(
    "--variants",
    type=click.IntRange(1),
    default=400,
    metavar="N",
    help="Of each family in the page (default: 400).",
)
def practice(
    *,
    names: tuple[str, ...],
    concept: str | None,
    level: int | None,
    count: int | None,
    seed: int | None,
    state: Path | None,
    page: Path | None,
    variants: int,
) -> None:
    """Practise: one question at a time, with what a wrong answer means.

    With --html, write one self-contained page that works offline and on a phone.
    """
    chosen = _families(names, concept)
    if page is not None:
        from grader.quiz.practice_page import practice_page  # noqa: PLC0415
        from grader.quiz.save import save  # noqa: PLC0415

        save(page, [practice_page(chosen, variants, seed or 0).encode()])
        click.echo(f"wrote {page}", err=True)
        return
    import secrets  # noqa: PLC0415  (slow to load, and the other commands load this)

    from grader.quiz.practice import keep, load, summary  # noqa: PLC0415

    path = state or Path(click.get_app_dir("cnn-course")) / "practice.json"
    session = load(path, secrets.randbits(31) if seed is None else seed)
    click.echo(HELP, err=True)
    done = 0
    while count is None or done < count:
        done += 1
        after = _turn(session, chosen, level)
        if after is None:
            break
        session = after
        keep(session, path)
    click.echo(f"\n{summary(session)}")


def _families(names: tuple[str, ...], concept: str | None) -> tuple[str, ...]:
    from grader.errors import QuizError, did_you_mean  # noqa: PLC0415
    from grader.quiz import registry  # noqa: PLC0415
    from grader.quiz.family import CONCEPTS  # noqa: PLC0415

    chosen = tuple(registry.load(name).name for name in names) or registry.names()
    if concept is None:
        return chosen
    found = tuple(name for name in chosen if registry.load(name).concept == concept)
    if not found:
        raise QuizError(
            f"no family asks about {concept!r}{did_you_mean(concept, CONCEPTS)}. "
            f"Chapters: {', '.join(CONCEPTS)}."
        )
    return found


def _turn(
    session: Session, names: tuple[str, ...], level: int | None
) -> Session | None:
    """Ask one question until it is answered or skipped; ``None`` to stop."""
    from grader.quiz.export.text import asked as as_text  # noqa: PLC0415
    from grader.quiz.practice import ask, feedback, key_of, mark  # noqa: PLC0415
    from grader.quiz.response import understood  # noqa: PLC0415

    session, asked = ask(session, names, level)
    click.echo(f"\n{as_text(asked)}\n")
    written = _read()
    while written and written != "?" and not understood(key_of(asked), written):
        click.echo(f"That cannot be read. {how_to_write(asked)}")
        written = _read()
    if written is None:
        return None
    if written == "?":
        _solve(asked)
        return session
    if not written:
        return session
    session, got = mark(session, asked, written)
    if got.share == 1:
        click.secho("Right.", fg="green")
    else:
        click.secho(" ".join(["Not so.", *feedback(asked, got)]), fg="red")
        _solve(asked)
    return session


def how_to_write(asked: Question) -> str:
    """Return how an answer of this type is typed."""
    return {
        "single": "Type the letter of a choice.",
        "multiple": "Type letters, such as a; c.",
        "numeric": "Type a number, such as 28 or 2.5.",
        "cloze": "Type a number for each blank, such as 3; 1; 4.",
    }[asked.type]


def _solve(asked: Question) -> None:
    from grader.quiz.export.text import answer, wrapped  # noqa: PLC0415

    click.echo(f"\n{wrapped(asked.solution)}\n\nAnswer: {answer(asked)}")


def _read() -> str | None:
    """Return the next line; ``None`` at the end of the input or for ``q``."""
    click.echo("> ", nl=False, err=True)
    line = sys.stdin.readline()
    written = line.strip()
    return None if not line or written.casefold() in ("q", "quit") else written
