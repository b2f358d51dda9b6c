"""Calls made in a row: each is still answered, timed out and blamed by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from grader.reply import Crashed, Missing, Raised, Returned, TimedOut
from grader.sandbox.request import Request, Row

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
    return x, calls

def g(x):
    return f(x)

def later(x):
    global calls
    calls += 1
    raise NotImplementedError(calls)
"""


@pytest.fixture
def worker(sandbox: Sandbox) -> Iterator[Worker]:
    with sandbox.worker({"m.py": SOURCE}) as worker:
        assert isinstance(worker.load("m"), Returned)
        yield worker


def in_a_row(
    worker: Worker, *calls: object, seconds: float = 10, most: int = 1 << 30
) -> tuple[list[Reply], TimedOut | Crashed | None]:
    """Ask `f` of each value, or what else is to be called."""
    requests = [
        call if isinstance(call, Request) else Request("f", (call,), {})
        for call in calls
    ]
    answers, failure, _ = worker.ask_all(
        [("m", Row(requests))], seconds=seconds, most=most
    )
    pairs = zip(requests, answers.split(), strict=False)
    return [request.read(answer) for request, answer in pairs], failure


def ask_all(worker: Worker, *values: object, seconds: float = 10) -> list[Reply]:
    """Ask `f` of each value, in a row as far as it goes, until one is a death."""
    replies: list[Reply] = []
    while len(replies) < len(values):
        some, failure = in_a_row(worker, *values[len(replies) :], seconds=seconds)
        replies += some
        if failure is None and len(replies) < len(values):
            request = Request("f", (values[len(replies)],), {})
            failure = worker.ask("m", request, seconds=seconds)  # type: ignore[assignment]
        if failure is not None:
            replies.append(failure)
        if not worker.alive:
            break
    return replies


def test_answers_come_in_the_order_of_the_calls(worker: Worker) -> None:
    replies = ask_all(worker, "a", "raise", "b", 5)

    assert isinstance(replies[1], Raised)
    values = [reply.value for reply in replies if isinstance(reply, Returned)]
    assert values == [("a", 1), ("b", 3), (5, 4)]


def test_a_hang_is_pinned_to_its_call(worker: Worker) -> None:
    replies = ask_all(worker, "a", "hang", "b", seconds=0.4)

    assert isinstance(replies[0], Returned)
    assert replies[1:] == [TimedOut(0.4, "call")]


@pytest.mark.parametrize("value", ["hang", "die"])
def test_where_it_is_not_clear_which_call_failed_they_are_made_one_by_one(
    worker: Worker, value: str
) -> None:
    calls = ["a", "b", value, "c"]

    # What was answered before it died may not have been sent yet.
    replies, failure = in_a_row(worker, *calls, seconds=0.4)

    assert failure is None
    for call in calls[len(replies) : 3]:
        assert worker.alive
        assert in_a_row(worker, "a", seconds=0.4) == ([], None)
        last = worker.ask("m", Request("f", (call,), {}), seconds=0.4)
    assert isinstance(last, TimedOut if value == "hang" else Crashed)


@pytest.mark.parametrize("value", ["hang", "die"])
def test_the_last_call_of_a_row_is_clearly_the_one_that_failed(
    worker: Worker, value: str
) -> None:
    replies, failure = in_a_row(worker, value, seconds=0.4)

    assert replies == []
    assert isinstance(failure, TimedOut if value == "hang" else Crashed)
    assert not worker.alive


def test_a_death_is_pinned_to_its_call(worker: Worker) -> None:
    replies = ask_all(worker, "a", "b", "die", "c")

    assert [type(reply) for reply in replies] == [Returned, Returned, Crashed]


def test_a_module_asked_for_on_the_way_does_not_lose_the_rest(worker: Worker) -> None:
    replies = ask_all(worker, "a", "import", "b", "c")

    values = [reply.value[0] for reply in replies if isinstance(reply, Returned)]
    assert values == ["a", "import", "b", "c"]


@pytest.mark.parametrize("name", ["later", "none"])
def test_a_function_that_is_not_written_is_tried_once(
    worker: Worker, name: str
) -> None:
    request = Request(name, (1,), {})

    replies, _ = in_a_row(worker, request, "a", request, request, "b")

    assert replies[0] == replies[2] == replies[3]
    assert isinstance(replies[0], Raised if name == "later" else Missing)
    values = [reply.value for reply in replies if isinstance(reply, Returned)]
    assert values == ([("a", 2), ("b", 3)] if name == "later" else [("a", 1), ("b", 2)])


def test_too_many_bytes_end_the_row(worker: Worker) -> None:
    large = [(np.full(1 << 16, number),) for number in range(5)]
    process = worker._link

    replies, failure = in_a_row(worker, *large, most=1 << 20)

    assert (len(replies), failure) == (2, None)
    assert worker._link is not process


def test_what_is_large_waits_for_its_turn(worker: Worker) -> None:
    large = [np.full(1 << 16, number) for number in range(5)]

    replies = ask_all(worker, *((array,) for array in large))

    sums = [reply.value[0][0].sum() for reply in replies if isinstance(reply, Returned)]
    assert sums == [array.sum() for array in large]


def test_only_a_call_alone_is_timed(worker: Worker) -> None:
    together, _ = in_a_row(worker, 1, 2)
    alone = worker.ask("m", Request("f", (3,), {}))

    costs = [r.cpu_seconds for r in (*together, alone) if isinstance(r, Returned)]
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
