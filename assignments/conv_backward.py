"""Backward through a convolution: the gradients of image, weights and biases.

Going forward, each output is a sum of products of cells and weights. Going backward,
each output hands its gradient to what it was made of: to a weight, times the cell it
met; to a cell, times the weight it met; to the bias, as it is. A weight serves many
positions and a cell many windows, so all of them *add up*.

There is one function, `conv2d_backward`. Start with db, then dw, then dx, and with
padding = 0 and stride = 1.
"""

import numpy as np


def conv2d_backward(
    dout: np.ndarray, x: np.ndarray, w: np.ndarray, stride: int = 1, padding: int = 0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Take the gradient of a loss back through a convolutional layer.

    Parameters
    ----------
    dout : ndarray of float or int, shape (N, K, H', W')
        Gradient of the loss with respect to the output of the layer, with
        H' = floor((H - KH + 2 * padding) / stride) + 1, and W' likewise.
    x : ndarray of float or int, shape (N, C, H, W)
        The images that went in.
    w : ndarray of float or int, shape (K, C, KH, KW)
        The filters; KH and KW may differ.
    stride : int, default 1
        Cells between two windows, downwards and to the right.
    padding : int, default 0
        Width of the border of zeros, on all four sides.

    Returns
    -------
    dx : ndarray of float64, shape (N, C, H, W)
        Gradient with respect to x, without the border.
    dw : ndarray of float64, shape (K, C, KH, KW)
        Gradient with respect to w.
    db : ndarray of float64, shape (K,)
        Gradient with respect to the biases.

    Notes
    -----
    Let xp be x with its border of zeros, and dxp a gradient of the same shape that
    starts from zero. The layer computed, without flipping the kernel::

        out[n, k, i, j] = b[k] + sum over c, u, v of
                          xp[n, c, i * stride + u, j * stride + v] * w[k, c, u, v]

    so for every n, k, i, j and every c, u, v::

        db[k]          += dout[n, k, i, j]
        dw[k, c, u, v] += dout[n, k, i, j] * xp[n, c, i * stride + u, j * stride + v]
        dxp[n, c, i * stride + u, j * stride + v]
                       += dout[n, k, i, j] * w[k, c, u, v]

    (the line for db once, not for every c, u, v), and dx is dxp without its border.

    - All three are sums over the batch, not means.
    - Cutting the border off with ``padding:-padding`` leaves nothing for padding 0.
    - Rows and columns that no window reached get zero.
    - The gradients are float64 even for integers. Do not change dout, x or w.

    References
    ----------
    Lecture 004, "treating these kernels as parameters and learning them … using
    back propagation".

    Goodfellow, Bengio and Courville (2016), *Deep learning*, section 9.5.

    Examples
    --------
    An image of one row, a filter of two cells, two outputs: x0 w0 + x1 w1 and
    x1 w0 + x2 w1, with gradients 10 and 1. The middle cell met both weights:
    10 * 5 + 1 * 4 = 54. The first weight met x0 and x1: 10 * 1 + 1 * 2 = 12.

    >>> x = np.array([1, 2, 3]).reshape(1, 1, 1, 3)
    >>> w = np.array([4, 5]).reshape(1, 1, 1, 2)
    >>> dout = np.array([10, 1]).reshape(1, 1, 1, 2)
    >>> dx, dw, db = conv2d_backward(dout, x, w)
    >>> dx
    array([[[[40., 54.,  5.]]]])
    >>> dw
    array([[[[12., 23.]]]])
    >>> db
    array([11.])
    """
    # TODO: write this function.
    raise NotImplementedError
