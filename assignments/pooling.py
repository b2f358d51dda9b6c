"""Pooling: one number for each window, without any weights.

A pooling layer keeps the largest value of each window, or the mean. It makes the
map smaller and lets small shifts pass unnoticed. It works on each channel alone, so
the number of channels stays, and it has nothing to learn.

Write the functions in this order: `max_pool2d`, `avg_pool2d`, `global_avg_pool2d`.

A window is given as `size`, an int (square) or a pair (height, width); the same
goes for `stride`. `np.broadcast_to(size, 2)` makes a pair of either form.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def max_pool2d(
    x: np.ndarray,
    size: int | tuple[int, int],
    stride: int | tuple[int, int] | None = None,
) -> np.ndarray:
    """Keep the largest value of each window.

    Parameters
    ----------
    x : ndarray of float or int, shape (N, C, H, W)
        A batch of maps, not smaller than the window.
    size : int or (height, width)
        The window.
    stride : int or (down, right), optional
        Cells between two windows; if not given, equal to `size`, on each axis.

    Returns
    -------
    ndarray of float64, shape (N, C, H', W')
        With H' = floor((H - height) / down) + 1 and
        W' = floor((W - width) / right) + 1.

    Notes
    -----
    With u = 0 … height - 1 and v = 0 … width - 1::

        out[n, c, i, j] = max over u, v of  x[n, c, i * down + u, j * right + v]

    - Windows overlap if the stride is smaller than the window, and leave gaps if it
      is larger: stride and size are two different numbers.
    - A window that does not fit is dropped, and with it what it would have held.
    - The largest value may be negative.

    References
    ----------
    Lecture 004, "Pooling Layer".

    Examples
    --------
    >>> x = np.array(
    ...     [[1, 4, 2, 1], [5, 8, 3, 4], [7, 6, 4, 5], [1, 3, 1, 2]]
    ... ).reshape(1, 1, 4, 4)
    >>> max_pool2d(x, 2)[0, 0]
    array([[8., 4.],
           [7., 5.]])

    With stride 1 the windows overlap, and the 8 wins four of them:

    >>> max_pool2d(x, 2, stride=1)[0, 0]
    array([[8., 8., 4.],
           [8., 8., 5.],
           [7., 6., 5.]])
    """
    # TODO: write this function.
    raise NotImplementedError


def avg_pool2d(
    x: np.ndarray,
    size: int | tuple[int, int],
    stride: int | tuple[int, int] | None = None,
) -> np.ndarray:
    """Keep the mean of each window.

    Parameters
    ----------
    x : ndarray of float or int, shape (N, C, H, W)
        A batch of maps, not smaller than the window.
    size : int or (height, width)
        The window.
    stride : int or (down, right), optional
        Cells between two windows; if not given, equal to `size`, on each axis.

    Returns
    -------
    ndarray of float64, shape (N, C, H', W')
        With H' = floor((H - height) / down) + 1 and
        W' = floor((W - width) / right) + 1.

    Notes
    -----
    With u = 0 … height - 1 and v = 0 … width - 1::

        out[n, c, i, j] = (sum over u, v of  x[n, c, i * down + u, j * right + v])
                          / (height * width)

    A window that does not fit is dropped.

    References
    ----------
    Lecture 004, "Instead of max pooling we can also do average pooling".

    Examples
    --------
    >>> x = np.array(
    ...     [[1, 4, 2, 1], [5, 8, 3, 4], [7, 6, 4, 5], [1, 3, 1, 2]]
    ... ).reshape(1, 1, 4, 4)
    >>> avg_pool2d(x, 2)[0, 0]
    array([[4.5 , 2.5 ],
           [4.25, 3.  ]])

    The first number by hand: (1 + 4 + 5 + 8) / 4 = 4.5.
    """
    # TODO: write this function.
    raise NotImplementedError


def global_avg_pool2d(x: np.ndarray) -> np.ndarray:
    """Keep the mean of each whole map.

    Parameters
    ----------
    x : ndarray of float or int, shape (N, C, H, W)
        A batch of maps.

    Returns
    -------
    ndarray of float64, shape (N, C)
        One number for each image and channel.

    Notes
    -----
    The last step of many networks: whatever the height and width of the maps, C
    numbers come out, ready for a dense layer::

        out[n, c] = (sum over i, j of  x[n, c, i, j]) / (H * W)

    References
    ----------
    Lin, Chen and Yan (2013), *Network in network*, section 3.2.

    Examples
    --------
    >>> global_avg_pool2d(np.array([[[[1, 2, 3]], [[4, 4, 7]]]]))
    array([[2., 5.]])
    """
    # TODO: write this function.
    raise NotImplementedError
