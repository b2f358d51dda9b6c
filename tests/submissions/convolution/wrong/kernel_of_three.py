# names: kernel-size-fixed-at-three
import numpy as np


def correlate2d(image, kernel):
    H, W = image.shape
    KH = KW = 3
    result = np.zeros((H - KH + 1, W - KW + 1))
    for i in range(result.shape[0]):
        for j in range(result.shape[1]):
            result[i, j] = (image[i : i + KH, j : j + KW] * kernel).sum()
    return result


def convolve2d(image, kernel):
    H, W = image.shape
    KH, KW = kernel.shape
    kernel = kernel[::-1, ::-1]
    result = np.zeros((H - KH + 1, W - KW + 1))
    for i in range(result.shape[0]):
        for j in range(result.shape[1]):
            result[i, j] = (image[i : i + KH, j : j + KW] * kernel).sum()
    return result


def conv_volume(x, w, b):
    C, H, W = x.shape
    K, C, KH, KW = w.shape
    out = np.zeros((K, H - KH + 1, W - KW + 1))
    for k in range(K):
        for i in range(H - KH + 1):
            for j in range(W - KW + 1):
                window = x[:, i : i + KH, j : j + KW]
                out[k, i, j] = np.sum(window * w[k]) + b[k]
    return out
