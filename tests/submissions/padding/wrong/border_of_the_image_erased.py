# names: padding-overwrites-border
import numpy as np


def zero_pad(x, pad):
    out = x.copy()
    H, W = x.shape[-2:]
    for i in range(H):
        for j in range(W):
            if min(i, j) < pad or i >= H - pad or j >= W - pad:
                out[..., i, j] = 0
    return out


def same_padding(kernel_size):
    if kernel_size % 2 == 0:
        raise ValueError("odd kernels only")
    return (kernel_size - 1) // 2
