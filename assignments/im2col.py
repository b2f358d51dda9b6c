"""im2col: a convolution as one matrix product.

Computers are fastest at multiplying matrices. So copy each window into a column of
a matrix, write each filter as a row, and multiply: row times column is the sum of
products that a convolution writes down. It costs memory, since windows overlap and
their cells are copied several times, and is still the faster way.

Write the functions in this order: `im2col`, `conv2d_im2col`. The second should
take little longer than the matrix product itself: no Python loop over positions.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def im2col(
    x: np.ndarray,
    kernel_size: int | tuple[int, int],
    stride: int = 1,
    padding: int = 0,
) -> np.ndarray:
    """Copy each window of each image into a column.

    Parameters
    ----------
    x : ndarray of float or int, shape (N, C, H, W)
        A batch of images.
    kernel_size : int or (KH, KW)
        The window; it fits the padded image.
    stride : int, default 1
        Cells between two windows, downwards and to the right.
    padding : int, default 0
        Width of the border of zeros, on all four sides.

    Returns
    -------
    ndarray of float64, shape (N, C * KH * KW, L)
        One matrix for each image. L = H' * W' is the number of windows, with
        H' = floor((H - KH + 2 * padding) / stride) + 1 and
        W' = floor((W - KW + 2 * padding) / stride) + 1.

    Notes
    -----
    Columns run over the windows row by row. Down a column run the channels; within
    a channel the rows of the window, and within a row its cells. With xp for x and
    its border::

        out[n, c * KH * KW + u * KW + v, i * W' + j]
            = xp[n, c, i * stride + u, j * stride + v]

    A reshape keeps the order in memory. To bring axes into another order, transpose
    first.

    References
    ----------
    Chellapilla, Puri and Simard (2006), *High performance convolutional neural
    networks for document processing*.

    Examples
    --------
    Two windows of 2×2. Each column is a window, read row by row:

    >>> x = np.array([[1, 2, 3], [4, 5, 6]]).reshape(1, 1, 2, 3)
    >>> im2col(x, 2)[0]
    array([[1., 2.],
           [2., 3.],
           [4., 5.],
           [5., 6.]])
    """
    # TODO: write this function.
    raise NotImplementedError


def conv2d_im2col(
    x: np.ndarray, w: np.ndarray, b: np.ndarray, stride: int = 1, padding: int = 0
) -> np.ndarray:
    """Apply a convolutional layer by one matrix product for each image.

    Parameters
    ----------
    x : ndarray of float or int, shape (N, C, H, W)
        A batch of images.
    w : ndarray of float or int, shape (K, C, KH, KW)
        K filters; KH and KW may differ.
    b : ndarray of float or int, shape (K,)
        One bias for each filter.
    stride : int, default 1
        Cells between two windows, downwards and to the right.
    padding : int, default 0
        Width of the border of zeros, on all four sides.

    Returns
    -------
    ndarray of float64, shape (N, K, H', W')
        With H' and W' as in `im2col`.

    Notes
    -----
    With the filters as the rows of a matrix of shape (K, C * KH * KW)::

        out[n] = filters @ im2col(x, ...)[n] + bias of each filter

    of shape (K, L), to be folded back into K maps. The kernel is not flipped.

    It is graded for its values and, apart from them, for its time: measured against
    a bare matrix product of the same size on the same machine.

    References
    ----------
    Lecture 002 for the image and the filter.

    Examples
    --------
    >>> x = np.array(
    ...     [
    ...         [3, 5, 2, 8, 1],
    ...         [9, 7, 5, 4, 3],
    ...         [2, 0, 6, 1, 6],
    ...         [6, 3, 7, 9, 2],
    ...         [1, 4, 9, 5, 1],
    ...     ]
    ... ).reshape(1, 1, 5, 5)
    >>> w = np.array([[1, 0, 0], [1, 1, 0], [0, 0, 1]]).reshape(1, 1, 3, 3)
    >>> conv2d_im2col(x, w, np.array([0]))[0, 0]
    array([[25., 18., 17.],
           [18., 22., 14.],
           [20., 15., 23.]])
    """
    # TODO: write this function.
    raise NotImplementedError
