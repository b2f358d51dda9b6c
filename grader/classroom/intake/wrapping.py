"""A class in a folder in a zip: find the folder whose names are the class."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.classroom.intake.litter import without_litter
from grader.classroom.intake.node import Kind
from grader.classroom.intake.packed import stem_of_archive

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from grader.classroom.intake.bundle import Layout
    from grader.classroom.intake.node import Node

MAX_WRAPPINGS = 4
_PARTS = {"assignments", "src", "code"}


def unwrap(
    root: Node, layouts: Sequence[Layout], wanted: Collection[str]
) -> tuple[list[Node], Layout, str]:
    """Return the topmost files and folders of a class, its layout, and their folder.

    Whoever zips a folder gets a zip with one folder. It is opened when what it holds
    looks like a class: names that a learning system gave, or several students. One
    folder that holds modules is one student.

    Parameters
    ----------
    root : Node
        What was named.
    layouts : sequence of Layout
        From the surest to the one that takes everything.
    wanted : collection of str
        File names of the exercises, which no student is called.

    Raises
    ------
    SubmissionError
        If a folder cannot be listed.
    """
    top, place = without_litter(root.children()), ""
    for _ in range(MAX_WRAPPINGS):
        layout = next(layout for layout in layouts if layout.recognises(top))
        folders = [node for node in top if node.kind is Kind.FOLDER]
        if layout is not layouts[-1] or len(folders) != 1 or _counts(top) != 1:
            break
        inner = without_litter(folders[0].children())
        named = any(layout.recognises(inner) for layout in layouts[:-1])
        if not named and not _is_class(inner, wanted):
            break
        top, place = inner, f"{place}{folders[0].name}/"
    return top, next(layout for layout in layouts if layout.recognises(top)), place


def _counts(nodes: list[Node]) -> int:
    """Return how many may be students: folders and archives."""
    return sum(
        node.kind is Kind.FOLDER or stem_of_archive(node.name) is not None
        for node in nodes
    )


def _is_class(nodes: list[Node], wanted: Collection[str]) -> bool:
    parts = _PARTS | {name.removesuffix(".py").casefold() for name in wanted}
    if any(node.name.casefold() in parts for node in nodes):
        return False
    if any(node.name.endswith((".py", ".ipynb")) for node in nodes):
        return False
    return _counts(nodes) > 1
