"""What the tests of the solutions share: the modules, PyTorch, the lectures' image."""

from __future__ import annotations

import functools
import importlib
import importlib.util
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

SOLUTIONS = Path(__file__).parents[2] / "solutions"


@pytest.fixture(scope="session")
def solution() -> Callable[[str], ModuleType]:
    """Load a solution by its name; they are files, not a package."""

    @functools.cache
    def load(name: str) -> ModuleType:
        path = SOLUTIONS / f"{name}.py"
        spec = importlib.util.spec_from_file_location(f"solution_{name}", path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load


@pytest.fixture(scope="session")
def nn(torch):
    """Call the functions of PyTorch on numpy arrays: arrays in, an array out."""

    class Functional:
        def __getattr__(self, name):
            function = getattr(torch.nn.functional, name)

            def on_arrays(*arrays, **options):
                tensors = [torch.tensor(a, dtype=torch.float64) for a in arrays]
                return function(*tensors, **options).numpy()

            return on_arrays

    return Functional()


@pytest.fixture(scope="session")
def torch_gradients(torch):
    """Gradients of `(function(*arrays) * dout).sum()` by PyTorch's autograd."""

    def gradients(function, arrays, dout):
        leaves = [
            torch.tensor(a, dtype=torch.float64, requires_grad=True) for a in arrays
        ]
        function(*leaves).backward(torch.tensor(dout, dtype=torch.float64))
        return [leaf.grad.numpy() for leaf in leaves]

    return gradients


@pytest.fixture(scope="session")
def central_differences():
    """Gradient of a scalar function of one array, two evaluations a cell."""

    def gradient(function, at, step=0.5):
        slope = np.zeros(at.shape)
        for cell in np.ndindex(at.shape):
            up, down = at.copy(), at.copy()
            up[cell] += step
            down[cell] -= step
            slope[cell] = (function(up) - function(down)) / (2 * step)
        return slope

    return gradient


@pytest.fixture(scope="session")
def lecture_image() -> np.ndarray:
    """Lecture 000, the 13×8 image."""
    return np.array(
        [
            [36, 31, 28, 24, 23, 27, 33, 39],
            [38, 34, 29, 26, 25, 30, 37, 41],
            [39, 35, 32, 28, 27, 33, 40, 43],
            [42, 38, 34, 30, 30, 36, 43, 46],
            [43, 40, 36, 32, 34, 40, 48, 50],
            [44, 41, 37, 35, 37, 43, 51, 52],
            [45, 42, 39, 37, 41, 46, 53, 54],
            [45, 42, 40, 39, 42, 48, 54, 55],
            [43, 42, 39, 40, 43, 49, 55, 57],
            [41, 41, 38, 39, 44, 49, 55, 58],
            [38, 39, 37, 40, 44, 49, 55, 58],
            [34, 37, 36, 39, 43, 48, 54, 56],
            [31, 35, 35, 39, 44, 49, 53, 55],
        ]
    )


@pytest.fixture(scope="session")
def vertical_edge() -> np.ndarray:
    """Lecture 000, the kernel."""
    return np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])


@pytest.fixture(scope="session")
def lecture_grid() -> np.ndarray:
    """Lecture 002, the 5×5 input feature map."""
    return np.array(
        [
            [3, 5, 2, 8, 1],
            [9, 7, 5, 4, 3],
            [2, 0, 6, 1, 6],
            [6, 3, 7, 9, 2],
            [1, 4, 9, 5, 1],
        ]
    )


@pytest.fixture(scope="session")
def lecture_filter() -> np.ndarray:
    """Lecture 002, the filter."""
    return np.array([[1, 0, 0], [1, 1, 0], [0, 0, 1]])


@pytest.fixture(scope="session")
def lecture_pooling() -> np.ndarray:
    """Lecture 004, the 4×4 map that is pooled, as a batch of one."""
    rows = [[1, 4, 2, 1], [5, 8, 3, 4], [7, 6, 4, 5], [1, 3, 1, 2]]
    return np.array(rows).reshape(1, 1, 4, 4)
