# names: channels-not-summed
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
    return correlate2d(image, np.flip(kernel))


def conv_volume(x, w, b):
    C, H, W = x.shape
    K, C, KH, KW = w.shape
    out = np.zeros((K, C, H - KH + 1, W - KW + 1))
    for i in range(H - KH + 1):
        for j in range(W - KW + 1):
            out[:, :, i, j] = np.sum(x[:, i : i + KH, j : j + KW] * w, axis=(2, 3))
    return out + b[:, None, None, None]
