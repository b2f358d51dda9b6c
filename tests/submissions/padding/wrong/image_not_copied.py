# names: unfinished
import numpy as np


def zero_pad(x, pad):
    *front, H, W = x.shape
    return np.zeros((*front, H + 2 * pad, W + 2 * pad))


def same_padding(kernel_size):
    if kernel_size % 2 == 0:
        raise ValueError("odd kernels only")
    return (kernel_size - 1) // 2
