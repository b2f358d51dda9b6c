"""What a student may return: a value, or a description of what it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from grader.reply import Returned, Unsupported
from grader.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture
def answer(sealed: Sandbox) -> Callable[[str], Any]:
    def of(expression: str) -> Any:
        source = "\n".join(
            [
                "import numpy as np, enum, collections, itertools, fractions, decimal",
                "class Sub(np.ndarray): pass",
                "class Int(int): pass",
                "Point = collections.namedtuple('Point', 'x y')",
                "loop = []",
                "loop.append(loop)",
                "class Liar:",
                "    __class__ = np.ndarray",
                "    def __array__(self): raise SystemExit",
                "    def __repr__(self): raise KeyboardInterrupt",
                "    def __eq__(self, other): return True",
                "Evil = type('E' * 500 + chr(27), (), {})",
                f"def f(): return {expression}",
            ]
        )
        with sealed.worker({"student.py": source.encode()}) as worker:
            loaded = worker.load("student")
            assert isinstance(loaded, Returned), loaded
            return worker.call("student", "f").value

    return of


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("np.int64(3)", 3),
        ("np.uint8(255)", 255),
        ("np.longlong(-1)", -1),
        ("np.float64(0.5)", 0.5),
        ("np.float32(0.5)", 0.5),
        ("np.bool_(True)", True),
        ("10**1000", 10**1000),
        ("float('inf')", float("inf")),
        ("(1, [2, (3,)])", (1, [2, (3,)])),
        ("''", ""),
    ],
)
def test_numbers_and_texts_are_values(
    answer: Callable[[str], Any], expression: str, value: object
) -> None:
    got = answer(expression)

    assert got == value
    assert type(got) is type(value)


@pytest.mark.parametrize(
    ("expression", "dtype"),
    [
        ("np.asfortranarray(np.arange(6.).reshape(2, 3))", "f8"),
        ("np.arange(12.).reshape(4, 3)[::2]", "f8"),
        ("np.arange(6.)[::-1].reshape(2, 3)", "f8"),
        ("np.arange(6).reshape(2, 3).astype('>i4')", "i4"),
        ("np.arange(6).reshape(2, 3).astype('>f8')", "f8"),
        ("np.arange(6).reshape(2, 3).astype('f2')", "f2"),
        ("np.arange(6).reshape(2, 3) > 2", "?"),
        ("np.broadcast_to(np.arange(3.), (2, 3))", "f8"),
        ("np.arange(6, dtype=np.longlong).reshape(2, 3)", "i8"),
    ],
)
def test_every_layout_arrives_native_and_in_order(
    answer: Callable[[str], Any], expression: str, dtype: str
) -> None:
    got = answer(expression)

    expected = eval(expression, {"np": np})  # a line of this test
    assert got.dtype == np.dtype(dtype)
    assert got.dtype.isnative
    assert got.flags.c_contiguous
    assert got.tolist() == expected.tolist()


@pytest.mark.parametrize(
    ("expression", "shape"),
    [
        ("np.array(2.0)", ()),
        ("np.zeros((0, 3))", (0, 3)),
        ("np.ones((1,) * 8)", (1,) * 8),
    ],
)
def test_odd_shapes_are_values(
    answer: Callable[[str], Any], expression: str, shape: tuple[int, ...]
) -> None:
    got = answer(expression)

    assert isinstance(got, np.ndarray)
    assert got.shape == shape


@pytest.mark.parametrize(
    ("expression", "description"),
    [
        ("np.zeros(2, complex)", "an ndarray of dtype complex128"),
        ("np.zeros(2, object)", "an ndarray of dtype object"),
        ("np.zeros(2, np.longdouble)", "an ndarray of dtype "),
        ("np.zeros(2, 'M8[s]')", "an ndarray of dtype datetime64[s]"),
        ("np.array(['a'])", "an ndarray of dtype <U1"),
        ("np.zeros(2, [('x', 'f8')])", "an ndarray of dtype [('x', '<f8')]"),
        ("np.ones((1,) * 9)", "an ndarray of 9 dimensions"),
        ("np.zeros(2**22)", "an ndarray of 33554432 bytes"),
        ("np.broadcast_to(1.0, (2**20, 2**20))", "an ndarray of 8796093022208 bytes"),
        ("np.zeros(2).view(Sub)", "a Sub"),
        ("np.matrix([[1]])", "a matrix"),
        ("np.ma.masked_array([1], [1])", "a MaskedArray"),
        ("np.timedelta64(1)", "a timedelta64"),
        ("np.complex128(1)", "a complex128"),
        ("1j", "a complex"),
        ("{}", "a dict"),
        ("{1}", "a set"),
        ("b'x'", "a bytes"),
        ("(x for x in [])", "a generator"),
        ("map(int, [])", "a map"),
        ("range(3)", "a range"),
        ("f", "a function"),
        ("np", "a module"),
        ("Ellipsis", "an ellipsis"),
        ("object()", "an object"),
        ("Int(3)", "an Int"),
        ("Point(1, 2)", "a Point"),
        ("fractions.Fraction(1, 2)", "a Fraction"),
        ("10**10000", "an int of 33224 bits"),
        ("'x' * 5000", "a str of 5000 characters"),
        ("[0] * 4097", "a list of 4097 items"),
        ("[[0] * 4096] * 4096", "an answer of more than 16 MB or 65536 values"),
        ("Liar()", "a Liar"),
        ("Liar", "a type"),
        ("Evil()", "an EEE"),
    ],
)
def test_anything_else_is_described(
    answer: Callable[[str], Any], expression: str, description: str
) -> None:
    got = answer(expression)

    assert isinstance(got, Unsupported)
    assert got.description.startswith(description)
    assert len(got.description) <= 200
    assert got.description.isprintable()


def test_a_list_within_itself_ends(answer: Callable[[str], Any]) -> None:
    assert answer("loop") == [[[[Unsupported("a list nested more than 4 deep")]]]]


def test_what_is_not_a_value_may_stand_within_one(
    answer: Callable[[str], Any],
) -> None:
    assert answer("(1, {}, [None, 2j])") == (
        1,
        Unsupported("a dict"),
        [None, Unsupported("a complex")],
    )
