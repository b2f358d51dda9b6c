"""A row of calls as bytes: written by the grader, read by the worker, who trusts it.

What has no array in it crosses as Python's own `marshal` writes it, which both sides'
equal Python reads in one go. Arrays stand beside it, as their cells, from which the
worker makes its own and tells later whether they have been changed. The few lists, and
tuples that hold either, cross as any answer does (see `wire`).

The answers come back in groups: how many there are, then of each its kind, its length
and what `wire` made of it.
"""

from __future__ import annotations

import builtins
import marshal
import struct
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from . import wire

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

# See wire.py: student code may replace builtins, not this copy.
__builtins__ = dict(vars(builtins))  # type: ignore[assignment]

_loads = marshal.loads
_ndarray, _uint8, _bool, _dtypes = np.ndarray, np.uint8, np.bool_, wire.DTYPE
_PLAIN = (int, float, bool, str, type(None))


COUNT = struct.Struct("<I")
ANSWER = struct.Struct("<BI")

Described: TypeAlias = tuple[Any, ...]
"""A call, all of it as `marshal` can write it."""


def describe(
    module: str,
    function: str,
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
    limit: int,
) -> Described:
    """Return the call of a module's function, ready to be sent.

    Raises
    ------
    TypeError
        If an argument is no value.
    TooLargeError
        If they do not fit into one payload.
    """
    values: list[object] = [*args, *kwargs.values()]
    writer = wire.Writer(limit)  # counts what `marshal` would not
    arrays, others = [], []
    for number, value in enumerate(values):
        writer.add(value)
        if type(value) is np.ndarray:
            arrays.append((number, *_parts(value)))
            values[number] = None
        elif not _is_plain(value):
            others.append((number, wire.Writer(limit).add(value).payload()))
            values[number] = None
    names = tuple(kwargs)
    return module, function, len(args), names, values, tuple(arrays), tuple(others)


def pack(calls: Sequence[Described]) -> bytes:
    """Return calls as they are sent."""
    return marshal.dumps(tuple(calls))


def unpack(payload: bytes) -> tuple[Described, ...]:
    """Return the calls that came in."""
    return _loads(payload)  # type: ignore[no-any-return]


def _is_plain(value: object) -> bool:
    """Tell whether a value cannot be changed, nor anything within."""
    if type(value) is tuple:
        return all(map(_is_plain, value))
    return type(value) in _PLAIN


def _parts(array: np.ndarray[Any, Any]) -> tuple[int, tuple[int, ...], bytes]:
    code = wire.CODE[array.dtype.num]
    return code, array.shape, array.astype(_dtypes[code], copy=False).tobytes()


class Call:
    """A call that came in, and what its arguments were.

    Parameters
    ----------
    described : tuple
        As `describe` made it, and `unpack` returned it.

    Attributes
    ----------
    module, function : str
        What to call.
    args : list
        Positional arguments.
    kwargs : dict
        Arguments by name.
    """

    __slots__ = (
        "_arrays",
        "_names",
        "_others",
        "_values",
        "args",
        "function",
        "kwargs",
        "module",
    )

    def __init__(self, described: Described) -> None:
        (
            self.module,
            self.function,
            positional,
            self._names,
            self._values,
            self._arrays,
            self._others,
        ) = described
        values = self._values
        for number, code, shape, cells in self._arrays:
            # Aligned, writable, and the function's own.
            if code == 0:
                values[number] = _ndarray(shape, _uint8, cells).astype(_bool)
            else:
                values[number] = _ndarray(shape, _dtypes[code], cells).copy()
        for number, body in self._others:
            values[number] = wire.Reader(body).read()
        self.args = values[:positional]
        self.kwargs = dict(zip(self._names, values[positional:], strict=True))

    def changed(self, write: Callable[[object], bytes]) -> tuple[str, ...]:
        """Return the arguments that are other values by now.

        Parameters
        ----------
        write : callable
            Writes a value as `wire` does, whatever it holds.
        """
        values = self._values
        found = [
            number
            for number, code, shape, cells in self._arrays
            if not _holds(values[number], code, shape, cells)
        ]
        found += [n for n, body in self._others if write(values[n]) != body]
        if not found:
            return ()
        positional = len(self.args)
        return tuple(
            [
                f"argument {n + 1}" if n < positional else self._names[n - positional]
                for n in sorted(found)
            ]
        )


def _holds(array: Any, code: int, shape: tuple[int, ...], cells: bytes) -> bool:
    """Tell whether an array still is what it was given as."""
    return (
        array.dtype is _dtypes[code]
        and array.shape == shape
        and bool(array.tobytes() == cells)
    )
