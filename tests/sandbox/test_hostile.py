"""Forged answers, sabotage and bombs: a verdict comes, and the next one is unharmed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from grader.limits import Limits
from grader.reply import Crashed, Raised, Returned, TimedOut
from grader.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable

FORGE = """
import sys
os, struct = sys.modules["os"], sys.modules["struct"]

def frame(kind, payload, nonce=None):
    if nonce is None:
        caller = sys._getframe()
        while caller is not None:
            for value in caller.f_locals.values():
                channel = getattr(value, "_channel", None)
                if channel is not None:
                    nonce = channel._nonce
            caller = caller.f_back
    return struct.pack("<4sB16sQ", b"cnn1", kind, nonce, len(payload)) + payload

def said(kind, payload, nonce=None, count=1):
    group = struct.pack("<HIBI", 0, count, kind, len(payload)) + payload
    return frame(70, group, nonce)
"""


@pytest.mark.parametrize(
    "name",
    [
        "unittest.__main__",
        "numpy.tests.test_lazyloading",
        "numpy.f2py",
        "encodings.\\0",
        "json..tool",
        "encodings.nonsense",
        "os",
        "",
        "x" * 300,
    ],
)
def test_no_module_can_be_asked_for_that_harms_the_zygote(
    sealed: Sandbox, name: str
) -> None:
    source = f"""{FORGE}
name = "{name}".encode()
def f():
    head = b"s" + struct.pack("<I", len(name))
    os.write(3, frame(68, head + name))
    while True: pass
"""
    with (
        sealed.worker({"m.py": b"def f(): return 1"}) as bystander,
        sealed.worker({"m.py": source.encode()}) as worker,
    ):
        bystander.load("m")
        worker.load("m")
        reply = worker.call("m", "f")

        assert reply == Crashed("it asked for too many modules")
        assert bystander.call("m", "f").value == 1


@pytest.mark.parametrize(
    "attack",
    [
        "os.write(3, b'PASS')",
        "os.write(3, b'x' * 100)",
        "os.write(3, said(65, b't\\0\\0N', bytes(16)))",
        "os.write(3, said(65, b'garbage'))",
        "os.write(3, said(65, b't\\0\\0a\\x0b\\x02' + b'\\xff\\xff\\xff\\x7f' * 2))",
        "os.write(3, said(65, b't\\0\\0N')[:-17] + b'\\xff' * 8 + b't\\0\\0N')",
        "os.write(3, frame(99, b'N'))",
        "os.write(3, said(66, b'NNNN'))",
        "os.write(3, said(67, b'N'))",
        "os.write(3, frame(68, b'N'))",
        "os.write(3, said(65, b't\\0\\0N') * 2)",
        "os.write(3, said(65, b't\\0\\0N', count=0))",
        "os.write(3, said(65, b't\\0\\0N', count=2**32 - 1))",
        "os.write(3, said(68, b's\\x04\\0\\0\\0json'))",
        "os.write(3, frame(65, b't\\0\\0N'))",
        "os.write(3, frame(70, b''))",
        "os.write(3, said(65, b't\\0\\0' + b't\\x00\\x10' * 999))",
    ],
)
def test_a_forged_answer_voids_the_worker(
    ask_sealed: Callable[..., Any], attack: str
) -> None:
    reply = ask_sealed(f"{FORGE}\ndef f(): {attack}; return 7")

    assert reply == Crashed("sent an answer that is not one")


def test_an_answer_sent_ahead_voids_the_worker(sealed: Sandbox) -> None:
    # It sleeps, so that its own answer comes after the forged one has been taken.
    forge = "os.write(3, said(65, b't\\0\\0N')); sys.modules['time'].sleep(0.3)"
    source = f"{FORGE}\ndef f(): {forge}"
    with sealed.worker({"m.py": source.encode()}) as worker:
        worker.load("m")
        first = worker.call("m", "f")  # a value of the student's choice: by design
        second = worker.call("m", "f")

    assert isinstance(first, Returned)
    assert second == Crashed("sent an answer that is not one")


def test_half_an_answer_ends_at_the_deadline(ask_sealed: Callable[..., Any]) -> None:
    source = f"""{FORGE}
def f():
    os.write(3, said(65, b't\\0\\0N')[:9])
    while True: pass
"""

    assert ask_sealed(source, seconds=0.3) == TimedOut(0.3, "call")


def test_a_flood_of_answers_is_not_collected(ask_sealed: Callable[..., Any]) -> None:
    source = f"{FORGE}\ndef f():\n    while True: os.write(3, b'cnn1' * 9999)"

    assert ask_sealed(source, seconds=1) == Crashed("sent an answer that is not one")


def test_hanging_up_is_a_crash(hostile: Callable[..., Any]) -> None:
    reply = hostile("os.close(3)")

    assert isinstance(reply, Crashed)


@pytest.mark.parametrize(
    "sabotage",
    [
        "import builtins; builtins.len = builtins.type = builtins.zip = None",
        "np.ndarray = np.dtype = np.array = np.asarray = np.frombuffer = None",
        "np.float64 = np.bool_ = float; np.integer = object",
        "import sys; sys.setrecursionlimit(60)",
        "import sys; sys.stdout = sys.stderr = sys.stdin = None",
        "import sys; sys.stdout.close(); sys.stderr.close()",
        "import sys; sys.modules.clear()",
        "import sys; sys.meta_path.clear(); sys.path = None",
        "import sys; sys.excepthook = sys.displayhook = None; sys.settrace(print)",
        "import warnings; warnings.simplefilter('error')",
        "np.seterr(all='raise'); np.set_printoptions(precision=1)",
        "import sys; [m.__dict__.clear() for m in [sys.modules['zygote.wire']]]",
        "__builtins__['isinstance'] = __builtins__['callable'] = None",
        "import sys; sys.modules['signal'].signal(11, print)",
        "import sys; sys.modules['atexit'].register(print)",
    ],
)
def test_sabotage_harms_only_its_own_submission(
    sandbox: Sandbox, sabotage: str
) -> None:
    source = f"import numpy as np\ntry:\n    {sabotage}\nexcept Exception: pass\n"
    source += "def f(x): return x + 1"
    files = {"student.py": source.encode()}
    with sandbox.worker(files) as worker:
        loaded = worker.load("student")
        reply = worker.call("student", "f", (np.arange(3),)) if worker.alive else loaded
    with sandbox.worker({"student.py": b"def f(x): return x * 2"}) as worker:
        worker.load("student")
        after = worker.call("student", "f", (np.arange(3),))

    assert isinstance(reply, (Returned, Raised, Crashed))
    if isinstance(reply, Returned) and reply.value is not None:
        assert reply.value.tolist() == [1, 2, 3]
    assert after.value.tolist() == [0, 2, 4]


@pytest.mark.parametrize(
    "sabotage",
    [
        "import builtins; builtins.len = builtins.type = builtins.zip = None",
        "__builtins__['len'] = __builtins__['zip'] = __builtins__['callable'] = None",
        "np.ndarray = np.dtype = np.array = np.asarray = np.frombuffer = None",
        "import sys; sys.stdout.close(); sys.stderr.close()",
        "import warnings; warnings.simplefilter('error')",
    ],
)
def test_replaced_builtins_do_not_break_answers(sealed: Sandbox, sabotage: str) -> None:
    # builtins itself is refused; this is how hostile code would get it.
    reach = sabotage.replace("import builtins", "builtins = len.__self__")
    source = f"import numpy as np\n{reach}\ndef f(x): return [x, 2.0, ('a', None)]"
    with sealed.worker({"student.py": source.encode()}) as worker:
        worker.load("student")
        reply = worker.call("student", "f", (np.arange(3),))

    assert isinstance(reply, Returned)
    assert reply.value[0].tolist() == [0, 1, 2]
    assert reply.value[1:] == [2.0, ("a", None)]


@pytest.mark.parametrize(
    "kind",
    [
        "class E(Exception):\n    def __str__(self): raise SystemExit",
        "class E(Exception):\n    def __str__(self): return 'x' * 10**7",
        "class M(type):\n    __name__ = property(lambda self: 1 / 0)\n"
        "class E(Exception, metaclass=M): pass",
        "class E(SyntaxError):\n    filename = []\n    msg = None",
        "E = type('E' * 10**5, (Exception,), {})",
    ],
)
def test_a_hostile_exception_is_reported_or_a_crash(
    ask: Callable[..., Any], kind: str
) -> None:
    source = f"{kind}\ndef f(): raise E('text')"

    reply = ask(source)

    assert isinstance(reply, (Raised, Crashed))
    if isinstance(reply, Raised):
        assert len(reply.message) <= 800
        assert len(reply.type) <= 100


@pytest.mark.parametrize(
    "bomb",
    [
        "x = 'a' * 10**10",
        "x = [0] * 10**10",
        "x = b''.join([bytes(10**6)] * 10**5)",
        "x = 10**10**8",
        "np.zeros((10**5, 10**5)) + 1",
        "np.ones(10**8) @ np.ones(10**8)",
        "x = {}; [x.setdefault(i, [i]) for i in iter(int, 1) or range(10**9)]",
    ],
)
def test_a_memory_bomb_is_an_error_of_its_own(
    ask_sealed: Callable[..., Any], bomb: str
) -> None:
    reply = ask_sealed(f"import numpy as np\ndef f(): {bomb}", seconds=1)

    assert isinstance(reply, (Raised, Crashed, TimedOut))


def test_a_signal_to_itself_is_a_crash_with_its_name(
    hostile: Callable[..., Any],
) -> None:
    reply = hostile("os.abort()")

    assert reply == Crashed("killed by signal 6 (aborted)")


def test_a_worker_cannot_ask_for_modules_for_ever(sealed: Sandbox) -> None:
    ask = "os.write(3, frame(68, b's\\x02\\0\\0\\0no'))"
    source = f"{FORGE}\ndef f():\n    {ask}\n    while True: pass"
    with sealed.worker({"m.py": source.encode()}) as worker:
        worker.load("m")
        reply = worker.call("m", "f")

    assert reply == Crashed("it asked for too many modules")


def test_a_timed_out_worker_leaves_the_next_one_its_full_time() -> None:
    with Sandbox(Limits(call_seconds=0.3)) as sandbox:
        for _ in range(3):
            with sandbox.worker({"m.py": b"def f():\n while True: pass"}) as worker:
                worker.load("m")
                assert worker.call("m", "f") == TimedOut(0.3, "call")
        with sandbox.worker({"m.py": b"def f(): return 1"}) as worker:
            worker.load("m")
            assert worker.call("m", "f").value == 1
