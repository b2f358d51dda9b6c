"""Walk through one submission: its folders, its zips, and the zips in them."""

from __future__ import annotations

import re
from collections import deque
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from grader import notebook
from grader.classroom.intake import names
from grader.classroom.intake.litter import without_litter
from grader.classroom.intake.node import Kind
from grader.classroom.intake.packed import Opener, stem_of_archive
from grader.errors import SubmissionError

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from grader.classroom.intake.bundle import Part
    from grader.classroom.intake.node import Node

MAX_NODES = 20_000
MAX_DEPTH = 16
_UUID = r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}"
_RENAMED = re.compile(
    rf"(?P<stem>.+?)(?:-(?P<again>[0-9]{{1,6}})|(?P<often>-{_UUID})"
    r"| ?\((?P<copy>[0-9]{1,6})\))"
)
"""`stride-1.py` is Canvas's name for a second `stride.py`, `stride (1).py` a browser's.
From the eighth on, Canvas takes a UUID instead of a number. No module's name can hold
any of these."""
_OFTEN = 10**6  # newer than any number


class Found(NamedTuple):
    """A Python file or a notebook of a submission.

    Parameters
    ----------
    module : str
        The file name it counts as, such as ``stride.py``.
    node : Node
        The file.
    place : str
        Its path in the submission.
    depth : int
        How many folders and archives it lies in.
    order : tuple of int
        Of two files of one name in one folder, the larger order counts.
    late : bool
        Whether the learning system marked it as late.
    """

    module: str
    node: Node
    place: str
    depth: int
    order: tuple[int, ...]
    late: bool


class _Step(NamedTuple):
    """A name on the way, and how it was reached."""

    node: Node
    name: str
    folder: str
    depth: int = 0
    packed: int = 0
    order: tuple[int, ...] = ()
    late: bool = False

    @property
    def place(self) -> str:
        return f"{self.folder}{self.name}"


@lru_cache(maxsize=1)  # every submission of a class wants the same
def _spelt(wanted: tuple[str, ...]) -> Mapping[str, str]:
    exercises = [name.removesuffix(".py") for name in wanted]
    return {exercise.casefold(): exercise for exercise in exercises}


@dataclass(slots=True)
class Walk:
    """The walk, and what it came upon.

    Parameters
    ----------
    wanted : collection of str
        File names of the exercises.
    folders : dict of str to list of Found
        The Python files, by the folder they lie in.
    notebooks : list of Found
        The notebooks, wherever they lie.
    notes : list of str
        What was left out, and why.
    """

    wanted: Collection[str]
    folders: dict[str, list[Found]] = field(default_factory=dict)
    notebooks: list[Found] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    _opener: Opener = field(default_factory=Opener)
    _waiting: deque[_Step] = field(default_factory=deque)
    _seen: int = 0
    _known: Mapping[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Note how the exercises are spelt, which a student may have written large."""
        self._known = _spelt(tuple(self.wanted))

    def note(self, place: str, remark: str) -> None:
        """Note what became of a file, for the instructor."""
        self.notes.append(f"{names.shown(place)}: {remark}")

    def through(self, parts: Sequence[Part]) -> None:
        """Look at all of a submission, what lies nearest the top first."""
        whole = len(parts) == 1
        for part in parts:
            step = _Step(part.node, part.name, "", order=part.order, late=part.late)
            if part.node.kind is Kind.FOLDER:
                self._list(part.node, step, "" if whole else f"{part.name}/")
            else:
                self._look(step)
        while self._waiting and self._seen <= MAX_NODES:
            step = self._waiting.popleft()
            if step.node.kind is Kind.FOLDER:
                self._list(step.node, step, f"{step.place}/")
            else:
                self._open(step)
        if self._waiting:
            self.notes.append(f"only the first {MAX_NODES} files were looked at")

    def _list(self, folder: Node, step: _Step, place: str) -> None:
        try:
            held = without_litter(folder.children())
        except SubmissionError as error:
            self.note(place, str(error))
            return
        for node in held:
            child = _Step(
                node, node.name, place, step.depth + 1, step.packed, late=step.late
            )
            self._look(child)

    def _look(self, step: _Step) -> None:
        self._seen += 1
        if self._seen > MAX_NODES:
            return
        problem = names.trouble(step.name)
        if problem:
            self.note(step.place, f"its name {problem}; left out")
        elif step.name.lower().endswith(".py") and step.node.kind is not Kind.FOLDER:
            self._python(step)
        elif step.node.kind is Kind.FOLDER:
            self._wait(step)
        elif step.node.kind is not Kind.FILE:
            self.note(step.place, f"is {step.node.kind.value}; left out")
        elif stem_of_archive(step.name) is not None:
            self._wait(step)
        elif step.name.lower().endswith(".py.txt"):
            self.note(step.place, "is no .py file; left out")
        elif step.name.lower().endswith(notebook.SUFFIX):
            module, order = self._named(step.name)
            self.notebooks.append(self._found(step, module, order))

    def _wait(self, step: _Step) -> None:
        if step.depth >= MAX_DEPTH:
            self.note(step.place, f"lies in more than {MAX_DEPTH} folders; left out")
        else:
            self._waiting.append(step)

    def _open(self, step: _Step) -> None:
        try:
            top = self._opener.open(step.node, step.name, step.packed)
        except SubmissionError as error:
            self.note(step.place, str(error))
            return
        inside = _Step(
            top, step.name, step.folder, step.depth, step.packed + 1, late=step.late
        )
        self._list(top, inside, f"{step.place}/")

    def _python(self, step: _Step) -> None:
        module, order = self._named(step.name)
        if not module[:-3].isidentifier():
            self.note(step.place, "is no module's name; left out")
            return
        if module != step.name:
            self.note(step.place, f"taken as {module}")
        found = self._found(step, module, order)
        self.folders.setdefault(step.folder, []).append(found)

    @staticmethod
    def _found(step: _Step, module: str, order: int) -> Found:
        return Found(
            module=module,
            node=step.node,
            place=step.place,
            depth=step.depth,
            order=(order, *step.order, int(module == step.name)),
            late=step.late,
        )

    def _named(self, name: str) -> tuple[str, int]:
        """Return the module that a file counts as, and how new its name says it is."""
        stem, _, ending = name.rpartition(".")
        order = 0
        renamed = _RENAMED.fullmatch(stem)
        if renamed:
            stem = renamed["stem"]
            order = int(renamed["again"] or -int(renamed["copy"] or 0))
            order = _OFTEN if renamed["often"] else order
        return f"{self._known.get(stem.casefold(), stem)}.{ending.lower()}", order
