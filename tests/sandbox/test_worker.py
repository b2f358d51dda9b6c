"""A submission is loaded and called, the same at every level."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from grader.errors import CourseError, SubmissionError, WorkerError
from grader.reply import Missing, Raised, Returned, TimedOut
from grader.sandbox import Sandbox
from grader.sandbox.request import Request

if TYPE_CHECKING:
    from collections.abc import Callable


def test_a_call_returns_a_value_and_its_cost(ask: Callable[..., Any]) -> None:
    reply = ask("def f(x, k): return x * k", np.arange(3.0), k=2)

    assert isinstance(reply, Returned)
    assert reply.value.tolist() == [0.0, 2.0, 4.0]
    assert reply.value.dtype == np.float64
    assert reply.changed == ()
    assert reply.cpu_seconds > 0


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        0,
        -1,
        2**100,
        1.5,
        math.inf,
        "text \u00e9 \ud800",
        (1, (2.0, [])),
        [(3, 1)],
    ],
)
def test_plain_arguments_arrive_as_they_are(
    sealed: Sandbox, process: Sandbox, value: object
) -> None:
    for sandbox in (sealed, process):
        with sandbox.worker({"m.py": b"def f(x, y=1): return x, y"}) as worker:
            worker.load("m")
            assert worker.call("m", "f", (value,), {"y": value}).value == (value, value)


def test_arguments_changed_in_place_are_named(ask: Callable[..., Any]) -> None:
    source = """
        def f(a, b, c, d, e, g):
            a[0] = 9          # cells
            b.shape = (2, 1)  # shape
            d.append(3)       # a list
            e *= 1            # no change
            g[0] = -0.0       # another zero
    """
    five = [np.zeros(2) for _ in range(4)]

    reply = ask(source, five[0], five[1], np.zeros(2), d=[1], e=five[2], g=five[3])

    assert reply.changed == ("argument 1", "argument 2", "d", "g")
    assert five[0].tolist() == [0.0, 0.0]


def test_an_exception_comes_with_the_students_own_lines(
    ask: Callable[..., Any],
) -> None:
    source = """
        import numpy as np

        class Odd(ValueError):
            pass

        def helper(x):
            raise Odd("no\\x1b[2J way")

        def f(x):
            return np.apply_along_axis(helper, 0, x)
    """

    reply = ask(source, np.zeros(3))

    assert isinstance(reply, Raised)
    assert reply.type == "Odd"
    assert reply.bases == ("Odd", "ValueError", "Exception", "BaseException")
    assert reply.message == "no\\x1b[2J way"
    assert [(frame.function, frame.line) for frame in reply.frames] == [
        ("f", 11),
        ("helper", 8),
    ]
    assert reply.frames[-1].file == "student.py"
    assert reply.frames[-1].text.startswith("raise Odd(")


def test_a_text_of_a_megabyte_is_cut(ask: Callable[..., Any]) -> None:
    reply = ask("def f(): raise ValueError('long ' * 200_000)")

    assert len(reply.message) <= 800


def test_a_missing_function_is_told_from_a_failing_one(
    ask: Callable[..., Any],
) -> None:
    source = "from math import sin\nf = 3\ndef g(): pass\ndef _h(): pass\nclass K: pass"

    reply = ask(source)

    assert reply == Missing("f", ("g", "K"))


@pytest.mark.parametrize(
    ("source", "message"),
    [
        (b"def f(:\n    pass", "invalid syntax"),
        (b"x = 1\n  y = 2", "unexpected indent"),
        (b"x = '\xff'", "codec can't decode"),
        (b"x = 1\0", "null bytes"),
        (b"# coding: nonsense\n", "nonsense"),
        (b"(" * 500 + b")" * 500, "too many nested"),
    ],
)
def test_broken_source_is_a_syntax_error_with_its_place(
    sandbox: Sandbox, source: bytes, message: str
) -> None:
    with sandbox.worker({"student.py": source}) as worker:
        reply = worker.load("student")

    assert isinstance(reply, Raised)
    assert reply.type in {"SyntaxError", "IndentationError"}
    assert "SyntaxError" in reply.bases
    assert message in reply.message
    assert reply.frames[-1].file == "student.py"


@pytest.mark.parametrize(
    "source",
    [
        "\ufeffdef f(): return 'é'".encode(),
        "# -*- coding: latin-1 -*-\ndef f(): return 'é'".encode("latin-1"),
        "# coding: cp1252\r\ndef f():\r\n    return 'é'\r\n".encode("cp1252"),
        "def f():\n    return 'é'".encode(),
        b"def f():\r    return '\\xe9'",
    ],
)
def test_source_encodings_are_honoured(sandbox: Sandbox, source: bytes) -> None:
    with sandbox.worker({"student.py": source}) as worker:
        worker.load("student")
        reply = worker.call("student", "f")

    assert reply.value == "é"


def test_a_large_source_is_no_trouble(sandbox: Sandbox) -> None:
    source = b"def f(): return 1\n" + b"# a comment\n" * 200_000

    with sandbox.worker({"student.py": source}) as worker:
        worker.load("student")
        assert worker.call("student", "f").value == 1


def test_a_submission_imports_its_own_modules(sandbox: Sandbox) -> None:
    files = {
        "student.py": b"from helpers import g\nimport signal\nfrom zygote import z\n"
        b"def f(): return g(), signal.mine, z",
        "helpers.py": b"import dataclasses\n@dataclasses.dataclass\nclass P: x: int"
        b"\ndef g(): return P(3).x",
        "signal.py": b"mine = 4",
        "zygote.py": b"z = 5",
    }

    with sandbox.worker(files) as worker:
        worker.load("student")
        assert worker.call("student", "f").value == (3, 4, 5)


def test_an_error_in_a_sibling_shows_both_lines(sandbox: Sandbox) -> None:
    files = {"student.py": b"\nimport helpers", "helpers.py": b"x = 1\nif x\n"}

    with sandbox.worker(files) as worker:
        reply = worker.load("student")

    assert [(frame.file, frame.line) for frame in reply.frames] == [
        ("student.py", 2),
        ("helpers.py", 2),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "import os",
        "import matplotlib.pyplot as plt",
        "from subprocess import run",
        "import socket",
        "import ctypes",
        "__import__('pathlib')",
        "import nonsense",
        "import grader",
        "import zygote",
        "import numpy.f2py",
    ],
)
def test_a_refused_import_names_what_is_allowed(sealed: Sandbox, line: str) -> None:
    with sealed.worker({"student.py": line.encode()}) as worker:
        reply = worker.load("student")

    assert reply.type == "ModuleNotFoundError"
    assert "may import numpy, its own modules, and: " in reply.message
    assert "itertools" in reply.message


def test_a_refused_import_is_refused_at_the_process_level_too(
    process: Sandbox,
) -> None:
    with process.worker({"student.py": b"import os"}) as worker:
        assert worker.load("student").type == "ModuleNotFoundError"


@pytest.mark.parametrize(
    "statement",
    ["sys.exit(0)", "raise KeyboardInterrupt", "raise GeneratorExit", "quit()"],
)
def test_leaving_is_an_exception_like_any_other(
    ask: Callable[..., Any], statement: str
) -> None:
    reply = ask(f"import sys\ndef f(): {statement}")

    assert isinstance(reply, Raised)


def test_the_students_generators_are_seeded(sandbox: Sandbox) -> None:
    source = (
        b"import random\nimport numpy as np\n"
        b"def f(): return random.random(), np.random.rand()"
    )
    drawn = []
    for seed in (1, 1, 2):
        with sandbox.worker({"student.py": source}, seed=seed) as worker:
            worker.load("student")
            drawn.append(worker.call("student", "f").value)

    assert drawn[0] == drawn[1]
    assert drawn[0] != drawn[2]


def test_a_worker_that_died_takes_no_more_requests(sandbox: Sandbox) -> None:
    source = b"import sys\ndef f(): sys.modules['os']._exit(0)"
    with sandbox.worker({"student.py": source}) as worker:
        worker.load("student")
        worker.call("student", "f")

        assert not worker.alive
        with pytest.raises(WorkerError, match="ask the sandbox for another one"):
            worker.call("student", "f")


def test_closing_twice_is_no_trouble(sandbox: Sandbox) -> None:
    worker = sandbox.worker({"student.py": b""})
    worker.load("student")

    worker.close()
    worker.close()

    assert not worker.alive


def test_the_unit_of_time_is_measured_before_student_code_runs(
    sandbox: Sandbox,
) -> None:
    with sandbox.worker({"student.py": b""}) as worker:
        small = worker.matmul_seconds(50, 50, 50)
        large = worker.matmul_seconds(400, 400, 400)
        worker.load("student")

        assert 0 < small < large
        with pytest.raises(WorkerError, match="before student code"):
            worker.matmul_seconds(2, 2, 2)


def test_arguments_that_cannot_cross_are_the_courses_mistake(sealed: Sandbox) -> None:
    with sealed.worker({"m.py": b"def f(x): return x"}) as worker:
        worker.load("m")

        with pytest.raises(CourseError, match=r"argument of f is no value: a dict"):
            worker.call("m", "f", ({},))  # type: ignore[arg-type]
        with pytest.raises(CourseError, match="arguments of f exceed 16 MB"):
            worker.call("m", "f", tuple(np.zeros(10**6) for _ in range(3)))
        assert worker.call("m", "f", (1,)).value == 1


@pytest.mark.parametrize(
    "files",
    [
        {f"m{n}.py": bytes(10**6) for n in range(20)},
        {f"m{n}.py": b"" for n in range(5000)},
    ],
)
def test_a_submission_that_is_far_too_large_is_one_clear_line(
    sealed: Sandbox, files: dict[str, bytes]
) -> None:
    with pytest.raises(SubmissionError, match="larger than 16 MB or 4096 files"):
        sealed.worker(files)


def test_loading_what_is_not_there_says_so(sandbox: Sandbox) -> None:
    with sandbox.worker({"a.py": b""}) as worker:
        assert worker.load("b").message == "the submission has no b.py"
        assert worker.load("a").value is None


def test_what_a_worker_has_cost_is_known_as_soon_as_it_is_ended(
    sandbox: Sandbox,
) -> None:
    source = "import time\nend = time.process_time() + 0.3\n"
    source += "while time.process_time() < end: pass\n"
    with sandbox.worker({"m.py": source.encode()}) as worker:
        assert isinstance(worker.load("m"), Returned)
        before = sandbox.cpu_seconds()

    assert sandbox.cpu_seconds() - before > 0.25


def test_a_call_is_stopped_once_it_has_cost_enough(sandbox: Sandbox) -> None:
    source = b"def f():\n    for _ in range(50_000_000): pass\n"
    with sandbox.worker({"m.py": source}) as worker:
        reply = worker.ask("m", Request("f", (), {}), enough=0.01)

    assert isinstance(reply, TimedOut)


def test_a_call_that_only_waits_costs_nothing(sealed: Sandbox) -> None:
    source = b"import time\ndef f():\n    time.sleep(0.3)\n    return 1\n"
    with sealed.worker({"m.py": source}) as worker:
        reply = worker.ask("m", Request("f", (), {}), enough=0.1)

    assert isinstance(reply, Returned)
    assert reply.value == 1


def test_a_traceback_of_their_own_shows_their_lines(ask: Callable[..., Any]) -> None:
    source = """
        import traceback

        def f():
            try:
                return 1 / 0
            except ZeroDivisionError:
                return traceback.format_exc()
    """

    assert "return 1 / 0" in ask(source).value


@pytest.mark.parametrize(("watched", "told"), [(True, ("argument 1",)), (False, ())])
def test_who_does_not_ask_is_not_told_what_was_changed(
    sandbox: Sandbox, watched: bool, told: tuple[str, ...]
) -> None:
    source = b"def f(x):\n    x[0] = 9\n    return x\n"
    request = Request("f", (np.ones(2),), {}, watched=watched)
    with sandbox.worker({"m.py": source}) as worker:
        replies = [worker.ask("m", request) for _ in range(2)]

    assert [reply.value.tolist() for reply in replies] == [[9, 1], [9, 1]]
    assert [reply.changed for reply in replies] == [told, told]
