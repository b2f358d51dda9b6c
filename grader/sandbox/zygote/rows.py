"""Rows of calls as bytes: written by the grader, read by the worker, who trusts it.

What has no array in it crosses as Python's own `marshal` writes it, which both sides'
equal Python reads in one go. Arrays stand beside it, as their cells, from which the
worker makes its own and tells later whether they have been changed. The few lists, and
tuples that hold either, cross as any answer does (see `wire`).

A row is of one module; what is sent at once are the rows of several. The answers come
back in groups, each to a part of one row: which row that is and how many there are,
then of each its kind, its length and what `wire` made of it.
"""

from __future__ import annotations

import builtins
import marshal
import struct
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from . import wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

# See wire.py: student code may replace builtins, not this copy.
__builtins__ = dict(vars(builtins))  # type: ignore[assignment]

_loads = marshal.loads
_ndarray, _uint8, _bool, _dtypes = np.ndarray, np.uint8, np.bool_, wire.DTYPE
_PLAIN = (int, float, bool, str, type(None))


GROUP = struct.Struct("<HI")
ANSWER = struct.Struct("<BI")
_HEADS = struct.Struct("<I")

Described: TypeAlias = (
    "tuple[str, str, list[Any], dict[str, Any], Arrays, Others, bool]"
)
"""A call: module, function, arguments and arguments by name. In place of each of the
arrays and others, which follow, there stands None. Last, whether somebody wants to know
which of them have been changed."""

Arrays: TypeAlias = "tuple[tuple[Key, int, tuple[int, ...], bytes], ...]"
"""Of a call: place or name, number of the dtype, shape, cells."""

Others: TypeAlias = "tuple[tuple[Key, bytes], ...]"
"""Lists, and tuples with such values in them, as `wire` writes them."""

Key: TypeAlias = Any
"""A place, counted from 0, or a name."""


def describe(
    module: str,
    function: str,
    args: tuple[Any, ...],
    kwargs: Mapping[str, Any],
    limit: int,
    *,
    watched: bool = True,
) -> Described:
    """Return the call of a module's function, ready to be sent.

    Parameters
    ----------
    module, function, args, kwargs
        The call.
    limit : int
        How many bytes it may take.
    watched : bool, optional
        Whether it is to be told which arguments it has changed.

    Raises
    ------
    TypeError
        If an argument is no value.
    TooLargeError
        If they do not fit into one payload.
    """
    writer = wire.Writer(limit)  # counts what `marshal` would not
    plain, named = list(args), dict(kwargs)
    arrays, others = [], []
    for key, value in (*enumerate(args), *kwargs.items()):
        writer.add(value)
        if type(value) is np.ndarray:
            arrays.append((key, *_parts(value)))
        elif not _is_plain(value):
            others.append((key, wire.Writer(limit).add(value).payload()))
        else:
            continue
        _put(plain, named, key, None)
    return module, function, plain, named, tuple(arrays), tuple(others), watched


def pack(calls: Sequence[Described]) -> bytes:
    """Return a row of calls as bytes."""
    return marshal.dumps(tuple(calls))


def unpack(row: bytes | memoryview) -> tuple[Described, ...]:
    """Return the calls of a row."""
    return _loads(row)  # type: ignore[no-any-return]


def join(rows: Sequence[tuple[str, bool, bytes]]) -> bytes:
    """Return rows as they are sent: of each the module, whether to load it, its calls.

    Where it is to be loaded, that is answered first, and nothing else if it fails.
    """
    heads = marshal.dumps(tuple((module, load, len(row)) for module, load, row in rows))
    return b"".join([_HEADS.pack(len(heads)), heads, *(row for _, _, row in rows)])


def split(
    payload: bytes | bytearray | memoryview,
) -> Iterator[tuple[str, bool, memoryview]]:
    """Yield the rows that came in: views, since a copy costs the worker fresh pages."""
    view = memoryview(payload)
    end = _HEADS.size + _HEADS.unpack_from(view)[0]
    for module, load, size in _loads(view[_HEADS.size : end]):
        yield module, load, view[end : end + size]
        end += size


def _is_plain(value: object) -> bool:
    """Tell whether a value cannot be changed, nor anything within."""
    if type(value) is tuple:
        return all(map(_is_plain, value))
    return type(value) in _PLAIN


def _parts(array: np.ndarray[Any, Any]) -> tuple[int, tuple[int, ...], bytes]:
    code = wire.CODE[array.dtype.num]
    return code, array.shape, array.astype(_dtypes[code], copy=False).tobytes()


def take(call: Described) -> list[np.ndarray[Any, Any]]:
    """Put what stands beside a call among its arguments; return the arrays.

    Each is aligned, writable, and the function's own.
    """
    _, _, args, kwargs, arrays, others, _ = call
    taken = []
    for key, code, shape, cells in arrays:
        array: np.ndarray[Any, Any]
        if code:
            array = _ndarray(shape, _dtypes[code], cells).copy()
        else:
            array = _ndarray(shape, _uint8, cells).astype(_bool)
        if type(key) is int:
            args[key] = array
        else:
            kwargs[key] = array
        taken.append(array)
    for key, body in others:
        _put(args, kwargs, key, wire.Reader(body).read())
    return taken


def changed(
    call: Described,
    taken: list[np.ndarray[Any, Any]],
    write: Callable[[object], bytes],
) -> tuple[str, ...]:
    """Return the arguments that are other values by now, where that is wanted.

    Parameters
    ----------
    call : tuple
        The call.
    taken : list of ndarray
        What `take` returned.
    write : callable
        Writes a value as `wire` does, whatever it holds.
    """
    _, _, args, kwargs, arrays, others, watched = call
    if not watched:
        return ()
    found: list[Key] = []
    for array, (key, code, shape, cells) in zip(taken, arrays):  # noqa: B905
        if (
            array.tobytes() != cells
            or array.shape != shape
            or array.dtype is not _dtypes[code]
        ):
            found.append(key)
    for key, body in others:
        if write(args[key] if type(key) is int else kwargs[key]) != body:
            found.append(key)
    if not found:
        return ()
    order = (*range(len(args)), *kwargs)
    return tuple([_called(key) for key in order if key in found])


def _put(args: list[Any], kwargs: dict[str, Any], key: Key, value: object) -> None:
    if type(key) is int:
        args[key] = value
    else:
        kwargs[key] = value


def _called(key: Key) -> str:
    return f"argument {key + 1}" if type(key) is int else key
