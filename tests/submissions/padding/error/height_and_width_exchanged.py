# names: height-and-width-exchanged
import numpy as np


def zero_pad(x, pad):
    W, H = x.shape[-2:]
    out = np.zeros(x.shape[:-2] + (H + 2 * pad, W + 2 * pad))
    out[..., pad : pad + x.shape[-2], pad : pad + x.shape[-1]] = x
    return out


def same_padding(kernel_size):
    if kernel_size % 2 == 0:
        raise ValueError("odd kernels only")
    return (kernel_size - 1) // 2
