"""Variants of convolution: the same sum of products, wired in other ways.

Spread the taps (dilated), run the layer backwards (transposed), keep channels in
groups or apart (grouped, depthwise), mix channels only (pointwise), split a kernel
into lines (separable, flattened), or slide along a third axis (3D).

Write the functions in the order in which they stand; later ones may call earlier
ones. `b` holds one bias for each output map, added once to each sum. Kernels are
never flipped; windows move one cell at a time and there is no padding, unless a
parameter says so. Arrays may hold integers; what you return is float64. Do not
change the arrays you are given.

References: lecture 004, "Other variants of convolution". Dumoulin and Visin (2016), A
guide to convolution arithmetic for deep learning, sections 4 (transposed) and 5.1
(dilated). Long et al. (2015), Fully convolutional networks for semantic segmentation
(transposed). Krizhevsky et al. (2012), ImageNet classification with deep convolutional
neural networks (grouped). Lin et al. (2013), Network in network (pointwise). Howard et
al. (2017), MobileNets (depthwise separable). Jin et al. (2014), Flattened
convolutional neural networks for feedforward acceleration.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def dilated_conv2d(
    x: np.ndarray, w: np.ndarray, b: np.ndarray, dilation: int
) -> np.ndarray:
    """Apply a convolution whose taps lie apart.

    Parameters
    ----------
    x : ndarray of float or int, shape (N, C, H, W)
    w : ndarray of float or int, shape (K, C, KH, KW)
        K filters; spread out, they still fit the image.
    b : ndarray of float or int, shape (K,)
    dilation : int
        Cells from one tap to the next; 1 is the ordinary convolution.

    Returns
    -------
    ndarray of float64, shape (N, K, H', W')
        With H' = H - dilation * (KH - 1) and W' = W - dilation * (KW - 1).

    Notes
    -----
    The taps of a filter are `dilation` cells apart::

        out[n, k, i, j] = b[k] + sum over c, u, v of
                          x[n, c, i + u * dilation, j + v * dilation] * w[k, c, u, v]

    Dilation spreads the taps inside the window, a stride moves the window.

    Examples
    --------
    Two taps, two apart: 1 + 3, 2 + 4, 3 + 5.

    >>> x = np.array([1, 2, 3, 4, 5]).reshape(1, 1, 1, 5)
    >>> dilated_conv2d(x, np.ones((1, 1, 1, 2)), np.array([0]), 2)
    array([[[[4., 6., 8.]]]])
    """
    # TODO: write this function.
    raise NotImplementedError


def transposed_conv1d(x: np.ndarray, w: np.ndarray, stride: int) -> np.ndarray:
    """Paste a copy of the kernel for each input: learnable upsampling.

    Parameters
    ----------
    x : ndarray of float or int, shape (L,)
    w : ndarray of float or int, shape (K,)
    stride : int
        Cells from one copy to the next.

    Returns
    -------
    ndarray of float64, shape ((L - 1) * stride + K,)
        The longer signal.

    Notes
    -----
    Where copies overlap they add up::

        out[i * stride + u] += x[i] * w[u]

    The kernel is pasted as it is. This restores the *size* that a convolution with
    the same stride started from, not its values: hence "deconvolution" is a bad name.

    Examples
    --------
    Copies of (1, 1, 1) times 1 and times 2, two apart, meet in one cell:

    >>> transposed_conv1d(np.array([1, 2]), np.array([1, 1, 1]), 2)
    array([1., 1., 3., 2., 2.])
    """
    # TODO: write this function.
    raise NotImplementedError


def transposed_conv2d(
    x: np.ndarray, w: np.ndarray, b: np.ndarray, stride: int = 1, padding: int = 0
) -> np.ndarray:
    """Paste a copy of the kernel for each cell of each input map.

    Parameters
    ----------
    x : ndarray of float or int, shape (N, C, H, W)
    w : ndarray of float or int, shape (C, K, KH, KW)
        The kernels: the axis of the *input* channels comes first.
    b : ndarray of float or int, shape (K,)
    stride : int, default 1
        Cells from one copy to the next.
    padding : int, default 0
        Rows and columns cut *off* on each of the four sides.

    Returns
    -------
    ndarray of float64, shape (N, K, H', W')
        With H' = (H - 1) * stride + KH - 2 * padding, and W' likewise.

    Notes
    -----
    Before the cut, with full starting from zero::

        full[n, k, i * stride + u, j * stride + v] += x[n, c, i, j] * w[c, k, u, v]

    then the border is cut off, then each cell gets its bias b[k], once.

    Examples
    --------
    Three rows of 1, 1, 3, 2, 2, as above; the padding leaves only their inside:

    >>> x, w = np.array([[[[1, 2]]]]), np.ones((1, 1, 3, 3))
    >>> transposed_conv2d(x, w, np.array([0]), stride=2, padding=1)
    array([[[[1., 3., 2.]]]])
    """
    # TODO: write this function.
    raise NotImplementedError


def grouped_conv2d(
    x: np.ndarray, w: np.ndarray, b: np.ndarray, groups: int
) -> np.ndarray:
    """Convolve groups of channels apart from each other.

    Parameters
    ----------
    x : ndarray of float or int, shape (N, C, H, W)
        A batch of images; C is a multiple of groups.
    w : ndarray of float or int, shape (K, C / groups, KH, KW)
        K filters, each as deep as one group; K is a multiple of groups.
    b : ndarray of float or int, shape (K,)
    groups : int
        Number of groups; 1 is the ordinary convolution.

    Returns
    -------
    ndarray of float64, shape (N, K, H - KH + 1, W - KW + 1)
        One map for each filter, in the order of the filters.

    Notes
    -----
    Channels and filters are dealt out in order: the first K / groups filters see only
    the first C / groups channels, the next only the next.

    Examples
    --------
    Four channels of one cell in two groups: 1 + 2 and 30 + 40.

    >>> x = np.array([1, 2, 30, 40]).reshape(1, 4, 1, 1)
    >>> grouped_conv2d(x, np.ones((2, 2, 1, 1)), np.array([0, 0]), 2).ravel()
    array([ 3., 70.])
    """
    # TODO: write this function.
    raise NotImplementedError


def pointwise_conv2d(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Mix the channels of each pixel: a 1×1 convolution.

    Parameters
    ----------
    x : ndarray of float or int, shape (N, C, H, W)
    w : ndarray of float or int, shape (K, C)
        A weight from each channel to each map.
    b : ndarray of float or int, shape (K,)

    Returns
    -------
    ndarray of float64, shape (N, K, H, W)

    Notes
    -----
    The same dense layer at every pixel::

        out[n, k, i, j] = b[k] + sum over c of  x[n, c, i, j] * w[k, c]

    Examples
    --------
    The sum and the difference of two channels:

    >>> x = np.array([[[[5, 7]], [[1, 2]]]])
    >>> pointwise_conv2d(x, np.array([[1, 1], [1, -1]]), np.array([0, 0]))[0]
    array([[[6., 9.]],
    <BLANKLINE>
           [[4., 5.]]])
    """
    # TODO: write this function.
    raise NotImplementedError


def depthwise_separable_conv2d(
    x: np.ndarray, depthwise: np.ndarray, pointwise: np.ndarray
) -> np.ndarray:
    """Filter each channel alone, then mix the channels; there are no biases.

    Parameters
    ----------
    x : ndarray of float or int, shape (N, C, H, W)
    depthwise : ndarray of float or int, shape (C, KH, KW)
        One kernel for each channel.
    pointwise : ndarray of float or int, shape (K, C)
        The weights that mix the filtered channels.

    Returns
    -------
    ndarray of float64, shape (N, K, H - KH + 1, W - KW + 1)

    Notes
    -----
    The first step does not sum over channels, the second sums over nothing else::

        mid[n, c, i, j] = sum over u, v of  x[n, c, i + u, j + v] * depthwise[c, u, v]
        out[n, k, i, j] = sum over c of  mid[n, c, i, j] * pointwise[k, c]

    KH * KW * C + C * K weights do the work of KH * KW * C * K.

    Examples
    --------
    Sums of neighbours in channel 0, differences in channel 1, then 1 * 3 + 10 * 4:

    >>> x = np.array([[[[1, 2]], [[3, 7]]]])
    >>> depthwise = np.array([[[1, 1]], [[-1, 1]]])
    >>> depthwise_separable_conv2d(x, depthwise, np.array([[1, 10]]))
    array([[[[43.]]]])
    """
    # TODO: write this function.
    raise NotImplementedError


def spatially_separable_conv2d(
    image: np.ndarray, column: np.ndarray, row: np.ndarray
) -> np.ndarray:
    """Slide a column over the image, then a row over the result.

    Parameters
    ----------
    image : ndarray of float or int, shape (H, W)
    column, row : ndarray of float or int, shapes (KH,) and (KW,)
        The kernels that are slid along the height and along the width.

    Returns
    -------
    ndarray of float64, shape (H - KH + 1, W - KW + 1)
        What the kernel with the weights column[u] * row[v] would give.

    Notes
    -----
    KH + KW products for each cell instead of KH * KW; but only a kernel that is a
    column times a row (a matrix of rank one) can be split so.

    Examples
    --------
    The vertical-edge kernel of lecture 000 is the column (1, 1, 1) times the row
    (-1, 0, 1):

    >>> image = np.array([[36, 31, 28, 24], [38, 34, 29, 26], [39, 35, 32, 28]])
    >>> column, row = np.array([1, 1, 1]), np.array([-1, 0, 1])
    >>> spatially_separable_conv2d(image, column, row)
    array([[-24., -22.]])
    """
    # TODO: write this function.
    raise NotImplementedError


def conv3d(x: np.ndarray, w: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Slide filters along depth, height and width.

    Parameters
    ----------
    x : ndarray of float or int, shape (N, C, D, H, W)
        A batch of volumes, such as films: D is the depth, or time.
    w : ndarray of float or int, shape (K, C, KD, KH, KW)
        K filters. They span all channels, but not all of the depth.
    b : ndarray of float or int, shape (K,)

    Returns
    -------
    ndarray of float64, shape (N, K, D', H', W')
        With D' = D - KD + 1, H' = H - KH + 1 and W' = W - KW + 1.

    Notes
    -----
    The sum runs over the depth of the filter too::

        out[n, k, d, i, j] = b[k] + sum over c, t, u, v of
                             x[n, c, d + t, i + u, j + v] * w[k, c, t, u, v]

    Examples
    --------
    The difference from one frame to the next, in a film of three frames of 1×2:

    >>> x = np.array([[1, 2], [1, 5], [4, 4]]).reshape(1, 1, 3, 1, 2)
    >>> w = np.array([-1, 1]).reshape(1, 1, 2, 1, 1)
    >>> conv3d(x, w, np.array([0])).reshape(2, 2)
    array([[ 0.,  3.],
           [ 3., -1.]])
    """
    # TODO: write this function.
    raise NotImplementedError


def flattened_conv(
    x: np.ndarray, channel: np.ndarray, column: np.ndarray, row: np.ndarray
) -> np.ndarray:
    """Filter along the channels, then the height, then the width.

    Parameters
    ----------
    x : ndarray of float or int, shape (C, H, W)
    channel : ndarray of float or int, shape (C,)
        A weight for each channel, so one map remains.
    column, row : ndarray of float or int, shapes (KH,) and (KW,)
        The kernels that are slid along the height and along the width.

    Returns
    -------
    ndarray of float64, shape (H - KH + 1, W - KW + 1)
        What the filter with the weights channel[c] * column[u] * row[v] would give.

    Examples
    --------
    Ten times channel 0 minus channel 1 is (9, 18, 27), and 9 + 18, 18 + 27 follow:

    >>> x = np.array([[[1, 2, 3]], [[1, 2, 3]]])
    >>> flattened_conv(x, np.array([10, -1]), np.array([1]), np.array([1, 1]))
    array([[27., 45.]])
    """
    # TODO: write this function.
    raise NotImplementedError
