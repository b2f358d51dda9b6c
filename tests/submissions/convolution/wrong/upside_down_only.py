# names: kernel-flipped-vertically-only
import numpy as np


def correlate2d(image, kernel):
    H, W = image.shape
    KH, KW = kernel.shape
    result = np.zeros((H - KH + 1, W - KW + 1))
    for i in range(result.shape[0]):
        for j in range(result.shape[1]):
            result[i, j] = (image[i : i + KH, j : j + KW] * kernel).sum()
    return result


def convolve2d(image, kernel):
    return correlate2d(image, kernel[::-1])


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
