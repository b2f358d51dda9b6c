"""A notebook in a worker: what of its cells is run, and how errors name the cell."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest

from grader import notebook
from grader.reply import Missing, Raised, Returned

if TYPE_CHECKING:
    from collections.abc import Callable

    from grader.reply import Reply
    from grader.sandbox import Sandbox


@pytest.fixture
def run(best: Sandbox) -> Callable[..., Reply]:
    """Return a function that calls ``f`` of a notebook with these cells."""

    def call(
        *cells: str, beside: str = "", function: str = "f", **kwargs: Any
    ) -> Reply:
        places = [(f"w, cell {n}", dedent(text)) for n, text in enumerate(cells, 1)]
        files = {"w.ipynb": notebook.encode(places), "helper.py": beside.encode()}
        with best.worker(files) as worker:
            loaded = worker.load("w.ipynb")
            assert isinstance(loaded, Returned), loaded
            return worker.call("w.ipynb", function, (), kwargs)

    return call


def value(reply: Reply) -> Any:
    assert isinstance(reply, Returned), reply
    return reply.value


def error(reply: Reply) -> tuple[str, str, str, int]:
    assert isinstance(reply, Raised), reply
    last = reply.frames[-1]
    return reply.type, reply.message, last.file, last.line


@pytest.mark.parametrize(
    "cells",
    [
        ("K = 3", "def f(): return K"),
        ("def f(): return K", "K = 3"),
        ("K: int = 3", "def f(): return K"),
        ("K = 1", "K += 2", "def f(): return K"),
        ("K, (L, *M) = 1, (1, 1)", "def f(): return K + L + sum(M)"),
        ("T = [0]", "T[0] = 3", "def f(): return T[0]"),
        ("def g(): return K", "def f(): return g()", "K = 3"),
        ("def g(): return 3", "K = g()", "def f(): return K"),
        ("K = 3\ndef f(k=K): return k",),
        ("def make(k):\n    return lambda: k", "f = make(3)"),
        ("f = lambda: 3",),
        ("def f(): return 1", "def twice(g): return lambda: 3 * g()", "f = twice(f)"),
        ("class A:\n    K = 3", "def f(): return A.K"),
        ("import math as m", "def f(): return m.floor(3.5)"),
        ("from math import *", "def f(): return floor(3.5)"),
        (
            "try:\n    import nothing as K\nexcept ImportError:\n    K = 3",
            "def f(): return K",
        ),
        ("if True:\n    def f(): return 3",),
        ("from helper import three", "def f(): return three()"),
        ("from __future__ import annotations", "def f(x: Unknown = 3): return x"),
        ("def f(): return 1", "def f(): return 3"),
        ("def f(): return [K for K in (1, 2)] and 3",),
        (
            "from dataclasses import dataclass",
            "@dataclass\nclass P:\n    x: int",
            "def f(): return P(3).x",
        ),
    ],
)
def test_what_a_function_uses_is_there(
    run: Callable[..., Reply], cells: tuple[str]
) -> None:
    assert value(run(*cells, beside="def three(): return 3")) == 3


@pytest.mark.parametrize(
    "cell",
    [
        "%matplotlib inline\ndef f(): return 3",
        "!pip install x\nimport math\ndef f(): return 3",
        "!echo it's (\ndef f(): return 3",
        "f?\n?f\nx = !ls\ny = %who\ndef f(): return 3",
        "%%time\ndef f(): return 3",
        "\n%%capture out\ndef f(): return 3",
        "!pip install \\\n   numpy\ndef f(): return 3",
        "def f():\n    %time x = 1\n    return 3",
        "def f():\n    return (10\n% 7)",
        "await nothing()\nreturn 1\ndef f(): return 3",
        "print('loud')\n1 / 0\nfor i in range(3): i\ndef f(): return 3",
        "import matplotlib.pyplot as plt\nplt.plot()\ndef f(): return 3",
        "x = 1 / 0\nwhile True: pass\nexit()\ndef f(): return 3",
        "def f():\r\n    return 3\r\n",
        "del f\ndef f(): return 3",
    ],
)
def test_magics_plots_and_what_else_runs_at_the_top_are_left_out(
    run: Callable[..., Reply], cell: str
) -> None:
    assert value(run(cell)) == 3


def test_an_assignment_that_nobody_uses_is_not_run(run: Callable[..., Reply]) -> None:
    trained = "def train():\n    while True: pass\nhistory = train()"

    assert value(run(trained, "def plot(): return history", "def f(): return 3")) == 3


def test_another_cell_magic_hides_its_cell(run: Callable[..., Reply]) -> None:
    assert isinstance(run("%%bash\ndef f(): return 3"), Missing)


def test_an_error_names_cell_and_line(run: Callable[..., Reply]) -> None:
    got = run("a = 1", "\ndef f():\n    return 1 / 0")

    assert error(got) == ("ZeroDivisionError", "division by zero", "w, cell 2", 3)


def test_a_syntax_error_takes_its_own_cell_alone(run: Callable[..., Reply]) -> None:
    cells = ("def f(): return 3", "%magic\ndef g(:\n    pass")

    assert value(run(*cells)) == 3
    kind, _, place, line = error(run(*cells, function="g"))
    assert (kind, place, line) == ("SyntaxError", "w, cell 2", 2)


def test_the_newest_version_counts_also_where_it_is_broken(
    run: Callable[..., Reply],
) -> None:
    got = run("def f(): return 3", "def f():\n    return (")

    assert error(got)[::2] == ("SyntaxError", "w, cell 2")
    assert value(run("def f():\n    return (", "def f(): return 3")) == 3


def test_a_module_that_is_not_allowed_is_told_where_it_is_used(
    run: Callable[..., Reply],
) -> None:
    kind, message, place, line = error(
        run("\nimport scipy.signal as s", "def f(): return s.convolve()")
    )

    assert (kind, place, line) == ("ModuleNotFoundError", "w, cell 1", 2)
    assert message.startswith("'scipy.signal' is not available here")


def test_a_failed_value_is_told_where_it_is_used(run: Callable[..., Reply]) -> None:
    got = run("K = int('x')", "def f(): return K")

    assert error(got)[0::2] == ("ValueError", "w, cell 1")


def test_a_name_that_only_a_loop_binds_is_explained(run: Callable[..., Reply]) -> None:
    kind, message, place, _ = error(run("for k in [3]: pass", "def f(): return k"))

    assert (kind, place) == ("NameError", "w, cell 2")
    assert message.endswith("and the assignments that they use are run)")


def test_a_missing_function_names_what_there_is(run: Callable[..., Reply]) -> None:
    assert run("def ff(): pass", "f = 3") == Missing("f", ("ff",))


def test_leaving_and_deep_cells_end_nothing(run: Callable[..., Reply]) -> None:
    deep = "x = " + "(" * 5000 + ")" * 5000
    long = "K = " + "+".join("1" for _ in range(3000))

    got = run(deep, "raise SystemExit", "K = exit()", long, "def f(): return K")

    assert isinstance(got, (Returned, Raised))
    assert value(run(deep, "def f(): return 3")) == 3
