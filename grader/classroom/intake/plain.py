"""A folder or a zip per student, named as the student is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.classroom.handin import Student
from grader.classroom.intake import names
from grader.classroom.intake.bundle import Bundle, Layout, Part, Sorted
from grader.classroom.intake.node import Kind
from grader.classroom.intake.packed import stem_of_archive

if TYPE_CHECKING:
    from grader.classroom.intake.node import Node


def sort(top: list[Node]) -> Sorted:
    """Return a submission for each folder or archive."""
    found: dict[str, list[Node]] = {}
    notes: list[str] = []
    for node in top:
        stem = _stem(node)
        if stem is None:
            notes.append(f"{names.shown(node.name)}: belongs to nobody; left out")
        else:
            found.setdefault(names.tidy(stem), []).append(node)
    return Sorted(
        tuple(_bundle(id_, nodes) for id_, nodes in found.items()), tuple(notes)
    )


def _stem(node: Node) -> str | None:
    """Return whose a file or folder is; None where it is nobody's."""
    if node.kind is Kind.FOLDER:
        return node.name
    stem = stem_of_archive(node.name)
    return node.name if stem is None and node.kind is not Kind.FILE else stem


def _bundle(id_: str, nodes: list[Node]) -> Bundle:
    origin = names.shown(", ".join(node.name for node in nodes))
    bad = next((problem for n in nodes if (problem := _problem(n))), "")
    notes = (f"handed in {len(nodes)} times: {origin}",) if len(nodes) > 1 else ()
    return Bundle(
        students=(Student(id_, id_),),
        parts=tuple(Part(node, node.name) for node in nodes),
        origin=origin,
        problem=bad,
        notes=notes,
    )


def _problem(node: Node) -> str:
    if node.kind is Kind.LINK:
        return "is a link; hand over the folder itself"
    if node.kind is Kind.OTHER:
        return f"is {node.kind.value}"
    problem = names.trouble(node.name)
    return f"its name {problem}" if problem else ""


PLAIN = Layout("a folder per student", lambda _: True, sort)
