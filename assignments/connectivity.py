"""Connectivity: which inputs an output sees, and a convolution as a sparse matrix.

In a dense layer every output sees every input. In a convolution an output sees one
window. A second layer sees windows of windows, so the field of view grows with
depth. Written as a matrix, a convolution is a dense layer that is mostly zeros and
whose rows repeat the same few weights.

Write the functions in this order: `connected_inputs`, `receptive_field`,
`correlation_matrix`. There is no padding in this exercise.
"""

import numpy as np


def connected_inputs(
    row: int, col: int, kernel_size: int | tuple[int, int], stride: int = 1
) -> np.ndarray:
    """List the input cells that one output cell sees.

    Parameters
    ----------
    row, col : int
        The output cell, both counted from 0.
    kernel_size : int or (height, width)
        The window; an int means a square.
    stride : int, default 1
        Cells between two windows, downwards and to the right.

    Returns
    -------
    ndarray of int, shape (n, 2)
        A line (row, column) for each of the n = height * width input cells, in
        row-major order: row by row, each row from the left.

    Notes
    -----
    The window of output cell (row, col) has its top left cell at::

        (row * stride, col * stride)

    References
    ----------
    Lectures 001 and 004, the 4×4 image with a 2×2 kernel that moves by two.

    Examples
    --------
    The lectures' h12 is output cell (0, 1). They number the 16 inputs from 1, so
    cell (r, c) is number 4 * r + c + 1: these are 3, 4, 7 and 8.

    >>> connected_inputs(0, 1, 2, stride=2)
    array([[0, 2],
           [0, 3],
           [1, 2],
           [1, 3]])
    """
    # TODO: write this function.
    raise NotImplementedError


def receptive_field(layers: list[tuple[int, int]]) -> int:
    """Give the width of input that one output of a stack of layers sees.

    Parameters
    ----------
    layers : list of (kernel, stride)
        The layers from the input to the output, along one axis. Pooling layers
        count like convolutions.

    Returns
    -------
    int
        Cells of the input; 1 for no layers at all.

    Notes
    -----
    The first layer sees its kernel. Each further tap of a later layer moves the
    view by the strides of all layers *before* it, multiplied; a layer's own stride
    does not widen what its outputs see.

    References
    ----------
    Lecture 004, "Local receptive field": x1 and x5 do not meet in the first layer,
    but they do in g3, in the second.

    Araujo, Norris and Sim (2019), *Computing receptive fields of convolutional
    neural networks*.

    Examples
    --------
    Two layers of width 3 see five cells:

    >>> receptive_field([(3, 1), (3, 1)])
    5

    If the first moves by two, its windows lie two apart, and three of them reach
    from cell 0 to cell 6:

    >>> receptive_field([(3, 2), (3, 1)])
    7
    """
    # TODO: write this function.
    raise NotImplementedError


def correlation_matrix(kernel: np.ndarray, height: int, width: int) -> np.ndarray:
    """Write the cross-correlation with a kernel as a matrix.

    Parameters
    ----------
    kernel : ndarray of float or int, shape (KH, KW)
        The weights; the kernel fits the image.
    height, width : int
        Size of the image, H and W.

    Returns
    -------
    ndarray of float64, shape (H' * W', H * W)
        A matrix M with a row for each output cell and a column for each input cell,
        with H' = H - KH + 1 and W' = W - KW + 1.

    Notes
    -----
    Both the image and the map are read row by row (``ravel``), and for every image::

        M @ image.ravel() = (cross-correlation of image with kernel).ravel()

    that is, with everything else zero::

        M[i * W' + j, (i + u) * W + (j + v)] = kernel[u, v]

    The zeros are the sparse connectivity of lecture 001, the same weights in each row
    its weight sharing. The transpose of M takes gradients back, and is what a
    transposed convolution multiplies by.

    References
    ----------
    Dumoulin and Visin (2016), *A guide to convolution arithmetic for deep
    learning*, section 4.1.

    Examples
    --------
    A kernel of two cells on an image of 2×3. Each output sees two neighbours, and
    the third cell of the first row never meets the first cell of the second:

    >>> correlation_matrix(np.array([[5, 7]]), 2, 3)
    array([[5., 7., 0., 0., 0., 0.],
           [0., 5., 7., 0., 0., 0.],
           [0., 0., 0., 5., 7., 0.],
           [0., 0., 0., 0., 5., 7.]])
    """
    # TODO: write this function.
    raise NotImplementedError
