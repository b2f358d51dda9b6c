# names: nothing
import numpy as np


def zero_pad(x, pad):
    *front, H, W = x.shape
    out = np.zeros((*front, H + 2 * pad, W + 2 * pad))
    out[..., pad : H + pad, pad : W + pad] = x
    out[..., -1, -1] = x[..., -1, -1]
    return out


def same_padding(kernel_size):
    if kernel_size % 2 == 0:
        raise ValueError("odd kernels only")
    return (kernel_size - 1) // 2
