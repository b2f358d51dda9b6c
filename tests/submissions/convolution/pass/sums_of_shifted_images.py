# names: nothing
import numpy as np


def correlate2d(image, kernel):
    # Every weight meets one shifted copy of the image.
    KH, KW = kernel.shape
    rows, cols = image.shape[0] - KH + 1, image.shape[1] - KW + 1
    return sum(
        1.0 * kernel[u, v] * image[u : u + rows, v : v + cols]
        for u in range(KH)
        for v in range(KW)
    )


def convolve2d(image, kernel):
    return correlate2d(image, np.rot90(kernel, 2))


def conv_volume(x, w, b):
    return np.stack([sum(map(correlate2d, x, w[k])) + b[k] for k in range(len(w))])
