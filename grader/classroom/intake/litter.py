"""What systems and tools leave between a student's files: passed over in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from grader.classroom.intake.node import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from grader.classroom.intake.node import Node

_FOLDERS = {
    "__macosx",
    "__pycache__",
    "site-packages",
    "node_modules",
    "venv",
    "env",
    "$recycle.bin",
    "system volume information",
}
_FILES = {"thumbs.db", "desktop.ini", "icon\r"}
_MARK = "pyvenv.cfg"  # the mark of a virtual environment, whatever its name


def is_litter(node: Node) -> bool:
    """Tell whether nobody meant to hand that in.

    What starts with a dot is hidden: ``.git``, ``.DS_Store``, ``.ipynb_checkpoints``,
    and the ``._stride.py`` in which macOS keeps what zips cannot say.
    """
    name = node.name.casefold()
    if name.startswith(".") and name not in {".", ".."}:
        return True
    return name in (_FOLDERS if node.kind is Kind.FOLDER else _FILES)


def without_litter(nodes: Iterable[Node]) -> list[Node]:
    """Return what somebody may have meant to hand in; nothing of an environment."""
    kept = [node for node in nodes if not is_litter(node)]
    return [] if any(node.name == _MARK for node in kept) else kept
