"""Write a quiz: one file, or a folder with a paper for each student and the key."""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING

from grader.quiz import save
from grader.quiz.export import exporter
from grader.quiz.paper import paper

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from grader.quiz.paper import Blueprint, Draws, Paper

_UNSAFE = re.compile(r"[^\w.@+-]+")


def publish(
    blueprint: Blueprint, draws: Draws, form: str, out: Path, *, solutions: bool
) -> list[Path]:
    """Write one paper to `out`; a PDF's key is a second file. Return the files."""
    module = exporter(form)
    save.save(out, module.pieces(paper(blueprint, draws), solutions=solutions))
    if form != "pdf":
        return [out]
    key = out.with_name(f"{out.stem}-key{out.suffix}")
    save.save(key, module.pieces(paper(blueprint, draws), solutions=True))
    return [out, key]


def publish_for(
    students: tuple[str, ...],
    blueprint: Blueprint,
    draws: Draws,
    form: str,
    out: Path,
) -> Iterator[str]:
    """Write a folder: a paper for each student, ``key.json``, and a printed key.

    Yields
    ------
    str
        Each student, when their paper is written.
    """
    module = exporter(form)
    papers = []
    with save.folder(out) as inside:
        for student in students:
            one = paper(blueprint, draws._replace(student=student)).kept()
            papers.append(one)
            path = inside / f"{file_name(student)}{module.SUFFIX}"
            save.save(path, module.pieces(one, solutions=False))
            yield student
        save.save(inside / "key.json", _key(papers))
        if form == "pdf":
            for one in papers:
                path = inside / "key" / f"{file_name(str(one.student))}.pdf"
                path.parent.mkdir(exist_ok=True)
                save.save(path, module.pieces(one, solutions=True))


def _key(papers: list[Paper]) -> Iterator[bytes]:
    """Yield the key of a class: every student's paper as JSON."""
    import json  # noqa: PLC0415  (only with a roster)

    from grader.quiz.export import json as key  # noqa: PLC0415

    first = papers[0]
    head = {
        "format_version": key.FORMAT_VERSION,
        "quiz": first.quiz,
        "title": first.title,
        "seed": first.seed,
    }
    yield (json.dumps(head, ensure_ascii=False)[:-1] + ', "papers": [').encode()
    for number, one in enumerate(papers):
        yield b",\n" if number else b"\n"
        yield from key.pieces(one)
    yield b"]}\n"


def file_name(student: str) -> str:
    """Return a file name for a student: readable, safe, and theirs alone.

    Examples
    --------
    >>> file_name("ada")
    'ada'
    >>> file_name("Ada L./../x").startswith("Ada_L._.._x-")
    True
    """
    safe = _UNSAFE.sub("_", student).strip(".")
    if (
        safe == student
        and student.lower() not in ("key", "con", "nul")
        and safe.islower()
    ):
        return safe
    return f"{safe or 'student'}-{sha256(student.encode()).hexdigest()[:6]}"
