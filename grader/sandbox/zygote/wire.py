"""Values as bytes: a small tagged format, read without trusting who wrote it.

A frame is a fixed header (magic, kind, nonce, length) and a payload. The payload is a
row of tagged values::

    N T F       None, True, False
    i f s       int (length, two's complement), float (8 bytes), str (length, UTF-8)
    t l         tuple, list (count, items)
    a           array (dtype, ndim, shape, C-ordered little-endian cells)
    U           something that is not a value (a description)

The same file serves the grader and the worker. In the worker, student code may replace
anything it can reach, so types are told by identity and builtins are kept privately.
"""

from __future__ import annotations

import builtins
import math
import struct
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

# Functions look up builtins in this copy: `builtins.len = None` in student code
# changes nothing here.
__builtins__ = dict(vars(builtins))  # type: ignore[assignment]

MAGIC = b"cnn1"
HEADER = struct.Struct("<4sB16sQ")
START, LOAD, CALLS, MATMUL = range(1, 5)  # requests
RETURNED, RAISED, MISSING, WANTS, SPENT, ANSWERS = range(65, 71)  # answers

MAX_DEPTH = 4
MAX_ITEMS = 4096  # in one tuple or list
MAX_TOTAL = 65_536  # values in one payload, so that shared lists cannot multiply
MAX_TEXT = 4096  # bytes of a str or an int
MAX_DIMENSIONS = 8
MAX_SIDE = 2**31
_CUT = "the payload ends within a value"

DTYPES = ("b1", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8")
DTYPE = tuple(np.dtype(f"<{name}") for name in DTYPES)
_SIZE = tuple(dtype.itemsize for dtype in DTYPE)
# Several of C's number types may be one of these, and numpy numbers them apart.
CODE = {
    dtype.num: DTYPE.index(dtype)
    for dtype in map(np.dtype, "?bhilqBHILQefdg")
    if dtype in DTYPE
}

_U16 = struct.Struct("<H")
_U32 = struct.Struct("<I")
_F64 = struct.Struct("<d")
_UNPACK_SHAPE = tuple(
    struct.Struct(f"<{n}I").unpack_from for n in range(MAX_DIMENSIONS + 1)
)
_HEADS = tuple(struct.Struct(f"<3B{n}I") for n in range(MAX_DIMENSIONS + 1))

_ndarray, _uint8 = np.ndarray, np.uint8
_bool = np.bool_
_INTEGERS = {np.dtype(letter).type for letter in "bhilqBHILQ"}
_FLOATS = {np.float16, np.float32, np.float64}
_type_name, _prod = vars(type)["__name__"].__get__, math.prod
_pack_u16, _pack_u32, _pack_f64 = _U16.pack, _U32.pack, _F64.pack
_unpack_u16, _unpack_u32 = _U16.unpack_from, _U32.unpack_from
_unpack_f64 = _F64.unpack_from


class MalformedError(ValueError):
    """These bytes are no value."""


class TooLargeError(ValueError):
    """The value does not fit into one payload."""


class NotAValueError(TypeError):
    """No such array can cross."""


def array_as_bytes(array: np.ndarray[Any, Any], limit: int) -> tuple[bytes, bytes]:
    """Return what stands before an array's cells, and these in at most `limit` bytes.

    Raises
    ------
    NotAValueError
        If it is no value.
    """
    dtype, shape = array.dtype, array.shape
    code = CODE.get(dtype.num)
    if code is None:
        raise NotAValueError(f"an ndarray of dtype {dtype}")
    if len(shape) > MAX_DIMENSIONS:
        raise NotAValueError(f"an ndarray of {len(shape)} dimensions")
    if shape and max(shape) >= MAX_SIDE:
        raise NotAValueError("an ndarray with an impossible side")
    if array.nbytes > limit:  # before copying: a view may be far larger
        raise NotAValueError(f"an ndarray of {array.nbytes} bytes")
    # A dtype has one object as a rule; to compare two takes longer.
    if dtype is not DTYPE[code] and dtype != DTYPE[code]:
        array = array.astype(DTYPE[code])  # the other byte order
    head = _HEADS[len(shape)].pack(97, code, len(shape), *shape)
    return head, array.tobytes()


class Writer:
    """Collects values as bytes.

    Parameters
    ----------
    limit : int
        The size of a payload.
    describe_others : bool
        Write a description in place of what is not a value; otherwise raise
        TypeError.
    """

    __slots__ = ("_count", "_describe_others", "_limit", "_parts", "_size")

    def __init__(self, limit: int, *, describe_others: bool = False) -> None:
        self._parts: list[bytes] = []
        self._size = 0
        self._count = 0
        self._limit = limit
        self._describe_others = describe_others

    def add(self, value: object) -> Writer:
        """Append one value."""
        self._write(value, 0)
        return self

    def add_description(self, description: str) -> None:
        """Append a description in place of something that is not a value."""
        self._other(description)

    def payload(self) -> bytes:
        """Return everything appended so far."""
        return b"".join(self._parts)

    def _put(self, part: bytes) -> None:
        self._size += len(part)
        if self._size > self._limit:
            raise TooLargeError
        self._parts.append(part)

    def _other(self, description: str) -> None:
        if not self._describe_others:
            message = f"{description} cannot cross to a worker"
            raise TypeError(message)
        text = description[:200].encode("utf-8", "backslashreplace")
        self._put(b"U" + _pack_u32(len(text)) + text)

    def _write(self, value: Any, depth: int) -> None:  # noqa: C901 - one branch a tag
        self._count += 1
        if self._count > MAX_TOTAL:
            raise TooLargeError
        kind = type(value)
        if kind is _ndarray:
            self._write_array(value)
        elif kind is int:
            self._write_int(value)
        elif kind is str:
            self._write_str(value)
        elif kind is tuple or kind is list:
            self._write_items(value, b"t" if kind is tuple else b"l", depth)
        elif value is None:
            self._put(b"N")
        elif kind is bool or kind is _bool:
            self._put(b"T" if value else b"F")
        elif kind is float:
            self._put(b"f" + _pack_f64(value))
        elif kind in _INTEGERS:
            self._write_int(int(value))
        elif kind in _FLOATS:
            self._put(b"f" + _pack_f64(float(value)))
        else:
            self._other(_with_article(_type_name(kind)))

    def _write_int(self, value: int) -> None:
        length = value.bit_length() // 8 + 1
        if length > MAX_TEXT:
            self._other(f"an int of {length * 8} bits")
            return
        self._put(
            b"i" + _pack_u16(length) + value.to_bytes(length, "little", signed=True)
        )

    def _write_str(self, value: str) -> None:
        text = value[: MAX_TEXT + 1].encode("utf-8", "surrogatepass")
        if len(text) > MAX_TEXT:
            self._other(f"a str of {len(value)} characters")
            return
        self._put(b"s" + _pack_u32(len(text)) + text)

    def _write_items(
        self, value: list[object] | tuple[object, ...], tag: bytes, depth: int
    ) -> None:
        name = "tuple" if tag == b"t" else "list"
        items = tuple(value)
        if depth == MAX_DEPTH:
            self._other(f"a {name} nested more than {MAX_DEPTH} deep")
        elif len(items) > MAX_ITEMS:
            self._other(f"a {name} of {len(items)} items")
        else:
            self._put(tag + _pack_u16(len(items)))
            for item in items:
                self._write(item, depth + 1)

    def _write_array(self, array: np.ndarray[Any, Any]) -> None:
        try:
            head, cells = array_as_bytes(array, self._limit)
        except NotAValueError as error:
            self._other(str(error))
        else:
            self._put(head)
            self._put(cells)


class Reader:
    """Reads values back, checking every size before it is believed.

    Parameters
    ----------
    payload : bytes-like
        What came.
    unsupported : callable, optional
        Makes a stand-in from a description; without it, a description is malformed.
    """

    __slots__ = ("_count", "_payload", "_size", "_unsupported", "position")

    def __init__(
        self,
        payload: bytes | bytearray,
        unsupported: Callable[[str], object] | None = None,
    ) -> None:
        self._payload = payload
        self._size = len(payload)
        self._unsupported = unsupported
        self._count = 0
        self.position = 0

    def end(self) -> None:
        """Require that nothing is left."""
        if self.position != self._size:
            message = "bytes after the last value"
            raise MalformedError(message)

    def _skip(self, size: int) -> int:
        """Step over the next `size` bytes, and return where they start."""
        start = self.position
        if size > self._size - start:
            raise MalformedError(_CUT)
        self.position = start + size
        return start

    def _text(self) -> str:
        (length,) = _unpack_u32(self._payload, self._skip(4))
        if length > MAX_TEXT:
            message = "an overlong text"
            raise MalformedError(message)
        start = self._skip(length)
        try:
            return str(self._payload[start : start + length], "utf-8", "surrogatepass")
        except UnicodeDecodeError as error:
            message = "a text that is not UTF-8"
            raise MalformedError(message) from error

    def read(self, depth: int = 0) -> Any:  # noqa: C901, PLR0911 - one branch a tag
        """Return the next value; `depth` says within how many others it stands."""
        self._count += 1
        if self._count > MAX_TOTAL:
            message = "too many values"
            raise MalformedError(message)
        start = self.position
        if start >= self._size:
            raise MalformedError(_CUT)
        self.position = start + 1
        tag = self._payload[start]
        if tag == 97:
            return self._array()
        if tag == 105:
            return self._int()
        if tag == 115:
            return self._text()
        if tag in (116, 108) and depth < MAX_DEPTH:
            (count,) = _unpack_u16(self._payload, self._skip(2))
            if count > MAX_ITEMS:
                message = "too many items"
                raise MalformedError(message)
            items = [self.read(depth + 1) for _ in range(count)]
            return tuple(items) if tag == 116 else items
        if tag == 102:
            return _unpack_f64(self._payload, self._skip(8))[0]
        if tag == 78:
            return None
        if tag == 84:
            return True
        if tag == 70:
            return False
        if tag == 85 and self._unsupported is not None:
            return self._unsupported(self._text())
        message = "an unknown tag"
        raise MalformedError(message)

    def _int(self) -> int:
        (length,) = _unpack_u16(self._payload, self._skip(2))
        if not 0 < length <= MAX_TEXT:
            message = "an overlong int"
            raise MalformedError(message)
        start = self._skip(length)
        digits = self._payload[start : start + length]
        return int.from_bytes(digits, "little", signed=True)

    def _array(self) -> np.ndarray[Any, Any]:
        payload, size, start = self._payload, self._size, self.position
        if size - start < 2:
            raise MalformedError(_CUT)
        code, dimensions = payload[start], payload[start + 1]
        if code >= len(DTYPE) or dimensions > MAX_DIMENSIONS:
            message = "an unknown kind of array"
            raise MalformedError(message)
        cells = start + 2 + 4 * dimensions
        if cells > size:
            raise MalformedError(_CUT)
        shape = _UNPACK_SHAPE[dimensions](payload, start + 2)
        if shape and max(shape) >= MAX_SIDE:
            message = "an array with an impossible side"
            raise MalformedError(message)
        self.position = end = cells + _prod(shape) * _SIZE[code]
        if end > size:
            raise MalformedError(_CUT)
        array: np.ndarray[Any, Any]
        try:
            # Either way the receiver gets an aligned, writable array of its own.
            if code == 0:  # any byte but 0 is True, as numpy has it
                array = _ndarray(shape, _uint8, payload, cells).astype(_bool)
            else:
                array = _ndarray(shape, DTYPE[code], payload, cells).copy()
        except ValueError as error:  # an empty array with sides too long to multiply
            message = "an array of impossible shape"
            raise MalformedError(message) from error
        return array


def _with_article(name: str) -> str:
    return f"{'an' if name[:1] in 'aeiouAEIOU' else 'a'} {name}"
