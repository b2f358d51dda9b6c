"""Backward through pooling: which cells of the input get the gradient.

Going forward, a window became one number. Going backward, that number's gradient
must be handed to the cells of the window. Max pooling: the winner takes it all,
since the other cells did not matter. Average pooling: all cells get an equal share.
Where windows overlap, a cell adds up what it gets from each of them.

Write the functions in this order: `max_pool2d_backward`, `avg_pool2d_backward`.

A window is given as `size`, an int (square) or a pair (height, width); the same
goes for `stride`. `np.broadcast_to(size, 2)` makes a pair of either form.
"""

import numpy as np


def max_pool2d_backward(
    dout: np.ndarray,
    x: np.ndarray,
    size: int | tuple[int, int],
    stride: int | tuple[int, int] | None = None,
) -> np.ndarray:
    """Hand the gradient of each window to its winner.

    Parameters
    ----------
    dout : ndarray of float or int, shape (N, C, H', W')
        Gradient of the loss with respect to the output of the max pooling.
    x : ndarray of float or int, shape (N, C, H, W)
        What was pooled.
    size : int or (height, width)
        The window.
    stride : int or (down, right), optional
        Cells between two windows; if not given, equal to `size`, on each axis.

    Returns
    -------
    ndarray of float64, shape (N, C, H, W)
        Gradient with respect to x.

    Notes
    -----
    For each n, c, i, j, where (u, v) is the place of the largest value in the window
    whose top left cell is x[n, c, i * down, j * right]::

        dx[n, c, i * down + u, j * right + v] += dout[n, c, i, j]

    - Windows may overlap: a cell that wins several gets the *sum*.
    - Ties: if the largest value stands in several cells of a window, the first of
      them in row-major order (row by row, from the left) gets all of it.
    - Cells that no window holds get zero.
    - dx is float64 even if x holds integers. Do not change dout or x.

    Max pooling is differentiable wherever a window has one winner. At a tie it is
    not, and the rule above chooses one of the possible answers.

    References
    ----------
    Lecture 004, homework: "Is the max-pooling layer differentiable? How to
    backpropagate across it?"

    Examples
    --------
    The map of the lecture, with a gradient of one for each window:

    >>> x = np.array(
    ...     [[1, 4, 2, 1], [5, 8, 3, 4], [7, 6, 4, 5], [1, 3, 1, 2]]
    ... ).reshape(1, 1, 4, 4)
    >>> max_pool2d_backward(np.ones((1, 1, 2, 2)), x, 2)[0, 0]
    array([[0., 0., 0., 0.],
           [0., 1., 0., 1.],
           [1., 0., 0., 1.],
           [0., 0., 0., 0.]])

    With stride 1 the 8 wins four windows, and the 5 on the right wins two:

    >>> max_pool2d_backward(np.ones((1, 1, 3, 3)), x, 2, stride=1)[0, 0]
    array([[0., 0., 0., 0.],
           [0., 4., 0., 1.],
           [1., 1., 0., 2.],
           [0., 0., 0., 0.]])
    """
    # TODO: write this function.
    raise NotImplementedError


def avg_pool2d_backward(
    dout: np.ndarray,
    x: np.ndarray,
    size: int | tuple[int, int],
    stride: int | tuple[int, int] | None = None,
) -> np.ndarray:
    """Hand the gradient of each window to its cells in equal shares.

    Parameters
    ----------
    dout : ndarray of float or int, shape (N, C, H', W')
        Gradient of the loss with respect to the output of the average pooling.
    x : ndarray of float or int, shape (N, C, H, W)
        What was pooled. Only its shape matters.
    size : int or (height, width)
        The window.
    stride : int or (down, right), optional
        Cells between two windows; if not given, equal to `size`, on each axis.

    Returns
    -------
    ndarray of float64, shape (N, C, H, W)
        Gradient with respect to x.

    Notes
    -----
    For each n, c, i, j, and for each u = 0 … height - 1 and v = 0 … width - 1::

        dx[n, c, i * down + u, j * right + v] += dout[n, c, i, j] / (height * width)

    - Windows may overlap: the shares add up.
    - Cells that no window holds get zero.
    - dx is float64 even if x holds integers. Do not change dout or x.

    References
    ----------
    Lecture 004, "Instead of max pooling we can also do average pooling".

    Examples
    --------
    Two windows of two cells, one cell apart. Each cell of the first gets 1 / 2, each
    cell of the second 3 / 2, and the middle cell is in both:

    >>> x = np.zeros((1, 1, 1, 3))
    >>> avg_pool2d_backward(np.array([[[[1, 3]]]]), x, (1, 2), stride=1)
    array([[[[0.5, 2. , 1.5]]]])
    """
    # TODO: write this function.
    raise NotImplementedError
