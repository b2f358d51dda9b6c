"""Choose the notebooks of one submission: for exercises of which it has no module."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader import submission

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from grader.classroom.intake.walk import Found, Walk


def choose(
    walk: Walk, modules: Iterable[Found], wanted: Collection[str]
) -> tuple[list[Found], dict[str, str], dict[str, str]]:
    """Return the notebooks that count, and of what.

    Parameters
    ----------
    walk : Walk
        What a submission holds; it is told what was left out.
    modules : iterable of Found
        The modules that count: they come before notebooks.
    wanted : collection of str
        File names of the exercises.

    Returns
    -------
    list of Found
        The notebooks.
    dict of str to str
        Exercises, and the notebook that each is taken from.
    dict of str to str
        File names of exercises that could be in several, and what is wrong with that.
    """
    newest = sorted(walk.notebooks, key=lambda found: found.order, reverse=True)
    best: dict[str, Found] = {}
    for found in sorted(newest, key=lambda found: found.depth):
        kept = best.setdefault(found.module, found)
        if kept is not found:
            walk.note(found.place, f"left out; {kept.place} counts")
    held = {found.module for found in modules} | set(best)
    exercises = [name.removesuffix(".py") for name in sorted(wanted)]
    sources, unclear = submission.sources_of(sorted(held), exercises)
    used = set(sources.values())
    why = "one of several notebooks" if unclear else "a notebook beside .py files"
    for name, found in best.items():
        if name not in used:
            walk.note(found.place, f"is {why}; left out")
    return [found for name, found in best.items() if name in used], sources, unclear
