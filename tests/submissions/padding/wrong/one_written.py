# names: padding-fixed-at-one
import numpy as np


def zero_pad(x, pad):
    *front, H, W = x.shape
    out = np.zeros((*front, H + 2, W + 2))
    out[..., 1:-1, 1:-1] = x
    return out


def same_padding(kernel_size):
    if kernel_size % 2 == 0:
        raise ValueError("odd kernels only")
    return (kernel_size - 1) // 2
