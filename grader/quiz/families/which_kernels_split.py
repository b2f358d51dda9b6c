"""Which kernels are a column times a row."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.family import Draft, family, wrong

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.draw import Draw
    from grader.quiz.families._arrays import Cells


class Case(NamedTuple):
    """Kernels of one size, their numbers up to `most`, and how many of them split."""

    size: int
    most: int
    split: int


def cases(level: int) -> Iterator[Case]:
    """Yield the sizes of a level."""
    size, most = {1: (2, 3), 2: (3, 2), 3: (3, 3)}[level]
    for split in (1, 2):
        yield Case(size, most, split)


@family(
    title="Which kernels split",
    type="multiple",
    concept="variants of convolution",
    levels=("2 × 2", "3 × 3", "3 × 3, larger numbers"),
    cases=cases,
)
def which_kernels_split(case: Case, draw: Draw) -> Draft | None:
    """Which kernels are a column times a row."""
    size, most, split = case
    low = 1 if size == 2 else -most
    pairs = [
        (draw.integers(low, most, size), draw.integers(low, most, size))
        for _ in range(4)
    ]
    if any(not any(part) for pair in pairs for part in pair):
        return None
    kernels = [_outer(*pair) for pair in pairs]
    spoiled = [_spoiled(kernel, draw) for kernel in kernels[split:]]
    if any(_splits(kernel) for kernel in spoiled):
        return None
    shown = [_written(kernel) for kernel in (*kernels[:split], *spoiled)]
    if len(set(shown)) < 4:
        return None
    right = tuple(shown[:split])
    return Draft(
        prompt=(
            "Which of these kernels can be applied as a column followed by a row, "
            "because they are the column times the row? Rows are separated by “/”.",
        ),
        answer=right,
        wrong=tuple(
            wrong(
                "any-kernel-separable", text, note=f"Compare the rows: {_why(kernel)}."
            )
            for text, kernel in zip(shown[split:], spoiled, strict=True)
        ),
        solution=(
            "A kernel splits when all its rows are multiples of one row: then the row "
            "is that row, and the column holds the factors.",
            *(
                f"{text}: the column {_vector(pair[0])} times the row "
                f"{_vector(pair[1])}."
                for text, pair in zip(right, pairs, strict=False)
            ),
            "In the others some row is no multiple of another. These split: "
            f"{'; '.join(right)}.",
        ),
    )


def _outer(column: tuple[int, ...], row: tuple[int, ...]) -> Cells:
    return tuple(tuple(a * b for b in row) for a in column)


def _spoiled(kernel: Cells, draw: Draw) -> Cells:
    """Change one cell by one or two."""
    size = len(kernel)
    place = (draw.below(size), draw.below(size))
    change = draw.choice((-2, -1, 1, 2))
    return tuple(
        tuple(n + change * ((r, c) == place) for c, n in enumerate(line))
        for r, line in enumerate(kernel)
    )


def _splits(kernel: Cells) -> bool:
    """Tell whether every 2 × 2 determinant is zero: rank one or zero."""
    return _clash(kernel) is None


def _clash(kernel: Cells) -> tuple[int, int] | None:
    """Return two rows that are no multiples of one row."""
    size = range(len(kernel))
    for a in size:
        for b in size[a + 1 :]:
            for i in size:
                for j in size[i + 1 :]:
                    if kernel[a][i] * kernel[b][j] != kernel[a][j] * kernel[b][i]:
                        return a, b
    return None


def _why(kernel: Cells) -> str:
    a, b = _clash(kernel) or (0, 0)
    return f"{_vector(kernel[a])} and {_vector(kernel[b])} are no multiples"


def _vector(numbers: tuple[int | float, ...]) -> str:
    return f"({', '.join(map(str, numbers))})"


def _written(kernel: Cells) -> str:
    return " / ".join(" ".join(map(str, line)) for line in kernel)
