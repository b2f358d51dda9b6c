"""Everything of numpy that a course on convolution mentions works when sealed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from grader.reply import Returned
from grader.sandbox import Sandbox

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.sandbox.worker import Worker

EXPRESSIONS = """
np.pad(x, 1)
np.pad(x, ((1, 0), (0, 2)), mode='edge')
np.pad(x, 1, constant_values=3)
np.einsum('ij,jk->ik', x, x)
np.einsum('ij,kj->ik', x, x, optimize=True)
np.einsum_path('ij,jk,kl->il', x, x, x, optimize='greedy')[1].count('Naive')
np.tensordot(x, x, axes=([1], [0]))
np.tensordot(x, x, axes=((0, 1), (0, 1)))
np.lib.stride_tricks.sliding_window_view(x, (2, 2))
np.lib.stride_tricks.as_strided(x, (2, 2, 2, 2), x.strides * 2)
np.broadcast_to(x, (2, 3, 3))
np.unique(x)
np.unique(x, return_counts=True)
np.unique(x, axis=0)
np.argmax(x)
np.unravel_index(np.argmax(x), x.shape)
np.ravel_multi_index((1, 2), x.shape)
np.linalg.norm(x)
np.linalg.inv(x + np.eye(3) * 100)
np.linalg.solve(x + np.eye(3) * 100, x)
np.linalg.svd(x)[1]
np.linalg.lstsq(x, x, rcond=None)[2]
np.linalg.eigh(x + x.T)[0]
np.linalg.qr(x)[1]
np.linalg.det(x)
np.linalg.matrix_rank(x)
np.linalg.pinv(x)
np.linalg.matrix_power(x, 3)
np.linalg.multi_dot([x, x, x])
np.fft.fft2(x).real
np.fft.ifft2(np.fft.fft2(x)).real
np.fft.rfft(x).imag
np.fft.fftshift(x)
np.random.default_rng(0).integers(0, 9, (2, 2))
np.random.default_rng(0).standard_normal(3)
np.random.RandomState(0).rand(2)
np.random.default_rng(0).permutation(5)
np.random.default_rng().random() < 1
np.apply_along_axis(np.sum, 0, x)
np.apply_over_axes(np.sum, x, [0, 1])
np.vectorize(lambda v: v + 1)(x)
np.allclose(x, x)
np.array_equal(x, x)
np.isclose(x, x)
np.testing.assert_allclose(x, x)
np.testing.assert_array_equal(x, x)
np.convolve(x[0], x[1], 'valid')
np.correlate(x[0], x[1], 'full')
np.flip(x)
np.rot90(x)
np.fliplr(x)
np.ix_([0, 1], [0, 2])
np.meshgrid(x[0], x[1], indexing='ij')
np.mgrid[0:2, 0:3]
np.ogrid[0:2]
np.ndindex(2, 2).__class__.__name__
list(np.ndindex(2, 2))
[index for index, _ in np.ndenumerate(x)]
np.r_[x[0], 1]
np.c_[x[0], x[1]]
np.block([[x, x], [x, x]])
np.kron(x, x)
np.outer(x[0], x[1])
np.trace(x)
np.diag(x)
np.tril(x)
np.triu_indices(3)
np.where(x > 3, x, 0)
np.select([x > 3], [x])
np.take_along_axis(x, np.argmax(x, axis=1, keepdims=True), axis=1)
np.put_along_axis(x.copy(), np.argmax(x, axis=1, keepdims=True), 9, axis=1)
np.add.at(x.copy(), [0, 1], 1)
np.bincount([0, 1, 1])
np.histogram(x)[0]
np.digitize(x, [2, 5])
np.searchsorted(x[0], 1)
np.interp(1.5, [1, 2], [3, 4])
np.percentile(x, 50)
np.median(x)
np.quantile(x, 0.3)
np.nanmax(x)
np.nanmean(x)
np.cov(x)
np.corrcoef(x)
np.gradient(x)[0]
np.diff(x)
np.cumsum(x, axis=0)
np.roll(x, 1)
np.repeat(x, 2, axis=1)
np.tile(x, (2, 1))
np.stack([x, x])
np.hstack([x, x])
np.split(x, 3)
np.array_split(x, 2)
np.swapaxes(x, 0, 1)
np.moveaxis(x, 0, 1)
np.expand_dims(x, 0)
np.squeeze(x[None])
np.lexsort(x)
np.argsort(x, axis=None)
np.partition(x, 1)
np.isin(x, [1, 2])
np.intersect1d(x, x)
np.setdiff1d(x, [1])
np.piecewise(x, [x < 3], [0, 1])
np.polyfit([0, 1, 2], [1, 3, 5], 1)
np.polyval([1, 2], 3)
np.polynomial.polynomial.polyval(2, [1, 2])
np.fromfunction(lambda i, j: i + j, (2, 2))
np.fromiter(range(3), float)
np.frombuffer(b'12345678', np.uint8)
np.array2string(x)
np.array_repr(x)
str(x)
np.finfo(float).eps
np.iinfo(int).max
np.nan_to_num(np.array([np.nan, 1.0]))
np.errstate(all='ignore').__class__.__name__
np.ma.masked_array(x, x > 3).sum()
np.lib.format.magic(1, 0).hex()
np.broadcast_shapes((2, 1), (3,))
np.result_type(x, 1)  .name
np.dtype('f4').name
np.maximum.reduce(x, axis=1)
np.lcm(4, 6)
np.sinc(x)
np.trapezoid(x[0]) if hasattr(np, 'trapezoid') else 1
np.ones((64, 64)) @ np.ones((64, 64))
np.ones((300, 300)) @ np.ones((300, 300))
np.rec.array([(1, 2.0)], dtype=[('a', int), ('b', float)]).a
np.char.upper(np.array(['a']))[0].lower()
np.typing.NDArray[np.float64].__name__
""".strip().splitlines()

MODULES = """
__future__
abc
array
bisect
cmath
collections
collections.abc
contextlib
copy
dataclasses
datetime
decimal
doctest
enum
fractions
functools
heapq
inspect
io
itertools
json
logging
math
numbers
numpy.exceptions
numpy.fft
numpy.lib.stride_tricks
numpy.linalg
numpy.ma
numpy.polynomial
numpy.random
numpy.testing
numpy.typing
operator
pprint
queue
random
re
statistics
string
struct
sys
textwrap
time
timeit
traceback
types
typing
unittest
unittest.mock
warnings
weakref
""".strip().splitlines()


@pytest.fixture(scope="module")
def worker(best: Sandbox) -> Iterator[Worker]:
    lines = [f"def f{n}(x): return {text}" for n, text in enumerate(EXPRESSIONS)]
    source = "import numpy as np\nimport numpy.typing\n" + "\n".join(lines)
    with best.worker({"m.py": source.encode()}) as worker:
        worker.load("m")
        yield worker


@pytest.mark.parametrize("number", range(len(EXPRESSIONS)), ids=EXPRESSIONS.__getitem__)
def test_numpy_works_when_sealed_in(worker: Worker, number: int) -> None:
    x = np.arange(9.0).reshape(3, 3)

    reply = worker.call("m", f"f{number}", (x,))

    assert isinstance(reply, Returned), reply


@pytest.mark.parametrize("module", MODULES)
def test_every_allowed_module_can_be_imported(sealed: Sandbox, module: str) -> None:
    with sealed.worker({"m.py": f"import {module}".encode()}) as worker:
        assert isinstance(worker.load("m"), Returned)


def test_a_module_imported_within_a_call_is_had_as_well() -> None:
    source = b"n = 0\ndef f():\n import unittest.mock, numpy.testing as t\n return 4"
    with Sandbox() as fresh, fresh.worker({"m.py": source}) as worker:
        worker.load("m")

        assert worker.call("m", "f").value == 4
