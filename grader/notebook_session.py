"""Where the code of a live session is: a notebook's cells, a script, a module's file.

Sources are collected, never objects: what is judged runs in the sandbox, from the
cells as they were run.
"""

from __future__ import annotations

import inspect
import linecache
import sys
import sysconfig
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from grader import notebook, submission
from grader.errors import SubmissionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

HERE = "this notebook"
_CELLS = f"session{notebook.SUFFIX}"  # stands for the session among the files


@dataclass(frozen=True, slots=True)
class Place:
    """Where functions are taken from.

    Parameters
    ----------
    folder : Path
        Where modules of its own may lie.
    file : str
        Its file's name among those of a submission.
    shown : str
        What people call it.
    cells : tuple of (str, str)
        How errors name each cell, and its source; empty for a module's file.
    """

    folder: Path
    file: str
    shown: str
    cells: tuple[tuple[str, str], ...] = ()

    def files(self) -> dict[str, bytes]:
        """Return the files of a submission: this one, and the modules beside it.

        Raises
        ------
        SubmissionError
            If it cannot be taken.
        """
        found = submission.read(self.folder)
        if not self.cells:
            if self.file in found.problems:
                raise SubmissionError(f"{self.file} {found.problems[self.file]}")
            return dict(found.files)
        try:
            return {**found.files, self.file: notebook.encode(self.cells)}
        except SubmissionError as error:
            again = "Restart it, and run the cells that matter."
            raise SubmissionError(f"{self.shown} {error}. {again}") from None


def shell() -> Any:
    """Return IPython's shell, where this runs in one; None elsewhere."""
    if "IPython" not in sys.modules:
        return None
    return sys.modules["IPython"].get_ipython()


def names() -> Mapping[str, Any]:
    """Return what the session has defined so far."""
    running = shell()
    found: Mapping[str, Any] = (
        vars(sys.modules["__main__"]) if running is None else running.user_ns
    )
    return found


def place_of(function: Callable[..., Any], name: str) -> Place:
    """Return where a function's source is.

    Parameters
    ----------
    function : callable
        The function.
    name : str
        What people call it.

    Raises
    ------
    SubmissionError
        If its source cannot be had.
    """
    code = getattr(inspect.unwrap(function), "__code__", None)
    file = Path(code.co_filename) if code is not None else None
    if file is not None and file.suffix == ".py" and file.is_file():
        return _of_file(file, getattr(function, "__module__", ""), name)
    bound = any(value is function for value in names().values())
    if code is None and not bound:
        raise SubmissionError(
            f"{name} is built in, or not written in Python: pass your own function"
        )
    cells = _ran(code.co_filename if code is not None else "")
    if not cells:
        raise SubmissionError(
            f"the source of {name} is not known: Python keeps none of what is typed "
            "at its prompt. Write it into a file or a notebook"
        )
    return Place(Path.cwd(), _CELLS, HERE if shell() else "this session", cells)


def _of_file(file: Path, module: str, name: str) -> Place:
    if _installed(file):
        raise SubmissionError(
            f"{name} comes from {module or file.stem}: pass the function that you wrote"
        )
    if module != "__main__":
        return Place(file.parent, file.name, file.name)
    # A script would grade itself again: its definitions are taken, as of a notebook.
    source = submission.read_file(file).decode("utf-8-sig", "replace")
    name_among_files = f"{file.stem}{notebook.SUFFIX}"
    return Place(file.parent, name_among_files, file.name, ((file.name, source),))


def _installed(file: Path) -> bool:
    """Tell whether a file belongs to Python, or to a package that was installed."""
    if {"site-packages", "dist-packages"} & set(file.parts):
        return True
    stdlib = Path(sysconfig.get_paths()["stdlib"]).resolve()
    return file.resolve().is_relative_to(stdlib)


def _ran(wanted: str) -> tuple[tuple[str, str], ...]:
    """Return the cells that were run, in order, the last one of them now."""
    running = shell()
    if running is None:
        return tuple(_prompt())
    history = running.history_manager.input_hist_raw
    cells = [(f"In [{n}]", text) for n, text in enumerate(history) if text.strip()]
    # A cell that was run without being counted, as some editors do.
    kept = "".join(linecache.getlines(wanted))
    if kept.strip() and all(kept.strip() not in text for _, text in cells):
        cells.append(("a cell", kept))
    return tuple(_without_repetitions(cells))


def _without_repetitions(cells: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Leave out all runs of a cell but the first, for others need it, and the last."""
    first: dict[str, int] = {}
    last: dict[str, int] = {}
    for number, (_, text) in enumerate(cells):
        first.setdefault(text, number)
        last[text] = number
    for number, (place, text) in enumerate(cells):
        if number in (first[text], last[text]):
            yield place, text


def _prompt() -> Iterator[tuple[str, str]]:
    """Yield what was typed at Python's own prompt, which 3.13 and later keep."""
    newer: dict[object, Any] = getattr(linecache, "_interactive_cache", {})
    before = ""
    # In the order of typing; a source is kept once for each function in it.
    for number, entry in enumerate((*linecache.cache.values(), *newer.values()), 1):
        if len(entry) == 4 and str(entry[3]).startswith(("<stdin", "<python-input-")):
            source = "".join(entry[2])
            if source != before:
                yield f"input {number}", source
            before = source
