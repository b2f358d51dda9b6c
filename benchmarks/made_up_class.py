"""A class for benchmarks: what has a known verdict, and variants of it."""

from __future__ import annotations

import ast
import itertools
import os
import random
from dataclasses import dataclass
from pathlib import Path

from grader.doctor.submissions import header

ROOT = Path(__file__).parents[1]
HOSTILE = ROOT / "tests/submissions/hostile"
SEED = 20
WHOLE = 10  # whole solutions, and whole skeletons, in a round of all kinds


@dataclass(frozen=True)
class Kind:
    """A submission to one exercise, or to all, and the verdicts that it may get."""

    files: dict[str, bytes]
    verdicts: frozenset[str]
    hostile: bool = False


Members = dict[str, tuple[Kind, dict[str, bytes]]]


def texts(folder: Path) -> dict[str, bytes]:
    """Return the modules of a folder."""
    return {f.name: f.read_bytes() for f in sorted(folder.glob("*.py"))}


def kinds() -> list[Kind]:
    """Return what is known: a whole solution and skeleton, parts, hostile ones."""
    found = [
        Kind(texts(ROOT / "solutions"), frozenset({"PASS"})),
        Kind(texts(ROOT / "assignments"), frozenset({"TODO"})),
    ] * WHOLE
    for file in sorted((ROOT / "tests/submissions").glob("*/[!_]*/*.py")):
        verdict = frozenset({file.parent.name.upper()})
        source = file.read_bytes()
        found.append(Kind({f"{file.parts[-3]}.py": source}, verdict))
    for file in sorted(HOSTILE.glob("*.py")):
        source = file.read_bytes().replace(b"@COURSE@", bytes(ROOT))
        source = source.replace(b"@GRADER@", str(os.getpid()).encode())
        said = header(source)
        # Whatever a hostile one does, a busy machine may cut it short.
        verdicts = frozenset(said["verdict"]) | {"TIMEOUT"}
        found.append(
            Kind({f"{said['exercise'][0]}.py": source}, verdicts, hostile=True)
        )
    return found


def variant(kind: Kind, number: int) -> dict[str, bytes]:
    """Return a kind's files as another student would have them: no two are equal."""
    made = {}
    for name, source in kind.files.items():
        text = source
        if number % 2 and not kind.hostile:  # as another editor would have laid it out
            try:
                text = ast.unparse(ast.parse(source)).encode()
            except SyntaxError:
                text = source
        made[name] = text + f"\n# student {number}\n".encode()
    return made


def assemble(count: int, *, hostile: bool) -> Members:
    """Return a class: every kind, and variants of the others until there are enough."""
    draw = random.Random(SEED)
    known = kinds()
    attacks = [kind for kind in known if kind.hostile] if hostile else []
    others = [kind for kind in known if not kind.hostile]
    draw.shuffle(attacks)
    draw.shuffle(others)
    chosen = attacks[: max(1, count // 8)] if hostile else []
    turns = itertools.cycle(others)
    chosen += itertools.islice(turns, count - len(chosen))
    draw.shuffle(chosen)
    return {
        f"student-{number:04}": (kind, variant(kind, number))
        for number, kind in enumerate(chosen)
    }


def hand_in(folder: Path, members: Members) -> None:
    """Write a class down, a folder per student."""
    for student, (_, files) in members.items():
        (folder / student).mkdir(parents=True)
        for name, text in files.items():
            (folder / student / name).write_bytes(text)
