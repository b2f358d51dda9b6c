# names: nothing
import numpy as np


def output_size(size, kernel_size, stride=1, padding=0):
    span = size + 2 * padding
    if kernel_size > span:
        raise ValueError("kernel too large")
    return (span - kernel_size) // stride + 1


def conv2d(x, w, b, stride=1, padding=0):
    # One shifted, thinned copy of the images for every weight of the kernel.
    N, C, H, W = x.shape
    K, C, KH, KW = w.shape
    xp = np.zeros((N, C, H + 2 * padding, W + 2 * padding), dtype="float32")
    xp[:, :, padding : padding + H, padding : padding + W] = x
    rows, cols = output_size(H, KH, stride, padding), output_size(W, KW, stride, padding)
    out = np.zeros((N, K, rows, cols), dtype="float32")
    for u in range(KH):
        for v in range(KW):
            seen = xp[:, :, u :: stride, v :: stride][:, :, :rows, :cols]
            out += np.tensordot(w[:, :, u, v], seen, (1, 1)).swapaxes(0, 1)
    return out + b[:, None, None]
