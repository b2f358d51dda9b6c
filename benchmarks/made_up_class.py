"""A class for benchmarks, made up of what has a known verdict, as students hand in.

The course asks for all its exercises, so nearly everybody hands in all of them. In most
of these assignments, some exercises are replaced by submissions out of
``tests/submissions``, each of which occurs before one is taken again, and a few have
not been begun. Besides, there are students who

- solved everything, or began nothing;
- hand in one file and no more;
- attack the grader in one exercise (``tests/submissions/hostile``), and have an
  assignment like the others' besides.

No two files are equal: each ends with the student's number, and every other student
has another editor, which lays the code out anew.
"""

from __future__ import annotations

import ast
import os
import random
from collections import deque
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from grader.doctor.submissions import header

ROOT = Path(__file__).parents[1]
HOSTILE = ROOT / "tests/submissions/hostile"
SEED = 20
ATTACKS = 8  # one of so many attacks the grader
RARE = 20  # one of so many solved everything; began nothing; hands in one file
REPLACED = (1, 2, 2, 3, 3, 4, 5)  # exercises of an assignment that are not right
NOT_BEGUN = 0.1  # of the others
SPOILERS = frozenset({"patches_modules", "leaks_by_changed_arguments"})
"""The one empties `sys.modules`, the other replaces the worker's own code: that may
cost their owner the other exercises, which the same worker answers."""


@dataclass(frozen=True)
class File:
    """One exercise of a student, and the verdicts that it may get."""

    source: bytes
    verdicts: frozenset[str]
    name: str
    hostile: bool = False


@dataclass(frozen=True)
class Member:
    """What a student hands in, by the exercise's name."""

    files: Mapping[str, File]

    @property
    def hostile(self) -> bool:
        """Whether the grader is attacked."""
        return any(file.hostile for file in self.files.values())

    @property
    def spoils(self) -> bool:
        """Whether the student's own other exercises may suffer."""
        return any(file.name in SPOILERS for file in self.files.values())

    @property
    def modules(self) -> dict[str, bytes]:
        """The source by file name."""
        return {f"{name}.py": file.source for name, file in self.files.items()}


Members = dict[str, Member]


def exercises_in(folder: Path, verdict: str) -> dict[str, File]:
    """Return the exercises in a folder, which all have one verdict."""
    return {
        path.stem: File(path.read_bytes(), frozenset({verdict}), folder.name)
        for path in sorted((ROOT / folder).glob("*.py"))
    }


def known() -> list[tuple[str, File]]:
    """Return the submissions to one exercise whose verdict is known."""
    paths = sorted((ROOT / "tests/submissions").glob("*/[!_]*/*.py"))
    return [
        (
            path.parts[-3],
            File(path.read_bytes(), frozenset({path.parts[-2].upper()}), path.stem),
        )
        for path in paths
    ]


def attacks() -> list[tuple[str, File]]:
    """Return the hostile submissions, each with its exercise."""
    found = []
    for path in sorted(HOSTILE.glob("*.py")):
        source = path.read_bytes().replace(b"@COURSE@", bytes(ROOT))
        source = source.replace(b"@GRADER@", str(os.getpid()).encode())
        said = header(source)
        # Whatever a hostile one does, a busy machine may cut it short.
        verdicts = frozenset(said["verdict"]) | {"TIMEOUT"}
        (exercise,) = said["exercise"]
        found.append((exercise, File(source, verdicts, path.stem, hostile=True)))
    return found


class Deck:
    """Deals each submission once, in any order, and then all of them again."""

    def __init__(self, cards: list[tuple[str, File]], draw: random.Random) -> None:
        self._cards = list(cards)
        draw.shuffle(self._cards)
        self._left: deque[tuple[str, File]] = deque()

    def deal(self, count: int, taken: Collection[str] = ()) -> dict[str, File]:
        """Return so many, each to another exercise, and none to those `taken`."""
        dealt: dict[str, File] = {}
        passed = []
        while len(dealt) < count:
            if not self._left:
                self._left.extend(self._cards)
            name, file = self._left.popleft()
            if name in dealt or name in taken:
                passed.append((name, file))
            else:
                dealt[name] = file
        self._left.extendleft(reversed(passed))
        return dealt


class Assignments:
    """Makes assignments of all exercises, of which some are not right."""

    def __init__(self, draw: random.Random) -> None:
        self._draw = draw
        self._solved = exercises_in(Path("solutions"), "PASS")
        self._skeletons = exercises_in(Path("assignments"), "TODO")
        self._known = Deck(known(), draw)
        self._attacks = Deck(attacks(), draw)

    def solved(self) -> dict[str, File]:
        """Return everything right."""
        return dict(self._solved)

    def not_begun(self) -> dict[str, File]:
        """Return everything as it was given out."""
        return dict(self._skeletons)

    def one_file(self) -> dict[str, File]:
        """Return one exercise alone."""
        return self._known.deal(1)

    def mixed(self, taken: Collection[str] = ()) -> dict[str, File]:
        """Return all exercises, some of them wrong and some not begun."""
        draw = self._draw
        files = {
            name: self._skeletons[name] if draw.random() < NOT_BEGUN else solved
            for name, solved in self._solved.items()
        }
        return {**files, **self._known.deal(draw.choice(REPLACED), taken)}

    def hostile(self) -> dict[str, File]:
        """Return all exercises, with an attack in one of them."""
        attack = self._attacks.deal(1)
        return {**self.mixed(attack), **attack}


def variant(file: File, number: int) -> File:
    """Return a file as another student would have it."""
    source = file.source
    if number % 2 and not file.hostile:
        try:
            source = ast.unparse(ast.parse(source)).encode()
        except SyntaxError:
            source = file.source
    source += f"\n# student {number}\n".encode()
    return File(source, file.verdicts, file.name, file.hostile)


def assemble(count: int, *, hostile: bool) -> Members:
    """Return a class of so many; two of this class's size and kind are the same."""
    draw = random.Random(SEED)
    make = Assignments(draw)
    rare = max(1, count // RARE)
    makers = [make.solved, make.not_begun, make.one_file] * rare
    if hostile:
        makers += [make.hostile] * max(1, count // ATTACKS)
    makers = (makers + [make.mixed] * max(0, count - len(makers)))[:count]
    draw.shuffle(makers)
    return {
        f"student-{number:04}": Member(
            {name: variant(file, number) for name, file in make_files().items()}
        )
        for number, make_files in enumerate(makers)
    }


def hand_in(folder: Path, members: Members) -> None:
    """Write a class down, a folder per student."""
    for student, member in members.items():
        (folder / student).mkdir(parents=True)
        for name, text in member.modules.items():
            (folder / student / name).write_bytes(text)
