"""Which files of the engine students need: what their commands import, no more.

The proofs, the release itself, learning systems and whole classes stay with the
authors. A student's copy is found by reading the imports, so that it is complete
whatever is added.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING

import grader

if TYPE_CHECKING:
    from collections.abc import Iterator

COMMANDS = ("grader.cli.grade", "grader.cli.quiz")
"""The modules whose commands students run."""
WORKFLOW = "grader.lms.github_run"
"""The module that runs in a student's repository, where GitHub Classroom judges."""
BY_NAME = ("grader.catalogue", "grader.quiz", "grader.report", "grader.sandbox")
"""Packages that are loaded by name, or hold more than modules: they come whole."""


def files() -> tuple[Path, ...]:
    """Return the files, in order of their names."""
    found: set[Path] = set()
    open_: list[str] = [grader.__name__, *COMMANDS, WORKFLOW]
    for name in BY_NAME:
        package = _folder().joinpath(*name.split(".")[1:])
        for path in _content(package):
            found.add(path)
            if path.suffix == ".py":
                open_.append(_module(path))
    seen: set[str] = set()
    while open_:
        name = open_.pop()
        if name in seen:
            continue
        seen.add(name)
        file = _path(name)
        if file is not None:  # else a name in a module, no module
            found.add(file)
            open_ += [*_imported(file, name), name.rpartition(".")[0] or name]
    return tuple(sorted(found))


def everything() -> tuple[Path, ...]:
    """Return all files of the engine, for those who have the course's answers too."""
    return tuple(sorted(_content(_folder())))


def _folder() -> Path:
    return Path(grader.__file__).parent


def _content(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = "__pycache__" in path.parts or path.name.startswith(".")
        if path.is_file() and not hidden:
            yield path


def _module(path: Path) -> str:
    parts = [grader.__name__, *path.relative_to(_folder()).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _path(name: str) -> Path | None:
    """Return the file of a module; None where there is no such module."""
    place = _folder().joinpath(*name.split(".")[1:])
    for path in (place / "__init__.py", place.with_suffix(".py")):
        if path.is_file():
            return path
    return None


def _imported(path: Path, name: str) -> Iterator[str]:
    """Yield what of the engine a module imports when it runs, early or late."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in _running(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names if _ours(a.name))
        elif isinstance(node, ast.ImportFrom):
            up = package.split(".")[: -(node.level - 1) or None] if node.level else []
            base = ".".join([*up, *([node.module] if node.module else [])])
            if _ours(base):
                yield base
                yield from (f"{base}.{a.name}" for a in node.names)


def _running(node: ast.AST) -> Iterator[ast.AST]:
    """Yield all nodes but those that only type checkers see."""
    for child in ast.iter_child_nodes(node):
        yield child
        if isinstance(child, ast.If) and "TYPE_CHECKING" in ast.dump(child.test):
            for other in child.orelse:
                yield other
                yield from _running(other)
            continue
        yield from _running(child)


def _ours(name: str) -> bool:
    return name.partition(".")[0] == grader.__name__
