# names: nothing
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
    raise NotImplementedError


def conv_volume(x, w, b):
    raise NotImplementedError
