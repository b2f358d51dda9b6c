"""What families say and compute about a layer with a window that slides."""

from __future__ import annotations

from grader.quiz.question import show


def positions(size: int, kernel: int, stride: int = 1, padding: int = 0) -> int:
    """Return how many positions a window has along an axis of `size` cells.

    Examples
    --------
    >>> positions(7, 3, stride=2), positions(227, 11, stride=4)
    (3, 55)
    """
    return (size + 2 * padding - kernel) // stride + 1


def positions_formula(size: int, kernel: int, stride: int = 1, padding: int = 0) -> str:
    """Return the formula that counts the positions, worked out.

    Examples
    --------
    >>> positions_formula(7, 3, 2, 1)
    'floor((7 + 2·1 - 3)/2) + 1 = 4'
    """
    padded = f"{size} + 2·{padding} - {kernel}" if padding else f"{size} - {kernel}"
    count = positions(size, kernel, stride, padding)
    if stride == 1:
        return f"{padded} + 1 = {count}"
    return f"floor(({padded})/{stride}) + 1 = {count}"


def a(*sizes: int) -> str:
    """Return sizes with the article that they are read with.

    Examples
    --------
    >>> a(8, 8, 3), a(32, 32)
    ('an 8 × 8 × 3', 'a 32 × 32')
    """
    vowel = sizes[0] in (8, 11, 18) or 80 <= sizes[0] < 90
    return f"{'an' if vowel else 'a'} {show(sizes)}"


def filters_sentence(
    shape: tuple[int, int, int], filters: int, kernel: int, stride: int, padding: int
) -> str:
    """Return the sentence that describes a convolution of a volume.

    Examples
    --------
    >>> filters_sentence((32, 32, 3), 6, 5, 1, 0)
    'A 32 × 32 × 3 volume passes through a convolution with 6 filters of size 5 × 5 × 3, stride 1 and no padding.'
    """  # noqa: E501
    padded = f"padding {padding} on every side" if padding else "no padding"
    return (
        f"{a(*shape).capitalize()} volume "
        f"passes through a convolution with {filters} filters "
        f"of size {show((kernel, kernel, shape[2]))}, stride {stride} and {padded}."
    )


def biases_words(*, bias: bool) -> str:
    """Return how a prompt says whether the filters have biases."""
    return "Each filter has one bias." if bias else "The filters have no biases."
