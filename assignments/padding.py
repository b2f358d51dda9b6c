"""Padding: a border of zeros, so that the map does not shrink.

A kernel larger than one cell has no room at the edge of an image, and each layer
loses rows and columns. Zeros laid around the image make the room. With the right
amount of them the map is as large as the image: "same" padding.

Write the functions in this order: `zero_pad`, `same_padding`.
"""

import numpy as np


def zero_pad(x: np.ndarray, pad: int) -> np.ndarray:
    """Lay a border of zeros around the last two axes.

    Parameters
    ----------
    x : ndarray of float or int, shape (..., H, W)
        One image (H, W), or any stack of them, such as (C, H, W) or (N, C, H, W).
    pad : int
        Width of the border, zero or more.

    Returns
    -------
    ndarray of float64, shape (..., H + 2 * pad, W + 2 * pad)
        A new array, with x in the middle. It is new for pad = 0 too.

    Notes
    -----
    The border lies on *both* sides of the height and of the width, so each of them
    grows by 2 * pad::

        out[..., pad + i, pad + j] = x[..., i, j]

    and every other cell is zero. The axes in front (batch, channel) are not padded.
    Do not change x.

    References
    ----------
    Lecture 003, "Padding": a 5×5 grid becomes 7×7. (The figure of the padded grid
    has lost its top row of zeros.)

    Examples
    --------
    The first rows and columns of that grid:

    >>> zero_pad(np.array([[2, 0, 1], [1, 0, 1]]), 1)
    array([[0., 0., 0., 0., 0.],
           [0., 2., 0., 1., 0.],
           [0., 1., 0., 1., 0.],
           [0., 0., 0., 0., 0.]])

    >>> zero_pad(np.ones((2, 3, 5, 5)), 2).shape
    (2, 3, 9, 9)
    """
    # TODO: write this function.
    raise NotImplementedError


def same_padding(kernel_size: int) -> int:
    """Give the padding that keeps the size of the image at stride 1.

    Parameters
    ----------
    kernel_size : int
        Height (or width) of the kernel, at least 1.

    Returns
    -------
    int
        The pad on each side, so that size - kernel_size + 2 * pad + 1 = size.

    Raises
    ------
    ValueError
        If kernel_size is even: the same number of zeros on both sides can then not
        keep the size.

    References
    ----------
    Lecture 004, "We can use something known as padding".

    Dumoulin and Visin (2016), *A guide to convolution arithmetic for deep
    learning*, section 2.2 ("half padding").

    Examples
    --------
    A kernel of 3 loses two cells, one on each side; a kernel of 1 loses nothing.

    >>> same_padding(3)
    1
    >>> same_padding(1)
    0
    """
    # TODO: write this function.
    raise NotImplementedError
