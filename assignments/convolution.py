"""Convolution: slide a small kernel over an image and sum the products.

One window, one number: lay the kernel on the image, multiply cell by cell, add
up the products, write the sum down, move one cell on. That is all a convolutional
layer does with one channel; with several channels a filter is a box as deep as the
image, and it still writes one number for each position.

Write the functions in this order: `correlate2d`, `convolve2d`, `conv_volume`.

In all of them the kernel stays inside the image, so the result is smaller than the
image. The arrays you are given may hold integers; what you return is float64.
Do not change the arrays you are given.
"""

import numpy as np


def correlate2d(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Slide the kernel over the image as it is: cross-correlation.

    This is the operation that deep learning calls convolution.

    Parameters
    ----------
    image : ndarray of float or int, shape (H, W)
        One channel.
    kernel : ndarray of float or int, shape (KH, KW)
        The weights, not larger than the image; height and width may differ.

    Returns
    -------
    ndarray of float64, shape (H', W')
        The feature map, with H' = H - KH + 1 and W' = W - KW + 1.

    Notes
    -----
    Row i and column j of the result belong to the window whose top left cell is
    image[i, j]::

        out[i, j] = sum over u, v of  image[i + u, j + v] * kernel[u, v]

    with u = 0 … KH - 1 and v = 0 … KW - 1. The kernel is *not* flipped.

    References
    ----------
    Lecture 000, the convolution of a 13×8 image with a vertical-edge kernel.
    Its printed map is off by one in 29 of 66 cells; the values below are exact.

    Dumoulin and Visin (2016), *A guide to convolution arithmetic for deep
    learning*, section 1.1.

    Examples
    --------
    The first four rows of the lecture's image. The kernel subtracts the left
    column of its window from the right one: negative where the image gets darker
    to the right, positive where it gets brighter.

    >>> image = np.array(
    ...     [
    ...         [36, 31, 28, 24, 23, 27, 33, 39],
    ...         [38, 34, 29, 26, 25, 30, 37, 41],
    ...         [39, 35, 32, 28, 27, 33, 40, 43],
    ...         [42, 38, 34, 30, 30, 36, 43, 46],
    ...     ]
    ... )
    >>> kernel = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])
    >>> correlate2d(image, kernel)
    array([[-24., -22., -14.,  12.,  35.,  33.],
           [-24., -23., -13.,  15.,  38.,  31.]])

    The first number by hand: (28 + 29 + 32) - (36 + 38 + 39) = -24.
    """
    # TODO: write this function.
    raise NotImplementedError


def convolve2d(image: np.ndarray, kernel: np.ndarray) -> np.ndarray:
    """Slide the kernel turned by 180 degrees: convolution as mathematics means it.

    Parameters
    ----------
    image : ndarray of float or int, shape (H, W)
        One channel.
    kernel : ndarray of float or int, shape (KH, KW)
        The weights, not larger than the image; height and width may differ.

    Returns
    -------
    ndarray of float64, shape (H', W')
        The feature map, with H' = H - KH + 1 and W' = W - KW + 1.

    Notes
    -----
    The kernel is read backwards, on both axes::

        out[i, j] = sum over u, v of
                    image[i + u, j + v] * kernel[KH - 1 - u, KW - 1 - v]

    Turning by 180 degrees is not transposing, and not mirroring one axis.

    Mathematics flips so that the operation commutes. A network that *learns* its
    kernel would simply learn the turned one, so deep learning leaves the flip out.

    References
    ----------
    Lecture 004, "Review: Convolution". Its first sum runs from -k to k: read k as
    half the kernel's width there. In its second sum the lower bounds should read
    -floor(m/2) and -floor(n/2).

    Lecture 002, "Convolutional filters", for the numbers below.

    Examples
    --------
    >>> image = np.array(
    ...     [
    ...         [3, 5, 2, 8, 1],
    ...         [9, 7, 5, 4, 3],
    ...         [2, 0, 6, 1, 6],
    ...         [6, 3, 7, 9, 2],
    ...         [1, 4, 9, 5, 1],
    ...     ]
    ... )
    >>> kernel = np.array([[1, 0, 0], [1, 1, 0], [0, 0, 1]])
    >>> convolve2d(image, kernel)
    array([[21., 15., 15.],
           [22., 23., 14.],
           [21., 21., 18.]])

    The kernel turned round is [[1, 0, 0], [0, 1, 1], [0, 0, 1]], so the first
    number is 3 + 7 + 5 + 6 = 21. Cross-correlation gives 3 + 9 + 7 + 6 = 25.
    """
    # TODO: write this function.
    raise NotImplementedError


def conv_volume(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Slide several filters over an image with several channels.

    Parameters
    ----------
    x : ndarray of float or int, shape (C, H, W)
        One image with C channels.
    w : ndarray of float or int, shape (K, C, KH, KW)
        K filters, each as deep as the image; KH and KW may differ.
    b : ndarray of float or int, shape (K,)
        One bias for each filter.

    Returns
    -------
    ndarray of float64, shape (K, H', W')
        One map for each filter, with H' = H - KH + 1 and W' = W - KW + 1.

    Notes
    -----
    A filter spans all channels and adds them up into *one* map; the number of maps
    is the number of filters. The bias is added once to each sum::

        out[k, i, j] = b[k] + sum over c, u, v of  x[c, i + u, j + v] * w[k, c, u, v]

    Nothing is flipped, neither the kernel nor the order of the channels.

    References
    ----------
    Lecture 004, "What would a 3D filter look like?", and lecture 002, "Conv over
    volume": 6×6×3 with 2 filters of 3×3×3 gives 4×4×2.

    Examples
    --------
    Two channels and two filters. The first filter reads the left cell of channel 0
    and the right cell of channel 1; the second reads channel 1 alone.

    >>> x = np.array([[[1, 2, 3]], [[10, 20, 30]]])
    >>> w = np.array([[[[1, 0]], [[0, 1]]], [[[0, 0]], [[1, 1]]]])
    >>> b = np.array([100, 0])
    >>> conv_volume(x, w, b)
    array([[[121., 132.]],
    <BLANKLINE>
           [[ 30.,  50.]]])

    The first number by hand: 1 + 20 + 100 = 121.
    """
    # TODO: write this function.
    raise NotImplementedError
