# names: patches-in-column-order
import numpy as np


def im2col(x, kernel_size, stride=1, padding=0):
    if isinstance(kernel_size, int):
        KH = KW = kernel_size
    else:
        KH, KW = kernel_size
    N, C, H, W = x.shape
    H_out = (H + 2 * padding - KH) // stride + 1
    W_out = (W + 2 * padding - KW) // stride + 1
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    cols = np.zeros((N, C, KH, KW, H_out, W_out))
    for u in range(KH):
        for v in range(KW):
            bottom = u + stride * (H_out - 1) + 1
            right = v + stride * (W_out - 1) + 1
            cols[:, :, u, v] = xp[:, :, u:bottom:stride, v:right:stride]
    return cols.transpose(0, 1, 2, 3, 5, 4).reshape(N, C * KH * KW, H_out * W_out)


def conv2d_im2col(x, w, b, stride=1, padding=0):
    N, C, H, W = x.shape
    K, _, KH, KW = w.shape
    H_out = (H + 2 * padding - KH) // stride + 1
    W_out = (W + 2 * padding - KW) // stride + 1
    cols = im2col(x, (KH, KW), stride, padding)
    out = w.reshape(K, -1) @ cols
    out = out + b.reshape(K, 1)
    return out.reshape(N, K, H_out, W_out)
