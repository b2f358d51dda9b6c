# names: padding-all-axes
import numpy as np


def zero_pad(x, pad):
    return np.pad(x, pad)


def same_padding(kernel_size):
    if kernel_size % 2 == 0:
        raise ValueError("odd kernels only")
    return (kernel_size - 1) // 2
