"""Stride: how far the window moves, and the whole convolutional layer.

The window need not move one cell at a time. With stride 2 it looks at every second
position, and the map is about half as high and half as wide. Batch, channels,
filters, bias, padding and stride together make the layer that networks use.

Write the functions in this order: `output_size`, `conv2d`.
"""

import numpy as np


def output_size(size: int, kernel_size: int, stride: int = 1, padding: int = 0) -> int:
    """Count the positions of the kernel along one axis.

    Parameters
    ----------
    size : int
        Height (or width) of the image.
    kernel_size : int
        Height (or width) of the kernel.
    stride : int, default 1
        Cells between two positions, at least 1.
    padding : int, default 0
        Zeros on *each* side.

    Returns
    -------
    int
        floor((size - kernel_size + 2 * padding) / stride) + 1.

    Raises
    ------
    ValueError
        If the kernel does not fit, that is, if it is larger than the padded image.

    Notes
    -----
    A window that would leave the padded image is not used: round *down*. The one
    that is added, after the division, is the first position.

    References
    ----------
    Lecture 004, "Relation between input size, output size and filter size", and
    lecture 003, "Dimensionality"; both leave out the rounding.

    Dumoulin and Visin (2016), *A guide to convolution arithmetic for deep
    learning*, section 2.4.

    Examples
    --------
    Lecture 002, a 7×7 image and a 3×3 kernel moving by two:

    >>> output_size(7, 3, stride=2)
    3

    Lecture 004, 227×227 with kernels of 11×11 moving by four:

    >>> output_size(227, 11, stride=4)
    55

    With 224 the last three cells are left over:

    >>> output_size(224, 11, stride=4)
    54
    """
    # TODO: write this function.
    raise NotImplementedError


def conv2d(
    x: np.ndarray, w: np.ndarray, b: np.ndarray, stride: int = 1, padding: int = 0
) -> np.ndarray:
    """Apply a convolutional layer to a batch of images.

    Parameters
    ----------
    x : ndarray of float or int, shape (N, C, H, W)
        A batch of N images with C channels.
    w : ndarray of float or int, shape (K, C, KH, KW)
        K filters; KH and KW may differ. They fit the padded image.
    b : ndarray of float or int, shape (K,)
        One bias for each filter.
    stride : int, default 1
        Cells between two windows, downwards and to the right.
    padding : int, default 0
        Width of the border of zeros, on all four sides.

    Returns
    -------
    ndarray of float64, shape (N, K, H', W')
        One map for each image and filter, with
        H' = floor((H - KH + 2 * padding) / stride) + 1 and
        W' = floor((W - KW + 2 * padding) / stride) + 1.

    Notes
    -----
    With xp for x and its border of zeros::

        out[n, k, i, j] = b[k] + sum over c, u, v of
                          xp[n, c, i * stride + u, j * stride + v] * w[k, c, u, v]

    - The kernel is not flipped (cross-correlation).
    - The padding is the same on both sides; rows and columns that are left over
      at the bottom and on the right are not used.
    - The bias is added once to each sum, not to each product.
    - Do not change x, w or b.

    References
    ----------
    Lecture 004, "What does the stride S do?", and lecture 002, "Strides".

    Examples
    --------
    The image and filter of lecture 002, two cells at a time:

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
    >>> b = np.array([0])
    >>> conv2d(x, w, b, stride=2)[0, 0]
    array([[25., 17.],
           [20., 23.]])

    With a border of one zero the first window holds only 3, 5, 9 and 7 of the
    image, and the weights that meet them are 1, 0, 0 and 1: 3 + 7 = 10.

    >>> conv2d(x, w, b, stride=2, padding=1)[0, 0]
    array([[10., 11.,  9.],
           [ 5., 22., 11.],
           [ 1., 16., 15.]])
    """
    # TODO: write this function.
    raise NotImplementedError
