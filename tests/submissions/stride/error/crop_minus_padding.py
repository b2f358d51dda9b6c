# names: padding-zero-breaks
import numpy as np


def output_size(size, kernel_size, stride=1, padding=0):
    span = size + 2 * padding
    if kernel_size > span:
        raise ValueError("kernel too large")
    return (span - kernel_size) // stride + 1


def conv2d(x, w, b, stride=1, padding=0):
    N, C, H, W = x.shape
    K, C, KH, KW = w.shape
    Ho = 1 + (H + 2 * padding - KH) // stride
    Wo = 1 + (W + 2 * padding - KW) // stride
    x_pad = np.zeros((N, C, H + 2 * padding, W + 2 * padding))
    x_pad[:, :, padding:-padding, padding:-padding] = x
    out = np.zeros((N, K, Ho, Wo))
    for n in range(N):
        for k in range(K):
            for i in range(Ho):
                for j in range(Wo):
                    top, left = i * stride, j * stride
                    window = x_pad[n, :, top : top + KH, left : left + KW]
                    out[n, k, i, j] = np.sum(window * w[k]) + b[k]
    return out
