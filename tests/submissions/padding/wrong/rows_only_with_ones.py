# names: padding-rows-only, padding-with-ones
import numpy as np


def zero_pad(x, pad):
    *front, H, W = x.shape
    out = np.ones((*front, H + 2 * pad, W))
    out[..., pad : H + pad, :] = x
    return out


def same_padding(kernel_size):
    if kernel_size % 2 == 0:
        raise ValueError("odd kernels only")
    return (kernel_size - 1) // 2
