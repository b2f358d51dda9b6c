"""Calls sent ahead: each is still answered, timed out and blamed by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from grader.reply import Crashed, Raised, Returned, TimedOut
from grader.sandbox.request import Request

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.reply import Reply
    from grader.sandbox import Sandbox
    from grader.sandbox.worker import Worker

SOURCE = b"""
import sys

calls = 0

def f(x):
    global calls
    calls += 1
    if x == "hang":
        while True:
            pass
    if x == "die":
        sys.modules["os"]._exit(3)
    if x == "raise":
        raise ValueError(x)
    if x == "import":
        import statistics
    if x == "look":
        return ahead()
    return x, calls

def g(x):
    return f(x)

def ahead():
    frame = sys._getframe()
    while frame is not None:
        for value in frame.f_locals.values():
            if type(value).__name__ == "Server":
                return len(value._channel._ahead)
        frame = frame.f_back
    return None
"""


@pytest.fixture
def worker(sandbox: Sandbox) -> Iterator[Worker]:
    with sandbox.worker({"m.py": SOURCE}) as worker:
        assert isinstance(worker.load("m"), Returned)
        yield worker


def ask_all(worker: Worker, *values: object, seconds: float = 10) -> list[Reply]:
    """Ask `f` of each value, all sent ahead, until the worker dies."""
    requests = [Request("f", (value,), {}) for value in values]
    replies = []
    for number, request in enumerate(requests, 1):
        following = requests[number:]
        replies.append(worker.ask("m", request, seconds=seconds, ahead=following))
        if not worker.alive:
            break
    return replies


def test_answers_come_in_the_order_of_the_calls(worker: Worker) -> None:
    replies = ask_all(worker, "a", "raise", "b", 5)

    assert isinstance(replies[1], Raised)
    values = [reply.value for reply in replies if isinstance(reply, Returned)]
    assert values == [("a", 1), ("b", 3), (5, 4)]


def test_they_are_really_sent_ahead(worker: Worker) -> None:
    first, second = ask_all(worker, "look", "look")

    assert isinstance(first, Returned)
    assert isinstance(second, Returned)
    assert first.value > 0 == second.value


def test_a_hang_is_pinned_to_its_call(worker: Worker) -> None:
    replies = ask_all(worker, "a", "hang", "b", seconds=0.4)

    assert isinstance(replies[0], Returned)
    assert replies[1:] == [TimedOut(0.4, "call")]


@pytest.mark.parametrize("value", ["hang", "die"])
def test_a_function_that_fails_at_once_takes_no_answer_with_it(
    worker: Worker, value: str
) -> None:
    first, new = Request("f", ("a",), {}), Request("g", (value,), {})
    replies = [
        worker.ask("m", first, seconds=0.4),
        worker.ask("m", first, seconds=0.4, ahead=[first, new]),
        worker.ask("m", first, seconds=0.4, ahead=[new]),
    ]
    process = worker._link

    replies.append(worker.ask("m", new, seconds=0.4))

    values = [reply.value for reply in replies if isinstance(reply, Returned)]
    assert values == [("a", 1), ("a", 2), ("a", 3)]
    assert isinstance(replies[-1], TimedOut if value == "hang" else Crashed)
    assert worker._link is process  # nothing had to be asked again


def test_a_death_is_pinned_to_its_call(worker: Worker) -> None:
    replies = ask_all(worker, "a", "b", "die", "c")

    assert [type(reply) for reply in replies] == [Returned, Returned, Crashed]


def test_a_module_asked_for_on_the_way_does_not_lose_the_rest(worker: Worker) -> None:
    replies = ask_all(worker, "a", "import", "b", "c")

    values = [reply.value[0] for reply in replies if isinstance(reply, Returned)]
    assert values == ["a", "import", "b", "c"]


def test_another_call_than_the_announced_one_starts_afresh(worker: Worker) -> None:
    request, other = Request("f", (1,), {}), Request("f", (2,), {})
    worker.ask("m", request, ahead=[request, request])

    reply = worker.ask("m", other)

    assert isinstance(reply, Returned)
    assert reply.value == (2, 1)


def test_what_lies_in_an_answer_sent_ahead_is_read_as_carefully(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    requests = [Request("f", (value,), {}) for value in "ab"]
    worker.ask("m", requests[0], ahead=requests[1:])
    monkeypatch.setattr(worker._link, "returned", lambda payload: b"no value")

    reply = worker.ask("m", requests[1])

    assert reply == Crashed("sent an answer that is not one")
    assert not worker.alive


def test_what_is_large_waits_for_its_turn(worker: Worker) -> None:
    large = [np.full(1 << 16, number) for number in range(5)]

    replies = ask_all(worker, *((array,) for array in large))

    sums = [reply.value[0][0].sum() for reply in replies if isinstance(reply, Returned)]
    assert sums == [array.sum() for array in large]


def test_only_a_call_alone_is_timed(worker: Worker) -> None:
    together = ask_all(worker, 1, 2)
    alone = ask_all(worker, 3)

    costs = [r.cpu_seconds for r in (*together, *alone) if isinstance(r, Returned)]
    assert costs[:2] == [0, 0] < costs[2:]


def test_what_is_answered_in_a_moment_comes_together(worker: Worker) -> None:
    received = []
    link = worker._link
    receive = link._channel._sock.recv

    class Counting:
        def recv(self, size: int) -> bytes:
            received.append(size)
            return receive(size)

        def __getattr__(self, name: str) -> object:
            return getattr(sock, name)

    sock, link._channel._sock = link._channel._sock, Counting()  # type: ignore[assignment]
    replies = ask_all(worker, *"abcdefgh")

    assert len(replies) == 8
    assert len(received) < 8
