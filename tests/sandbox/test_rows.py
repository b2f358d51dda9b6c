"""Calls made in a row: each is still answered, timed out and blamed by itself."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from grader.errors import CourseError
from grader.reply import Crashed, Missing, Raised, Returned, TimedOut
from grader.sandbox.request import Request, Row
from grader.sandbox.zygote import rows, wire

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.reply import Reply
    from grader.sandbox import Sandbox
    from grader.sandbox.answer import Answers
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


SPECIAL = [0, 1, -1, 127, 128, 200, -128, -129, 0.5, -0.0, np.nan, -np.inf, 1e300]


@pytest.mark.parametrize("watched", [True, False])
@pytest.mark.parametrize("dtype", wire.DTYPE, ids=str)
@pytest.mark.parametrize("value", SPECIAL, ids=str)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_an_array_arrives_to_the_last_bit(value, dtype, watched):
    array = np.array([[3, value, -7]]).astype(dtype).T[::2]  # not contiguous
    call = rows.describe("m", "f", (array,), {}, 1 << 20, watched=watched)

    (arrived,) = rows.unpack(rows.pack([call]))
    (taken,) = rows.take(arrived)

    assert taken.dtype == dtype
    assert taken.shape == array.shape
    assert taken.tobytes() == array.tobytes()
    assert taken.flags.writeable
    assert taken.flags.aligned
    assert taken.flags.c_contiguous
    assert arrived[2][0] is taken


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


# What is sent at once: rows of several modules.

FORGES = b"""
import sys

def f(x):
    frame = sys._getframe()
    while type(frame.f_locals.get("self")).__name__ != "Server":
        frame = frame.f_back
    server = frame.f_locals["self"]
    for _ in range(2):
        server._channel.answer(65, server._values((), "forged"))
        server._channel.flush()
        %b
    return x
"""
OTHERS = {
    "m.py": SOURCE,
    "second.py": b"def f(x):\n    return x, 'second'\n",
    "broken.py": b"1 / 0\n",
    "slow.py": b"while True: pass\n",
    "forges.py": FORGES % b"",
    "forges_late.py": FORGES % b"sys.modules['time'].sleep(0.3)",
    "spoils.py": b"import numpy\ndef f(x):\n    numpy.pi = 3\n    return x\n",
}


def rows_of(*pairs: tuple[str, str]) -> list[tuple[str, Row]]:
    return [
        (module, Row([Request("f", (value,), {}) for value in values]))
        for module, values in pairs
    ]


def values_of(row: Row, answers: Answers) -> list[object]:
    replies = [
        request.read(answer)
        for request, answer in zip(row.requests, answers.split(), strict=False)
    ]
    return [reply.value for reply in replies if isinstance(reply, Returned)]


def test_what_comes_next_is_sent_too(sandbox: Sandbox) -> None:
    coming = rows_of(("m", "ab"), ("second", "c"), ("m", "d"))
    with sandbox.worker(OTHERS) as worker:
        found = []
        for number, (_, row) in enumerate(coming):
            if number:
                assert worker._link.sent[0].is_whole(row)
            result = worker.ask_all(coming[number:], seconds=5, most=1 << 20)
            assert result.failure is None
            found.append(values_of(row, result.answers))

    assert found == [[("a", 1), ("b", 2)], [("c", "second")], [("d", 3)]]


def test_a_module_that_cannot_be_loaded_takes_no_other_with_it(
    sandbox: Sandbox,
) -> None:
    coming = rows_of(("m", "a"), ("broken", "b"), ("broken", "b"), ("second", "c"))
    with sandbox.worker(OTHERS) as worker:
        process = worker._link
        results = [
            worker.ask_all(coming[number:], seconds=5, most=1 << 20)
            for number in range(4)
        ]

        assert worker._link is process
    assert [type(result.loaded) for result in results] == [
        Returned,
        Raised,
        Raised,
        Returned,
    ]
    assert [result.answers.count for result in results] == [1, 0, 0, 1]


@pytest.mark.parametrize("module", ["slow", "m"])
def test_a_hang_further_on_costs_the_first_row_nothing(
    sandbox: Sandbox, module: str
) -> None:
    hang = Row([Request("f", ("hang",), {})])
    coming = [*rows_of(("second", "ab")), (module, hang)]
    with sandbox.worker(OTHERS) as worker:
        worker._limits = replace(worker._limits, import_seconds=0.5)
        first = worker.ask_all(coming, seconds=0.5, most=1 << 20)
        values = values_of(coming[0][1], first.answers)
        # What was not sent before the hang is asked again, and so is what hung.
        for request in coming[0][1].requests[len(values) :]:
            reply = worker.ask("second", request, seconds=0.5)
            assert isinstance(reply, Returned)
            values.append(reply.value)
        last = worker.ask(module, hang.requests[0], seconds=0.5)

    assert first.failure is None
    assert values == [("a", "second"), ("b", "second")]
    assert isinstance(last, TimedOut)


def test_a_module_that_spoils_the_process_for_what_was_sent_after_it(
    sandbox: Sandbox,
) -> None:
    coming = rows_of(("spoils", "a"), ("second", "b"))
    with sandbox.worker(OTHERS) as worker:
        process = worker._link
        first = worker.ask_all(coming, seconds=5, most=1 << 20)
        second = worker.ask_all(coming[1:], seconds=5, most=1 << 20)
        assert worker._link is not process
        again = worker.ask_all(coming[1:], seconds=5, most=1 << 20)

    assert values_of(coming[0][1], first.answers) == ["a"]
    assert (second.answers.count, second.failure) == (0, None)
    assert values_of(coming[1][1], again.answers) == [("b", "second")]


def test_more_answers_than_were_asked_for_are_none_to_the_next_row(
    sandbox: Sandbox,
) -> None:
    coming = rows_of(("forges", "abc"), ("second", "d"))
    with sandbox.worker(OTHERS) as worker:
        worker.ask_all(coming, seconds=5, most=1 << 20)
        result = worker.ask_all(coming[1:], seconds=5, most=1 << 20)
        assert (result.answers.count, result.failure) == (0, None)
        reply = worker.ask("second", coming[1][1].requests[0])

    assert isinstance(reply, Returned)
    assert reply.value == ("d", "second")


def test_what_means_nothing_is_not_held_against_a_module_that_may_not_have_said_it(
    sandbox: Sandbox,
) -> None:
    # Its own answer is taken, and what it says too much is there for the next request.
    request = Request("f", ("a",), {})
    with sandbox.worker(OTHERS) as worker:
        assert isinstance(worker.ask("forges_late", request), Returned)
        after = worker.ask("second", request)

    assert isinstance(after, Returned)
    assert after.value == ("a", "second")


@pytest.mark.parametrize("other", ["a row", "a call", "a module"])
def test_what_nobody_asks_for_any_more_is_forgotten(
    sandbox: Sandbox, other: str
) -> None:
    coming = rows_of(("m", "a"), ("second", "b"))
    (third,) = rows_of(("m", "c"))
    with sandbox.worker(OTHERS) as worker:
        worker.ask_all(coming, seconds=5, most=1 << 20)
        if other == "a row":
            answers = worker.ask_all([third], seconds=5, most=1 << 20).answers
            assert values_of(third[1], answers) == [("c", 1)]
        elif other == "a call":
            reply = worker.ask("m", third[1].requests[0])
            assert isinstance(reply, Returned)
            assert reply.value == ("c", 1)
        else:
            assert isinstance(worker.load("broken"), Raised)


def test_a_process_is_not_sent_more_than_it_has_room_for(sandbox: Sandbox) -> None:
    large = [
        ("m", Row([Request("f", (np.full(1 << 16, number),), {})]))
        for number in range(3)
    ]
    with sandbox.worker(OTHERS) as worker:
        worker.ask_all(large, seconds=5, most=1 << 24)

        assert len(worker._link.sent) < 2


def test_a_row_that_cannot_be_written_leaves_none_on_its_way(sandbox: Sandbox) -> None:
    (first,) = rows_of(("m", "a"))
    bad = Row([Request("f", (object(),), {})])  # type: ignore[arg-type]
    with sandbox.worker(OTHERS) as worker:
        with pytest.raises(CourseError):
            worker.ask_all([first, ("m", bad)], seconds=5, most=1 << 20)

        result = worker.ask_all([first], seconds=5, most=1 << 20)
        assert values_of(first[1], result.answers) == [("a", 1)]
