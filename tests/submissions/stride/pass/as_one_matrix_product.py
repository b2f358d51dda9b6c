# names: nothing
import numpy as np


def output_size(size, kernel_size, stride=1, padding=0):
    span = size + 2 * padding
    if kernel_size > span:
        raise ValueError("kernel too large")
    return (span - kernel_size) // stride + 1


def conv2d(x, w, b, stride=1, padding=0):
    N, C, H, W = x.shape
    K, _, KH, KW = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    H2, W2 = output_size(H, KH, stride, padding), output_size(W, KW, stride, padding)
    columns = np.empty((N, H2 * W2, C * KH * KW))
    for i in range(H2):
        for j in range(W2):
            patch = xp[:, :, i * stride : i * stride + KH, j * stride : j * stride + KW]
            columns[:, i * W2 + j] = patch.reshape(N, -1)
    out = columns @ w.reshape(K, -1).T + b
    return out.transpose(0, 2, 1).reshape(N, K, H2, W2)
