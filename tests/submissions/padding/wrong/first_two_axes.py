# names: padding-first-axes
import numpy as np


def zero_pad(x, pad):
    H, W = x.shape[:2]
    out = np.zeros((H + 2 * pad, W + 2 * pad) + x.shape[2:])
    out[pad : pad + H, pad : pad + W] = x
    return out


def same_padding(kernel_size):
    if kernel_size % 2 == 0:
        raise ValueError("odd kernels only")
    return (kernel_size - 1) // 2
