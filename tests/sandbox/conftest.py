"""One sandbox per level for all tests of this package."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

import pytest

from grader.limits import Limits
from grader.reply import Returned
from grader.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

REACH = """
import sys
os, ctypes, socket = (sys.modules[name] for name in ("os", "ctypes", "socket"))
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p

def call(number, *arguments):
    done = libc.syscall(ctypes.c_long(number), *arguments)
    return (done, ctypes.get_errno())

def denied(attempt):
    try:
        return repr(attempt())
    except (OSError, ValueError):
        return "denied"
"""

LIMITS = Limits(import_seconds=10, call_seconds=10, memory_mb=256, payload_mb=16)


@pytest.fixture(scope="session")
def best() -> Iterator[Sandbox]:
    with Sandbox(LIMITS) as sandbox:
        yield sandbox


@pytest.fixture
def sealed(best: Sandbox, required: Callable[[str], None]) -> Sandbox:
    if best.isolation.level != "sealed":
        required("this machine cannot seal workers in")
    return best


@pytest.fixture(scope="session")
def process() -> Iterator[Sandbox]:
    with Sandbox(LIMITS, at_most="process") as sandbox:
        yield sandbox


@pytest.fixture(params=["sealed", "process"])
def sandbox(request: pytest.FixtureRequest) -> Sandbox:
    return request.getfixturevalue(request.param)


@pytest.fixture
def ask(sandbox: Sandbox) -> Callable[..., Any]:
    """Run `f` of some source in a fresh worker."""
    return asker(sandbox)


@pytest.fixture
def ask_sealed(sealed: Sandbox) -> Callable[..., Any]:
    """Run `f` of some source in a fresh sealed worker."""
    return asker(sealed)


@pytest.fixture
def hostile(ask_sealed: Callable[..., Any]) -> Callable[[str], Any]:
    """Evaluate an expression in a sealed worker, `os` and the C library at hand."""
    return lambda expression: ask_sealed(f"{REACH}\ndef f(): return {expression}")


def asker(sandbox: Sandbox) -> Callable[..., Any]:
    def ask(source: str, *args: Any, seconds: float = 10, **kwargs: Any) -> Any:
        files = {"student.py": textwrap.dedent(source).encode()}
        with sandbox.worker(files) as worker:
            loaded = worker.load("student")
            if not isinstance(loaded, Returned):
                return loaded
            return worker.call("student", "f", args, kwargs, seconds=seconds)

    return ask
