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
from grader.sandbox.request import Request, Row
from grader.sandbox.source import Ending, Handle
from grader.sandbox.worker import Worker
from grader.sandbox.zygote import wire
from grader.sandbox.zygote.rows import ANSWER, GROUP

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

    def __init__(self, *script: Callable[[bytes], bytes]) -> None:
        self._script = script
        self._thread: threading.Thread | None = None

    def spawn(self) -> Handle:
        ours, theirs = socket.socketpair()
        self._thread = threading.Thread(target=self._serve, args=(theirs,))
        self._thread.start()
        return Handle(os.getpid(), ours)

    def _serve(self, sock: socket.socket) -> None:
        with sock, suppress(OSError):
            for answer in (ready, *self._script):
                head = sock.recv(wire.HEADER.size, socket.MSG_WAITALL)
                if not head:
                    return
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
def answered() -> Iterator[Callable[[Callable[[bytes], bytes]], Channel]]:
    """Return a function: a request, and all that comes back at once."""
    ours, theirs = socket.socketpair()

    def send(script: Callable[[bytes], bytes]) -> Channel:
        channel = Channel(ours, 1 << 10)
        channel.send(wire.CALLS, b"", time.monotonic() + 5)
        asked = theirs.recv(wire.HEADER.size, socket.MSG_WAITALL)
        theirs.sendall(script(wire.HEADER.unpack(asked)[2]))
        return channel

    yield send
    ours.close()
    theirs.close()


def test_several_messages_may_answer_a_request(answered) -> None:
    channel = answered(
        lambda nonce: (
            frame(wire.ANSWERS, b"first", nonce) + frame(wire.WANTS, b"second", nonce)
        )
    )
    deadline = time.monotonic() + 5

    answers = [channel.receive(deadline), channel.receive(deadline)]
    channel.end()

    assert answers == [(wire.ANSWERS, b"first"), (wire.WANTS, b"second")]


@pytest.mark.parametrize(
    ("second", "fails"),
    [
        (lambda nonce: b"", Expired),
        (lambda nonce: frame(wire.ANSWERS, b"second", nonce)[:-1], Expired),
        (lambda nonce: frame(wire.ANSWERS, b"second", bytes(16)), Forged),
        (lambda nonce: frame(wire.ANSWERS, b"", nonce, 1 << 20), Forged),
        (lambda nonce: b"CNN1" + frame(wire.ANSWERS, b"", nonce)[4:], Forged),
    ],
    ids=["none", "cut", "nonce", "length", "magic"],
)
def test_what_is_not_sound_spoils_no_answer_before_it(answered, second, fails) -> None:
    channel = answered(
        lambda nonce: frame(wire.ANSWERS, b"first", nonce) + second(nonce)
    )

    assert channel.receive(time.monotonic() + 5) == (wire.ANSWERS, b"first")
    with pytest.raises(fails):
        channel.receive(time.monotonic() + 0.1)


@pytest.mark.parametrize("more", [b"?", b"more"])
def test_nothing_may_come_after_the_last_answer(answered, more: bytes) -> None:
    channel = answered(lambda nonce: frame(wire.RETURNED, b"", nonce) + more)

    channel.receive(time.monotonic() + 5)

    with pytest.raises(Forged):
        channel.end()


def row_of(
    *answers: tuple[int, bytes], count: int | None = None, number: int = 0
) -> bytes:
    said = b"".join(ANSWER.pack(kind, len(body)) + body for kind, body in answers)
    return GROUP.pack(number, len(answers) if count is None else count) + said


@pytest.mark.parametrize(
    "body",
    [
        b"",
        row_of(),
        row_of(count=1),
        row_of((wire.RETURNED, payload_of((), 1)), count=4),
        row_of((wire.RETURNED, payload_of((), 1)), (wire.RETURNED, b"")),
        row_of((wire.RETURNED, b"")),
        row_of((wire.WANTS, b"")),
        row_of((wire.RETURNED, payload_of((), 1))) + b"more",
    ],
)
def test_a_group_of_answers_that_is_none_ends_a_call_alone(body: bytes) -> None:
    request = Request("f", (), {})
    source = Scripted(
        lambda nonce: frame(wire.RETURNED, payload_of((), None), nonce),
        lambda nonce: frame(wire.ANSWERS, body, nonce),
    )
    with Worker(source, {}, 0, LIMITS) as worker:
        reply = worker.ask("m", request)

        assert reply == Crashed("sent an answer that is not one")
        assert not worker.alive


@pytest.mark.parametrize(
    ("body", "values"),
    [
        (row_of((wire.RETURNED, payload_of((), 1)), count=2), [1]),
        (row_of((wire.RETURNED, payload_of((), 1)), (wire.SPENT, b"")), [1]),
        (row_of(count=2), []),
        (row_of((wire.RETURNED, payload_of((), 1)), count=3), []),
        (row_of(*[(wire.RETURNED, payload_of((), 1))] * 2, number=1), []),
    ],
)
def test_of_a_row_only_what_is_sound_is_an_answer(
    body: bytes, values: list[object]
) -> None:
    request = Request("f", (), {})
    source = Scripted(
        lambda nonce: frame(wire.RETURNED, payload_of((), None), nonce),
        lambda nonce: frame(wire.ANSWERS, body, nonce),
    )
    with Worker(source, {}, 0, LIMITS) as worker:
        worker.load("m")
        answers, *_ = worker.ask_all([("m", Row([request] * 2))], seconds=5, most=99)

    replies = [request.read(answer) for answer in answers.split()]
    assert [reply.value for reply in replies] == values  # type: ignore[union-attr]


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
