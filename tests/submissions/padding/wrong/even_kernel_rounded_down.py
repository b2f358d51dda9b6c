# names: same-padding-even-rounded-down
import numpy as np


def zero_pad(x, pad):
    *front, H, W = x.shape
    out = np.zeros((*front, H + 2 * pad, W + 2 * pad))
    out[..., pad : H + pad, pad : W + pad] = x
    return out


def same_padding(kernel_size):
    return (kernel_size - 1) // 2
