"""Zero padding of a small map."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from grader.quiz.blocks import Window, blank_grid, grid
from grader.quiz.families._arrays import flat, padded
from grader.quiz.family import Draft, family, wrong

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from grader.quiz.draw import Draw
    from grader.quiz.families._arrays import Cells, Number


class Case(NamedTuple):
    """The sizes of the map and the padding; its numbers are 1 to 9."""

    height: int
    width: int
    padding: int


def cases(level: int) -> Iterator[Case]:
    """Yield the sizes of a level: at most 25 cells in the end."""
    if level == 1:
        yield from (Case(1, 2, 1), Case(2, 1, 1), Case(2, 2, 1))
    elif level == 2:
        yield from (Case(1, 3, 1), Case(2, 3, 1), Case(3, 2, 1))
    else:
        yield from (Case(3, 3, 1), Case(1, 1, 2))


@family(
    title="Zero padding by hand",
    type="cloze",
    concept="convolution by hand",
    levels=("a few cells", "height and width differ", "larger, or padding 2"),
    cases=cases,
)
def zero_padding_by_hand(case: Case, draw: Draw) -> Draft:
    """Write zeros around a small map."""
    height, width, padding = case
    image = draw.grid(height, width, 1, 9)
    tall, wide = height + 2 * padding, width + 2 * padding
    answer = padded(image, padding)

    def from_image(place: Callable[[int, int], int]) -> tuple[Number, ...]:
        """Fill every cell from the image; `place` gives a row or column of it."""
        return tuple(
            image[place(r - padding, height)][place(c - padding, width)]
            for r in range(tall)
            for c in range(wide)
        )

    zeros = "one ring" if padding == 1 else f"{padding} rings"
    return Draft(
        prompt=(
            f"Pad this map with zeros, padding {padding}: fill in the padded map.",
            grid(image, "map"),
            blank_grid(tall, wide, "padded map"),
        ),
        answer=flat(answer),
        wrong=(
            wrong(
                "padding-repeats-edge", from_image(lambda i, n: min(max(i, 0), n - 1))
            ),
            wrong("padding-wraps-around", from_image(lambda i, n: i % n)),
            wrong("padding-with-ones", flat(padded(image, padding, 1))),
            wrong("padding-top-left-only", _placed(image, tall, wide, 2 * padding)),
            wrong("padding-bottom-right-only", _placed(image, tall, wide, 0)),
        ),
        solution=(
            f"Padding {padding} puts {zeros} of zeros around the map, on all four "
            f"sides, so it grows from {height} × {width} to {tall} × {wide}:",
            grid(answer, "padded map", (Window(padding, padding, height, width),)),
        ),
    )


def _placed(image: Cells, tall: int, wide: int, start: int) -> tuple[Number, ...]:
    """Return zeros with the image at `start`, `start`."""
    height, width = len(image), len(image[0])
    return tuple(
        image[r - start][c - start]
        if 0 <= r - start < height and 0 <= c - start < width
        else 0
        for r in range(tall)
        for c in range(wide)
    )
