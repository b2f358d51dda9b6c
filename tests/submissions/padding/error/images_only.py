# names: example-size-hard-coded
import numpy as np


def zero_pad(x, pad):
    H, W = x.shape
    out = np.zeros((H + 2 * pad, W + 2 * pad))
    out[pad : pad + H, pad : pad + W] = x
    return out


def same_padding(kernel_size):
    if kernel_size % 2 == 0:
        raise ValueError("odd kernels only")
    return (kernel_size - 1) // 2
