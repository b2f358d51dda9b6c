# names: padding-ignored
import numpy as np


def zero_pad(x, pad):
    widths = [(0, 0)] * (x.ndim - 2) + [(pad, pad)] * 2
    np.pad(x, widths)
    return x


def same_padding(kernel_size):
    if kernel_size % 2 == 0:
        raise ValueError("odd kernels only")
    return (kernel_size - 1) // 2
