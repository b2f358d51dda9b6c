"""Parameters: how many numbers a layer learns, and how much work it does.

A dense layer has a weight from each input to each output. A convolutional layer has
only its filters, used at every position: sharing. Between the two stands the layer
that looks at small windows as a convolution does, but has other weights at each
position. Counting the three shows what locality saves and what sharing saves.

Write the functions in this order: `dense_parameters`, `conv_parameters`,
`unshared_parameters`, `conv_macs`. All of them return a Python int.

Sizes are an int (square) or a pair (height, width), and the kernel fits the padded
image.
"""

import numpy as np


def dense_parameters(inputs: int, outputs: int, bias: bool = True) -> int:
    """Count the parameters of a dense (fully connected) layer.

    Parameters
    ----------
    inputs, outputs : int
        Numbers of neurons before and after the layer. A colour image counts each of
        its three channels.
    bias : bool, default True
        Whether each output has a bias.

    Returns
    -------
    int
        A weight for each pair of input and output, and a bias for each output.

    References
    ----------
    Lecture 004, "Challenges of applying FNNs to images". Lecture 001, where 16
    inputs are joined to 4 neurons.

    Examples
    --------
    A colour image of one million pixels and 20 neurons: 60 million weights.

    >>> dense_parameters(3 * 1_000_000, 20, bias=False)
    60000000
    >>> dense_parameters(3 * 1_000_000, 20)
    60000020
    """
    # TODO: write this function.
    raise NotImplementedError


def conv_parameters(
    in_channels: int,
    out_channels: int,
    kernel_size: int | tuple[int, int],
    bias: bool = True,
) -> int:
    """Count the parameters of a convolutional layer.

    Parameters
    ----------
    in_channels : int
        Channels of the image: the depth of each filter.
    out_channels : int
        Number of filters.
    kernel_size : int or (height, width)
        The kernel.
    bias : bool, default True
        Whether each filter has a bias: one for the whole filter.

    Returns
    -------
    int
        Filters times (weights of one filter, plus one if there is a bias).

    Notes
    -----
    The size of the image is no parameter of this function: the same weights serve
    every position.

    References
    ----------
    Lecture 002, "Number of parameters in a conv layer"; lecture 003, "Parameter
    Sharing". Lecture 004 says K1 × K2 for a colour image; that leaves out the depth
    of the filter, the number of filters and the biases.

    Examples
    --------
    Lecture 004, 96 filters of 11×11 on a colour image: 96 * (11 * 11 * 3 + 1).

    >>> conv_parameters(3, 96, 11)
    34944

    Its homework, 6 filters of 5×5 on a colour image:

    >>> conv_parameters(3, 6, 5)
    456
    """
    # TODO: write this function.
    raise NotImplementedError


def unshared_parameters(
    in_channels: int,
    in_size: int | tuple[int, int],
    out_channels: int,
    kernel_size: int | tuple[int, int],
    stride: int = 1,
    padding: int = 0,
    bias: bool = True,
) -> int:
    """Count the parameters if each position had weights of its own.

    The same connections as in a convolution, without sharing.

    Parameters
    ----------
    in_channels : int
        Channels of the image.
    in_size : int or (height, width)
        The image.
    out_channels : int
        Number of filters at each position.
    kernel_size : int or (height, width)
        The window.
    stride : int, default 1
        Cells between two windows.
    padding : int, default 0
        Zeros on each side.
    bias : bool, default True
        Whether there are biases. Nothing is shared, so each position of each filter
        has its own.

    Returns
    -------
    int
        Output neurons times (weights of one neuron, plus one if there is a bias).

    Notes
    -----
    The output has H' * W' * out_channels neurons, with
    H' = floor((height - kernel height + 2 * padding) / stride) + 1, and W' likewise.

    References
    ----------
    Lecture 003, "Parameter Sharing", on what learning new parameters for every
    single patch would mean.

    Examples
    --------
    The 96 filters of lecture 004 again. On 55×55 positions they have 290,400
    neurons, and each would have 11 * 11 * 3 weights and a bias. Shared: 34,944.

    >>> unshared_parameters(3, 227, 96, 11, stride=4)
    105705600

    The figure of lecture 001, 2×2 windows on a 4×4 image:

    >>> unshared_parameters(1, 4, 1, 2, stride=2, bias=False)
    16
    """
    # TODO: write this function.
    raise NotImplementedError


def conv_macs(
    in_channels: int,
    in_size: int | tuple[int, int],
    out_channels: int,
    kernel_size: int | tuple[int, int],
    stride: int = 1,
    padding: int = 0,
) -> int:
    """Count the multiplications of a convolutional layer for one image.

    MAC stands for multiply-accumulate: one product, added to its sum.

    Parameters
    ----------
    in_channels : int
        Channels of the image.
    in_size : int or (height, width)
        The image.
    out_channels : int
        Number of filters.
    kernel_size : int or (height, width)
        The kernel.
    stride : int, default 1
        Cells between two windows.
    padding : int, default 0
        Zeros on each side.

    Returns
    -------
    int
        Output neurons times the weights of one filter. Products with the zeros of
        the border are counted; adding a bias is no multiplication.

    Notes
    -----
    Sharing saves parameters, not work: the count is that of the layer without
    sharing. A larger stride does save work.

    References
    ----------
    Howard et al. (2017), *MobileNets: efficient convolutional neural networks for
    mobile vision applications*, section 3.1.

    Examples
    --------
    The vertical-edge kernel of lecture 000: nine products for each of 66 cells.

    >>> conv_macs(1, (13, 8), 1, 3)
    594
    """
    # TODO: write this function.
    raise NotImplementedError
