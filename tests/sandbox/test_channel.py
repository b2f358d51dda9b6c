"""Whatever a worker sends, the grader gets a reply: no exception, no big allocation."""

from __future__ import annotations

import os
import socket
import threading
import time
import tracemalloc
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.limits import Limits
from grader.reply import Crashed, Missing, Raised, Returned, TimedOut
from grader.sandbox import Isolation
from grader.sandbox.channel import Channel, Expired, Forged
from grader.sandbox.source import Ending, Handle
from grader.sandbox.worker import Worker
from grader.sandbox.zygote import wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REPLIES = (Crashed, Missing, Raised, Returned, TimedOut)
LIMITS = Limits(call_seconds=5, payload_mb=1)
KINDS = [wire.RETURNED, wire.RAISED, wire.MISSING, wire.WANTS]


def frame(kind: int, payload: bytes, nonce: bytes, length: int | None = None) -> bytes:
    size = len(payload) if length is None else length
    return wire.HEADER.pack(wire.MAGIC, kind, nonce, size) + payload


def ready(nonce: bytes) -> bytes:
    return frame(wire.RETURNED, b"", nonce)


class Scripted:
    """A source of workers that answer each request as the script says, then hang up."""

    isolation = Isolation("process", ())

    def __init__(self, script: Callable[[bytes], bytes]) -> None:
        self._script = script
        self._thread: threading.Thread | None = None

    def spawn(self) -> Handle:
        ours, theirs = socket.socketpair()
        self._thread = threading.Thread(target=self._serve, args=(theirs,))
        self._thread.start()
        return Handle(os.getpid(), ours)

    def _serve(self, sock: socket.socket) -> None:
        with sock, suppress(OSError):
            for answer in (ready, self._script):
                head = sock.recv(wire.HEADER.size, socket.MSG_WAITALL)
                _, _, nonce, length = wire.HEADER.unpack(head)
                sock.recv(length, socket.MSG_WAITALL)
                sock.sendall(answer(nonce))

    def reap(self, handle: Handle, *, patience: bool) -> Ending:
        assert self._thread is not None
        self._thread.join()
        return Ending(0)

    def load(self, name: str) -> None:
        """Take no notice."""

    def restart(self, failed: Handle) -> None:
        """Take no notice."""

    def close(self) -> None:
        """Take no notice."""


def reply_to(script: Callable[[bytes], bytes]) -> object:
    with Worker(Scripted(script), {}, 0, LIMITS) as worker:
        return worker.load("m")


def payload_of(*values: object) -> bytes:
    writer = wire.Writer(1 << 20, describe_others=True)
    for value in values:
        writer.add(value)
    return writer.payload()


payloads = st.one_of(
    st.binary(max_size=100),
    st.just(payload_of((), None)),
    st.just(payload_of("E", ("E",), "text", (("m.py", 1, "f", "x"),))),
    st.just(payload_of(("name",))),
)


@pytest.fixture
def answered() -> Iterator[Callable[[Callable[[list[bytes]], bytes]], Channel]]:
    """Return a function: two requests, and all that comes back at once."""
    ours, theirs = socket.socketpair()

    def send(script: Callable[[list[bytes]], bytes]) -> Channel:
        channel = Channel(ours, 1 << 10)
        channel.send(wire.CALL, (b"", b""), time.monotonic() + 5)
        size = wire.HEADER.size
        asked = theirs.recv(2 * size, socket.MSG_WAITALL)
        nonces = [wire.HEADER.unpack_from(asked, at)[2] for at in (0, size)]
        theirs.sendall(script(nonces))
        return channel

    yield send
    ours.close()
    theirs.close()


def test_what_came_along_is_taken_too(answered) -> None:
    def both(nonces: list[bytes]) -> bytes:
        second = frame(wire.WANTS, b"second", nonces[1])
        return frame(wire.RETURNED, b"first", nonces[0]) + second

    answers = answered(both).receive_some(time.monotonic() + 5)

    assert answers == [(wire.RETURNED, b"first"), (wire.WANTS, b"second")]


@pytest.mark.parametrize(
    ("second", "fails"),
    [
        (lambda nonce: b"", Expired),
        (lambda nonce: frame(wire.RETURNED, b"second", nonce)[:-1], Expired),
        (lambda nonce: frame(wire.RETURNED, b"second", bytes(16)), Forged),
        (lambda nonce: frame(wire.RETURNED, b"", nonce, 1 << 20), Forged),
        (lambda nonce: frame(wire.RETURNED, b"second", nonce) + b"?", Forged),
        (lambda nonce: frame(wire.RETURNED, b"second", nonce) * 2, Forged),
        (lambda nonce: b"CNN1" + frame(wire.RETURNED, b"", nonce)[4:], Forged),
    ],
    ids=["none", "cut", "nonce", "length", "more", "twice", "magic"],
)
def test_what_is_not_sound_spoils_no_answer_before_it(answered, second, fails) -> None:
    channel = answered(
        lambda nonces: frame(wire.RETURNED, b"first", nonces[0]) + second(nonces[1])
    )

    assert channel.receive_some(time.monotonic() + 5) == [(wire.RETURNED, b"first")]
    with pytest.raises(fails):
        channel.receive_some(time.monotonic() + 0.1)


@given(payloads, st.sampled_from(KINDS), st.data())
@settings(max_examples=200, deadline=None)
def test_any_garbled_frame_is_a_reply(
    payload: bytes, kind: int, data: st.DataObject
) -> None:
    place = data.draw(st.integers(0, wire.HEADER.size + len(payload) - 1))
    value = data.draw(st.integers(0, 255))
    cut = data.draw(st.none() | st.integers(0, wire.HEADER.size + len(payload)))

    def script(nonce: bytes) -> bytes:
        garbled = bytearray(frame(kind, payload, nonce))
        garbled[place] = value
        return bytes(garbled[:cut])

    assert isinstance(reply_to(script), REPLIES)


@pytest.mark.parametrize("length", [1 << 20, 1 << 40, 2**64 - 1])
def test_an_announced_length_costs_nothing(length: int) -> None:
    tracemalloc.start()

    reply = reply_to(lambda nonce: frame(wire.RETURNED, b"N", nonce, length))

    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert isinstance(reply, Crashed)
    assert peak < 1 << 22


@pytest.mark.parametrize(
    "values",
    [
        ("E", ("E",), "text", ((1, 1, "f", "x"),)),
        ("E", ("E",), "text", (("m.py", "1", "f", "x"),)),
        ("E", ("E",), "text", (("m.py", 1, "f"),)),
        ("E", ("E",), "text", (("m.py", -1, "f", "x"),)),
        ("E", ("E",), "text", (("m.py", 10**30, "f", "x"),)),
        ("E", ("E",), "text", 5),
        ("E", ("E",), 5, ()),
        ("E", [1], "text", ()),
        (None, ("E",), "text", ()),
        ("E", ("E",), "text", (("m.py", 1, "f", "x"),) * 21),
        ("E", ("E",), "text", (), "more"),
    ],
)
def test_a_misshapen_report_is_no_answer(values: tuple[object, ...]) -> None:
    payload = payload_of(*values)

    reply = reply_to(lambda nonce: frame(wire.RAISED, payload, nonce))

    assert reply == Crashed("sent an answer that is not one")


def test_texts_are_made_safe_and_short() -> None:
    evil = "\x1b[31m\u202e" + "x" * 3000
    row = (evil, 3, evil, evil)
    payload = payload_of(evil, (evil,) * 50, evil, (row,) * 20)

    reply = reply_to(lambda nonce: frame(wire.RAISED, payload, nonce))

    assert isinstance(reply, Raised)
    texts = [reply.type, *reply.bases, reply.message]
    for row_back in reply.frames:
        texts += [row_back.file, row_back.function, row_back.text]
    assert all(text.isprintable() for text in texts)
    assert len("".join(texts)) < 4000


def test_the_nonce_of_another_request_is_no_answer() -> None:
    payload = payload_of((), None)

    reply = reply_to(lambda _: frame(wire.RETURNED, payload, bytes(16)))

    assert reply == Crashed("sent an answer that is not one")


def test_an_honest_answer_is_taken() -> None:
    payload = payload_of(("x",), 7)

    reply = reply_to(lambda nonce: frame(wire.RETURNED, payload, nonce))

    assert isinstance(reply, Returned)
    assert (reply.value, reply.changed) == (7, ("x",))
