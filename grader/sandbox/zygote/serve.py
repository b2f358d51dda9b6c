"""The worker's loop: a frame in, the student's code, a frame out."""

from __future__ import annotations

import builtins
import linecache
import marshal
import os
import socket
import sys
from importlib.machinery import BuiltinImporter, FrozenImporter
from typing import Any

import numpy as np

from . import rows, wire
from .channel import Channel, Payload
from .shared import Shared
from .student import Submission, Wanted

# See wire.py: student code may replace builtins, not this copy.
__builtins__ = dict(vars(builtins))  # type: ignore[assignment]

OUT_OF_MEMORY = 77  # exit status: not even an error report could be made

_ndarray = np.ndarray
_TODO = "NotImplementedError"  # what a skeleton raises
_UNCHANGED = b"t\0\0"  # an empty tuple: no argument is another value now

_REHEARSAL = b"def layer(x, stride=1):\n    return x * stride\n"
_REHEARSALS = 20  # more than CPython's wait before it adapts a function to its use

_exit = os._exit


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
            wire.CALLS: self._calls,
            wire.MATMUL: self._matmul,
        }
        # What was answered for functions that are not there yet: it is said again.
        self._unwritten: dict[tuple[str, str], tuple[int, bytes]] = {}
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
                handlers[kind](payload)
            except MemoryError:
                _exit(OUT_OF_MEMORY)

    def _start(self, payload: Payload) -> None:
        self._seed, self._limit, files, hopeless = marshal.loads(payload)
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
        self._channel.flush()
        self._channel.send(wire.WANTS, self._values(name))
        _exit(0)

    def _turn_to(self, module: str) -> None:
        """Go on with a module, unless another one has left its traces here."""
        if not self._last:
            self._shared.begin()
        elif self._last != module and not self._shared.unchanged():
            self._channel.flush()
            self._channel.send(wire.SPENT, b"")
            _exit(0)
        self._last = module

    def _load(self, payload: Payload) -> None:
        self._channel.send(*self._loaded(wire.Reader(bytes(payload)).read()))

    def _loaded(self, module: str) -> tuple[int, bytes]:
        """Load a module; return what is to be answered."""
        self._turn_to(module)
        seed_everything(self._seed)
        try:
            self._submission.load(module)
        except BaseException as error:  # noqa: BLE001 - student code: anything may come
            return wire.RAISED, self._values(*self._submission.report(error))
        return wire.RETURNED, self._values((), None)

    def _calls(self, payload: Payload) -> None:
        for module, load, row in rows.split(payload):
            if self._goes_on(module, load):
                for call in rows.unpack(row):
                    self._call(call)
            self._channel.end_row()
        self._channel.flush()

    def _goes_on(self, module: str, load: bool) -> bool:
        """Load a module where that is asked; tell whether it can be called."""
        if load:
            kind, said = self._loaded(module)
            self._channel.answer(kind, said)
            return kind == wire.RETURNED
        return True

    def _call(self, call: rows.Described) -> None:
        module, name, args, kwargs, _, _, _ = call
        if module != self._last:
            self._turn_to(module)
        answer, unwritten = self._channel.answer, self._unwritten
        if unwritten and (module, name) in unwritten:
            answer(*unwritten[module, name])
            return
        taken = rows.take(call)
        try:
            function = self._submission.function(module, name)
            if function is None:
                available = self._submission.public_callables(module)
                unwritten[module, name] = wire.MISSING, self._values(available)
                answer(*unwritten[module, name])
                return
            value = function(*args, **kwargs)
            changed = rows.changed(call, taken, self._values)
            returned = self._returned(changed, value)
        except BaseException as error:  # noqa: BLE001 - student code: anything may come
            report = self._submission.report(error)
            raised = wire.RAISED, self._values(*report)
            if _TODO in report[1]:
                unwritten[module, name] = raised
            answer(*raised)
        else:
            answer(wire.RETURNED, returned)

    def _matmul(self, payload: Payload) -> None:
        reader = wire.Reader(bytes(payload))
        rows, inner, columns = reader.read(), reader.read(), reader.read()
        if (rows, inner, columns) not in self._operands:
            operands = np.ones((rows, inner)), np.ones((inner, columns))
            self._operands[rows, inner, columns] = operands
        left, right = self._operands[rows, inner, columns]
        left @ right
        self._channel.send(wire.RETURNED, self._values((), None))

    def _returned(self, changed: tuple[str, ...], value: object) -> bytes:
        if type(value) is _ndarray and not changed:
            try:
                head, cells = wire.array_as_bytes(value, self._limit)
            except wire.NotAValueError:
                pass  # it is described, below
            else:
                if len(_UNCHANGED) + len(head) + len(cells) <= self._limit:
                    return b"".join((_UNCHANGED, head, cells))
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
    start = marshal.dumps((0, 1 << 16, {"rehearsal.py": _REHEARSAL}, ()))
    load = server._values("rehearsal")
    arguments = {"x": np.ones((2, 1, 3, 3)), "stride": 1}
    row = rows.pack([rows.describe("rehearsal", "layer", (), arguments, 1 << 16)])
    calls = rows.join([("rehearsal", False, row)])
    for _ in range(_REHEARSALS):
        server._start(start)
        server._load(load)
        server._calls(calls)
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
