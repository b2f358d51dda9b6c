"""Modules of one submission share a process for as long as none leaves traces in it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from grader.limits import Limits
from grader.reply import Crashed, Returned
from grader.sandbox.worker import Worker
from grader.sandbox.zygote import shared, wire

from .test_channel import Scripted, frame, payload_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grader.sandbox import Sandbox

COUNTER = b"calls = []\ndef f():\n    calls.append(1)\n    return len(calls)\n"
FIRST = "import helper\ndef f():\n    helper.f()\n    {traces}\n"
SECOND = b"""
import sys, warnings
import numpy as np
import helper

def f():
    return helper.f()

def g():
    with np.errstate(all="ignore"):
        one = float(np.dot([1.0], [1.0]))
    warned = "silent"
    try:
        warnings.warn("careful")
    except UserWarning:
        warned = "raised"
    handling = tuple(np.geterr().values())
    return (one, abs(-1), warned, handling, sys.getrecursionlimit(),
            sys.gettrace() is None, float(np.linalg.norm([3.0, 4.0])))
"""
TRACES = [
    "import numpy; numpy.dot = lambda a, b: 7.0",
    "import numpy; numpy.float = float",
    "import numpy; numpy.linalg.norm = max",
    "import numpy; numpy.pi = numpy.ones(3)",
    "import numpy; numpy.seterr(all='raise')",
    "import warnings; warnings.simplefilter('error')",
    "import sys; sys.setrecursionlimit(5000)",
    "import sys; sys.settrace(lambda *event: None)",
    "import math; math.pi = 3",
    "import numpy; vars(numpy).update(dot=lambda a, b: 7.0)",
    "import numpy; vars(numpy).pop('dot', None)",
]


def files(traces: str = "pass") -> dict[str, bytes]:
    first = FIRST.format(traces=traces).encode()
    return {"first.py": first, "second.py": SECOND, "helper.py": COUNTER}


@pytest.fixture
def alone(sandbox: Sandbox) -> object:
    """Return what the second module finds where there was no other."""
    with sandbox.worker(files()) as worker:
        return found(worker)


def found(worker: Worker) -> object:
    reply = worker.call("second", "g")
    assert isinstance(reply, Returned), reply
    return reply.value


@pytest.fixture
def both(sandbox: Sandbox) -> Iterator[Worker]:
    with sandbox.worker(files()) as worker:
        yield worker


def test_modules_share_a_process(both: Worker) -> None:
    for module in ("first", "second", "first"):
        assert isinstance(both.call(module, "f"), Returned)

    reply = both.call("second", "f")
    assert isinstance(reply, Returned)
    assert reply.value == 4


@pytest.mark.parametrize("traces", TRACES)
@pytest.mark.parametrize("when", ["in a call", "while it is imported"])
def test_a_module_finds_no_traces_of_another(
    sandbox: Sandbox, alone: object, traces: str, when: str
) -> None:
    submission = files(traces)
    if when == "while it is imported":
        submission["first.py"] += b"f()\n"
    with sandbox.worker(submission) as worker:
        worker.load("second")
        assert isinstance(worker.call("first", "f"), Returned)

        assert found(worker) == alone
        reply = worker.call("second", "f")
        assert isinstance(reply, Returned)
        assert reply.value == 1  # in a fresh process


def test_a_module_finds_memory_that_another_has_kept(sealed: Sandbox) -> None:
    # A process that was started, not forked, has its parent's peak: nothing is known.
    traces = "import numpy; global kept; kept = numpy.ones(12_000_000)"
    with sealed.worker(files(traces)) as worker:
        worker.call("first", "f")

        reply = worker.call("second", "f")
        assert isinstance(reply, Returned)
        assert reply.value == 1


def test_a_module_may_put_back_what_it_has_changed(sandbox: Sandbox) -> None:
    traces = "import numpy; was = numpy.dot; numpy.dot = 1; numpy.dot = was"
    with sandbox.worker(files(traces)) as worker:
        for module in ("second", "first", "second"):
            worker.call(module, "f")

        reply = worker.call("second", "f")
        assert isinstance(reply, Returned)
        assert reply.value == 4  # in the same process


@pytest.mark.parametrize("stamps", [True, False])
@pytest.mark.parametrize(
    ("change", "same"),
    [
        (lambda names: names.get("pi"), True),
        (lambda names: names.update(pi=3.14), False),
        (lambda names: names.update(new=1), False),
        (lambda names: names.pop("pi"), False),
        (lambda names: names.update(pi=names["pi"]), True),
        (lambda names: names.update(new=names.pop("new", 0)) or names.pop("new"), True),
    ],
)
def test_a_change_of_names_is_seen_with_stamps_and_without(
    monkeypatch: pytest.MonkeyPatch,
    stamps: bool,
    change: Callable[[dict[str, object]], object],
    same: bool,
) -> None:
    monkeypatch.setattr(shared, "_CAN_STAMP", stamps and shared._CAN_STAMP)
    names: dict[str, object] = {"pi": 3.25, "e": 2.75}
    namespace = shared._Namespace(names)
    assert namespace.unchanged()

    change(names)
    assert namespace.unchanged() is same
    assert namespace.unchanged() is same

    names["e"] = 3
    assert not namespace.unchanged()


def test_this_python_stamps_its_dicts() -> None:
    # Where one does not, nothing breaks: `_Namespace` looks at each name.
    if sys.version_info < (3, 14):
        assert shared._CAN_STAMP


def test_a_module_lives_with_its_own_traces(sandbox: Sandbox) -> None:
    source = b"import numpy as np\nnp.seterr(all='raise')\ndef f(): return np.geterr()"
    source += b"['over']"
    with sandbox.worker({"m.py": source}) as worker:
        reply = worker.call("m", "f")

    assert isinstance(reply, Returned)
    assert reply.value == "raise"


def test_a_module_that_cannot_be_imported_leaves_no_traces(
    sandbox: Sandbox, alone: object
) -> None:
    submission = files() | {"first.py": b"import numpy\nnumpy.dot = 1\n1 / 0\n"}
    with sandbox.worker(submission) as worker:
        worker.load("first")

        assert found(worker) == alone


def test_nobody_is_spent_who_was_alone() -> None:
    script = Scripted(lambda nonce: frame(wire.SPENT, payload_of(), nonce))
    with Worker(script, {}, 0, Limits(payload_mb=1)) as worker:
        assert worker.load("m") == Crashed("sent an answer that is not one")
