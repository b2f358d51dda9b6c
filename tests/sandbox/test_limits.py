"""Time and memory end, deaths have a cause, and each is told from the others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from grader.limits import Limits
from grader.reply import Crashed, Raised, TimedOut
from grader.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    "body",
    [
        "while True: pass",
        "import time; time.sleep(1000)",
        "pow(3, 3**18)",
        "import numpy as n; x = n.ones((300, 300)); n.einsum('ij,jk,kl->il', x, x, x)",
        "[print('x' * 10**6) for _ in iter(int, 1)]",
        """
    while True:
        try:
            while True: pass
        except BaseException: pass""",
    ],
)
def test_a_call_ends_at_its_deadline(ask: Callable[..., Any], body: str) -> None:
    reply = ask(f"def f():\n    {body}", seconds=0.3)

    assert reply == TimedOut(0.3, "call")


def test_input_is_at_its_end(ask: Callable[..., Any]) -> None:
    assert ask("def f(): return input()").type == "EOFError"


def test_prints_go_nowhere(ask: Callable[..., Any]) -> None:
    source = """
        import sys
        def f():
            for _ in range(200):
                print("x" * 1_000_000)
                sys.stderr.write("y" * 1000)
            return 3
    """

    assert ask(source).value == 3


def test_an_import_ends_at_its_deadline() -> None:
    with (
        Sandbox(Limits(import_seconds=0.3)) as sandbox,
        sandbox.worker({"student.py": b"while True: pass"}) as worker,
    ):
        assert worker.load("student") == TimedOut(0.3, "import")
        assert not worker.alive


def test_a_submission_has_a_budget_as_a_whole() -> None:
    source = b"import time\ndef f(): time.sleep(0.2)"

    with (
        Sandbox(Limits(submission_seconds=0.5)) as sandbox,
        sandbox.worker({"student.py": source}) as worker,
    ):
        worker.load("student")
        replies = [worker.call("student", "f") for _ in range(2)]
        replies.append(worker.call("student", "f"))

    assert replies[-1] == TimedOut(0.5, "submission")


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("sys.modules['os']._exit(0)", "the process ended"),
        ("sys.modules['os'].abort()", "killed by signal"),
        ("ctypes.string_at(0)", "killed by signal 11 (segmentation fault)"),
        ("sys.modules['os'].close(sys.modules['_grader_fd'])", ""),
    ],
)
def test_a_death_is_reported_with_its_cause(
    ask: Callable[..., Any], body: str, reason: str
) -> None:
    source = f"""
        import sys
        ctypes = sys.modules["ctypes"]
        def f(): {body}
    """

    reply = ask(source)

    if reason:
        assert isinstance(reply, Crashed)
        assert reason in reply.reason
    else:
        assert isinstance(reply, Raised)


def test_memory_beyond_the_limit_is_an_error_of_the_student(
    ask: Callable[..., Any],
) -> None:
    source = """
        import numpy as np
        def f(): return np.ones(2**27).sum()
    """

    reply = ask(source)

    assert "MemoryError" in reply.bases


def test_a_slow_leak_of_memory_is_an_error_of_the_student(
    ask: Callable[..., Any],
) -> None:
    reply = ask("def f():\n    x = []\n    while True: x.append('y' * 10**6)")

    assert isinstance(reply, Crashed) or "MemoryError" in reply.bases


def test_recursion_without_end_is_an_error_of_the_student(
    ask: Callable[..., Any],
) -> None:
    reply = ask("def f(n=0): return f(n + 1)")

    assert reply.type == "RecursionError"
    assert len(reply.frames) <= 12
