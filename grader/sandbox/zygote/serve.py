"""The worker's loop: a frame in, the student's code, a frame out."""

from __future__ import annotations

import builtins
import linecache
import os
import socket
import sys
import time
from importlib.machinery import BuiltinImporter, FrozenImporter
from typing import TYPE_CHECKING, Any

import numpy as np

from . import wire
from .shared import Shared
from .student import Submission, Wanted

if TYPE_CHECKING:
    from collections.abc import Callable

# See wire.py: student code may replace builtins, not this copy.
__builtins__ = dict(vars(builtins))  # type: ignore[assignment]

OUT_OF_MEMORY = 77  # exit status: not even an error report could be made

_ndarray = np.ndarray
CHANGEABLE = (_ndarray, list, tuple)  # a tuple may hold arrays

_REHEARSAL = b"def layer(x, stride=1):\n    return x * stride\n"
_REHEARSALS = 20  # more than CPython's wait before it adapts a function to its use

_MOMENT = 0.004  # seconds

_exit, _now = os._exit, time.monotonic
_header, _HEADER_SIZE, _CHUNK = wire.HEADER.unpack_from, wire.HEADER.size, 1 << 16


class Channel:
    """Blocking frames over a connected socket.

    What can be read at once is most often a whole frame, and the next ones where the
    grader has sent some ahead. What is answered to these within a moment goes back
    together, since every message wakes the grader; but not later than a function runs
    for the first time, which may hang.
    """

    def __init__(self, sock: socket.SocketType) -> None:
        self._receive, self._receive_into = sock.recv, sock.recv_into
        self._send = sock.sendall
        self._nonce = bytes(16)
        self._ahead = b""
        self._answers: list[bytes] = []
        self._told = 0.0  # when the grader was waited for, or answered, last

    def receive(self) -> tuple[int, bytes]:
        """Return the next request, or leave the process when there is none."""
        data = self._ahead
        if not data:
            data = self._receive(_CHUNK)
            self._told = _now()
        while len(data) < _HEADER_SIZE:
            data += self._receive(_CHUNK) or _exit(0)
        magic, kind, self._nonce, length = _header(data)
        if magic != wire.MAGIC:
            _exit(1)
        end = _HEADER_SIZE + length
        payload, self._ahead = data[_HEADER_SIZE:end], data[end:]
        return kind, payload if len(payload) == length else self._rest(payload, length)

    def send(self, kind: int, payload: bytes) -> None:
        """Answer the request received last."""
        head = wire.HEADER.pack(wire.MAGIC, kind, self._nonce, len(payload))
        if len(payload) >= _CHUNK:
            self.flush()
            self._send(head)
            self._send(payload)
            return
        self._answers.append(head + payload)
        if not self._ahead or _now() - self._told > _MOMENT:
            self.flush()

    def flush(self) -> None:
        """Let the grader have all answers."""
        if self._answers:
            self._send(b"".join(self._answers))
            self._answers.clear()
            self._told = _now()

    def _rest(self, begun: bytes, length: int) -> bytes:
        """Return a payload of which only the beginning has come yet."""
        buffer = bytearray(length)
        buffer[: len(begun)] = begun
        view = memoryview(buffer)[len(begun) :]
        while view:
            count = self._receive_into(view)
            if not count:
                _exit(0)
            view = view[count:]
        return bytes(buffer)


class _Given:
    """An argument that a function could change, as it was given.

    Parameters
    ----------
    value : ndarray, list or tuple
        The argument.
    payload : bytes
        Holds the same as it came.
    start, end : int
        From where to where.
    """

    __slots__ = ("_dtype", "_end", "_payload", "_shape", "_start", "_value")

    def __init__(self, value: Any, payload: bytes, start: int, end: int) -> None:
        self._value, self._payload = value, payload
        self._start, self._end = start, end
        if type(value) is _ndarray:
            self._shape, self._dtype = value.shape, value.dtype

    def changed(self, write: Callable[[object], bytes]) -> bool:
        """Tell whether it is another value by now."""
        value = self._value
        if type(value) is not _ndarray:
            return self._payload[self._start : self._end] != write(value)
        return (
            value.shape != self._shape
            or value.dtype is not self._dtype
            or not self._payload.endswith(value.tobytes(), self._start, self._end)
        )


class Server:
    """Serves one submission; made by the zygote, run by a worker.

    Parameters
    ----------
    sealed : bool
        Whether no file can be opened, so that modules must be asked for.
    """

    def __init__(self, *, sealed: bool = False) -> None:
        self._channel: Channel
        self._sealed = sealed
        self._limit = 0
        self._submission = Submission()
        self._operands: dict[tuple[int, int, int], tuple[Any, Any]] = {}
        self._handlers = {
            wire.START: self._start,
            wire.LOAD: self._load,
            wire.CALL: self._call,
            wire.MATMUL: self._matmul,
        }
        self._begun = b"no call"
        self._called: set[tuple[str, str]] = set()
        self._target: tuple[str, str, int, tuple[str, ...]]
        self._last = ""  # the module that ran last
        self.remember()

    def remember(self) -> None:
        """Take this process as it is now for what each module shall find."""
        self._shared = Shared()

    def run(self, channel: Channel) -> None:
        """Serve over `channel` until the grader hangs up or kills this process."""
        self._channel, handlers = channel, self._handlers
        while True:
            kind, payload = self._channel.receive()
            try:
                handlers[kind](wire.Reader(payload), payload)
            except MemoryError:
                _exit(OUT_OF_MEMORY)

    def _start(self, reader: wire.Reader, _payload: bytes) -> None:
        seed, self._limit, names = reader.read(), reader.read(), reader.read()
        files = {name: reader.read().tobytes() for name in names}
        hopeless = reader.read()
        self._seed = seed
        self._submission.deliver(files)
        if self._sealed:
            wanted = Wanted(self._want, hopeless)
            sys.meta_path[:] = [BuiltinImporter, FrozenImporter, wanted]
            sys.path.clear()
            # Kept, not freed: to free what is shared with the zygote is to copy it.
            self._unused = sys.path_importer_cache
            sys.path_importer_cache = {}
        self._channel.send(wire.RETURNED, b"")

    def _want(self, name: str) -> None:
        self._channel.send(wire.WANTS, self._values(name))
        self._leave()

    def _leave(self) -> None:
        self._channel.flush()
        _exit(0)

    def _turn_to(self, module: str) -> None:
        """Go on with a module, unless another one has left its traces here."""
        if not self._last:
            self._shared.begin()
        elif self._last != module and not self._shared.unchanged():
            self._channel.send(wire.SPENT, b"")
            self._leave()
        self._last = module

    def _load(self, reader: wire.Reader, _payload: bytes) -> None:
        module = reader.read()
        self._turn_to(module)
        seed_everything(self._seed)
        try:
            self._submission.load(module)
        except BaseException as error:  # noqa: BLE001 - student code: anything may come
            self._raised(error)
        else:
            self._channel.send(wire.RETURNED, self._values((), None))

    def _call(self, reader: wire.Reader, payload: bytes) -> None:
        module, name, positional, names = self._target_of(reader, payload)
        if module != self._last:
            self._turn_to(module)
        values, given, read = [], [], reader.read
        for number in range(positional + len(names)):
            start = reader.position
            value = read()
            values.append(value)
            if type(value) in CHANGEABLE:
                given.append((number, _Given(value, payload, start, reader.position)))
        try:
            function = self._submission.function(module, name)
            if function is None:
                available = self._submission.public_callables(module)
                self._channel.send(wire.MISSING, self._values(available))
                return
            keywords = dict(zip(names, values[positional:], strict=True))
            value = function(*values[:positional], **keywords)
            numbers = [n for n, argument in given if argument.changed(self._values)]
            changed = tuple(
                [
                    f"argument {n + 1}" if n < positional else names[n - positional]
                    for n in numbers
                ]
            )
            answer = self._answer(changed, value)
        except BaseException as error:  # noqa: BLE001 - student code: anything may come
            self._raised(error)
        else:
            self._channel.send(wire.RETURNED, answer)

    def _target_of(
        self, reader: wire.Reader, payload: bytes
    ) -> tuple[str, str, int, tuple[str, ...]]:
        """Return module, function, and how its arguments are passed.

        Calls come in rows of the same target. Every value tells where it ends, so the
        bytes that meant the last target mean the same one again.
        """
        if not payload.startswith(self._begun):
            self._target = reader.read(), reader.read(), reader.read(), reader.read()
            self._begun = payload[: reader.position]
            if self._target[:2] not in self._called:
                self._called.add(self._target[:2])
                self._channel.flush()
        reader.position = len(self._begun)
        return self._target

    def _matmul(self, reader: wire.Reader, _payload: bytes) -> None:
        rows, inner, columns = reader.read(), reader.read(), reader.read()
        if (rows, inner, columns) not in self._operands:
            operands = np.ones((rows, inner)), np.ones((inner, columns))
            self._operands[rows, inner, columns] = operands
        left, right = self._operands[rows, inner, columns]
        left @ right
        self._channel.send(wire.RETURNED, self._values((), None))

    def _raised(self, error: BaseException) -> None:
        report = self._submission.report(error)
        self._channel.send(wire.RAISED, self._values(*report))

    def _answer(self, changed: tuple[str, ...], value: object) -> bytes:
        try:
            return self._values(changed, value)
        except wire.TooLargeError:
            size = f"{self._limit >> 20} MB or {wire.MAX_TOTAL} values"
            writer = wire.Writer(self._limit, describe_others=True).add(changed)
            writer.add_description(f"an answer of more than {size}")
            return writer.payload()

    def _values(self, *values: object) -> bytes:
        writer = wire.Writer(self._limit, describe_others=True)
        for value in values:
            writer.add(value)
        return writer.payload()


def rehearse() -> None:
    """Serve a module of ours a few times.

    What Python and numpy make ready on first use, or adapt after some, is then in the
    zygote, and no worker has to do it again.
    """
    server = Server()
    server._limit = 1 << 16
    ours, theirs = socket.socketpair()
    server._channel = Channel(theirs)
    source = np.frombuffer(_REHEARSAL, np.uint8)
    start = server._values(0, 1 << 16, ("rehearsal.py",), source, ())
    load = server._values("rehearsal")
    arguments = np.ones((2, 1, 3, 3)), 1
    call = server._values("rehearsal", "layer", 0, ("x", "stride"), *arguments)
    for _ in range(_REHEARSALS):
        server._start(wire.Reader(start), start)
        server._load(wire.Reader(load), load)
        server._call(wire.Reader(call), call)
        ours.recv(1 << 16)
    del sys.modules["rehearsal"]
    linecache.clearcache()
    ours.close()
    theirs.close()


def seed_everything(seed: int) -> None:
    """Seed the generators that are loaded; every fork shares the zygote's state."""
    if (random := sys.modules.get("random")) is not None:
        random.seed(seed)
    if (numpy_random := sys.modules.get("numpy.random")) is not None:
        numpy_random.seed(seed % 2**32)


def forget_ourselves() -> None:
    """Leave the names of these modules to the submission's own files."""
    sys.argv[:] = [""]
    package = __name__.partition(".")[0]
    for name in vars(sys.modules.pop(package)):
        sys.modules.pop(f"{package}.{name}", None)
