"""Many submissions answer the same: what has been read once is not read again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from grader.reply import Crashed, Returned
from grader.sandbox.request import Request

if TYPE_CHECKING:
    from grader.reply import Reply
    from grader.sandbox import Sandbox

ONES = b"import numpy as np\ndef f(n): return np.ones(n)"
TWOS = b"import numpy as np\ndef f(n): return 2 * np.ones(n)"


def answer(sandbox: Sandbox, source: bytes, request: Request) -> Reply:
    with sandbox.worker({"m.py": source}) as worker:
        return worker.ask("m", request)


def value(reply: Reply) -> object:
    assert isinstance(reply, Returned), reply
    return reply.value


def test_equal_answers_to_a_request_are_one_value(sealed: Sandbox) -> None:
    request = Request("f", (3,), {})
    first, other, again = (
        value(answer(sealed, source, request)) for source in (ONES, TWOS, ONES)
    )

    assert again is first
    assert isinstance(first, np.ndarray)
    assert isinstance(other, np.ndarray)
    assert (first.tolist(), other.tolist()) == ([1, 1, 1], [2, 2, 2])
    with pytest.raises(ValueError, match="read-only"):
        first[0] = 5


def test_answers_to_other_requests_are_not_mixed_up(sealed: Sandbox) -> None:
    replies = [answer(sealed, ONES, Request("f", (n,), {})) for n in (1, 2, 1)]

    assert [np.size(value(reply)) for reply in replies] == [1, 2, 1]


def test_each_answer_has_its_own_cost(sealed: Sandbox) -> None:
    request = Request("f", (3,), {})
    costs = {answer(sealed, ONES, request).cpu_seconds for _ in range(3)}  # type: ignore[union-attr]

    assert min(costs) > 0
    assert len(costs) > 1


def test_few_and_small_ones_are_kept(sealed: Sandbox) -> None:
    request = Request("f", (3,), {})
    sources = [ONES.replace(b"np.ones", b"%d + np.ones" % n) for n in range(6)]
    kept = [value(answer(sealed, source, request)) for source in sources]
    again = [value(answer(sealed, source, request)) for source in sources]
    same = [one is two for one, two in zip(kept, again, strict=True)]

    assert same == [True] * 4 + [False] * 2
    large = Request("f", (10_000,), {})
    assert value(answer(sealed, ONES, large)) is not value(answer(sealed, ONES, large))


def test_what_is_no_answer_is_none_the_second_time(sealed: Sandbox) -> None:
    forge = b"import sys\nos = sys.modules['os']\ndef f(n): os.write(3, b'x' * 100)"
    request = Request("f", (3,), {})
    replies = [answer(sealed, forge, request) for _ in range(2)]

    assert replies == [Crashed("sent an answer that is not one")] * 2
