"""Read a notebook's code cells, as data: its JSON here, its Python in the worker.

For whoever reads submissions::

    content = notebook.read(raw, "work.ipynb")   # bytes of the file, its name
    Submission(origin, {"work.ipynb": content}, taken_from={"stride": "work.ipynb"})

`read` raises `SubmissionError`, whose text follows the file's name, as that of
`submission.read_file` does. `Submission.taken_from` says which exercises are taken
from it. Cells are counted as a notebook counts them: code cells alone, from 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from grader.errors import SubmissionError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SUFFIX = ".ipynb"
MAX_BYTES = 16 << 20
"""Of the file, most of which are pictures."""
MAX_VALUES = 2_000_000
"""Of the JSON: what is read takes memory by the value, not by the byte."""
MAX_CODE_BYTES = 1 << 20
MAX_CELLS = 5000

_LONGEST_NAME = 60
_CLEAR = "clear its outputs, save it, and hand it in again"


def read(raw: bytes, name: str) -> bytes:
    """Return the code cells of a notebook, in the form that a worker takes.

    Parameters
    ----------
    raw : bytes
        What the file holds.
    name : str
        Its name, which errors in its cells are told by.

    Raises
    ------
    SubmissionError
        If it is no notebook, is too large, or is not in Python.
    """
    if len(raw) > MAX_BYTES:
        raise SubmissionError(f"is larger than {MAX_BYTES >> 20} MB; {_CLEAR}")
    top = _parsed(raw)
    if not isinstance(top, dict):
        raise _no_notebook()
    language = _language(top)
    if not language.startswith(("python", "ipython")):
        raise SubmissionError(f"is a notebook in {language}; write it in Python")
    return encode((f"{name[-_LONGEST_NAME:]}, cell {n}", t) for n, t in _code(top))


def encode(cells: Iterable[tuple[str, str]]) -> bytes:
    r"""Return cells in the form that a worker takes: ``\0PLACE\nSOURCE`` for each.

    No source holds a NUL: Python refuses it, so a cell keeps its error without it.

    Parameters
    ----------
    cells : iterable of (str, str)
        How errors name the cell, such as ``work.ipynb, cell 7``, and its source.

    Raises
    ------
    SubmissionError
        If there is more code than anybody writes.
    """
    parts: list[bytes] = []
    size = 0
    for place, source in cells:
        shown = "".join(c if c.isprintable() else "?" for c in place)
        text = source.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "\ufffd")
        # A lone surrogate, which no file holds, becomes the escape that means it.
        part = f"\0{shown}\n{text}".encode("utf-8", "backslashreplace")
        parts.append(part)
        size += len(part)
        if len(parts) > MAX_CELLS or size > MAX_CODE_BYTES:
            most = f"{MAX_CELLS} cells or {MAX_CODE_BYTES >> 20} MB of code"
            raise SubmissionError(f"holds more than {most}; hand in less")
    return b"".join(parts)


def sources(content: bytes) -> list[bytes]:
    """Return the cells of what `encode` made, without their places."""
    return [part.partition(b"\n")[2] for part in content.split(b"\0")[1:]]


def _parsed(raw: bytes) -> Any:
    import json  # noqa: PLC0415  (only a notebook pays for the import)

    if raw.count(b",") + raw.count(b"[") + raw.count(b"{") > MAX_VALUES:
        raise SubmissionError(f"holds more than {MAX_VALUES:,} values; {_CLEAR}")
    try:
        # No number of a notebook matters here, and a long one costs its square.
        return json.loads(raw, parse_int=len, parse_float=len)
    except RecursionError:
        raise SubmissionError("is nested too deeply to be a notebook") from None
    except ValueError:
        raise _no_notebook() from None


def _no_notebook() -> SubmissionError:
    return SubmissionError("is not a notebook; save it again in Jupyter or Colab")


def _language(top: dict[str, Any]) -> str:
    """Return the language in lower case; Python where the notebook does not say."""
    value: Any = top
    for key in ("metadata", "language_info", "name"):
        value = value.get(key) if isinstance(value, dict) else None
    text = value.lower() if isinstance(value, str) and value else "python"
    return "".join(c for c in text if c.isprintable())[:40]


def _code(top: dict[str, Any]) -> Iterator[tuple[int, str]]:
    cells = top.get("cells")
    if not isinstance(cells, list):
        if "worksheets" in top:
            raise SubmissionError("is in a form of before 2014; save it again")
        raise _no_notebook()
    number = 0
    for cell in cells:
        if not isinstance(cell, dict):
            raise _no_notebook()
        if cell.get("cell_type") != "code":
            continue
        number += 1
        source = cell.get("source", "")
        if isinstance(source, list) and all(isinstance(s, str) for s in source):
            source = "".join(source)
        if not isinstance(source, str):
            raise _no_notebook()
        yield number, source
