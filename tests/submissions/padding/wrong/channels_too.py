# names: padding-channel-axis
import numpy as np


def zero_pad(x, pad):
    widths = [(0, 0)] * x.ndim
    for axis in range(max(x.ndim - 3, 0), x.ndim):
        widths[axis] = (pad, pad)
    return np.pad(x, widths)


def same_padding(kernel_size):
    if kernel_size % 2 == 0:
        raise ValueError("odd kernels only")
    return (kernel_size - 1) // 2
