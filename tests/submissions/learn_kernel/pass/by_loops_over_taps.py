# names: nothing
"""The fixed rate of the text, with loops over the taps of the kernel."""

import numpy as np


def learn_kernel(image, feature_map, kernel_size, steps):
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size, kernel_size)
    KH, KW = kernel_size
    rows, cols = feature_map.shape
    total = 0.0
    for u in range(KH):
        for v in range(KW):
            total += np.sum(image[u : u + rows, v : v + cols].astype(float) ** 2)
    kernel = np.zeros((KH, KW))
    for _ in range(steps):
        out = np.zeros((rows, cols))
        for u in range(KH):
            for v in range(KW):
                out += kernel[u, v] * image[u : u + rows, v : v + cols]
        error = out - feature_map
        for u in range(KH):
            for v in range(KW):
                gradient = np.sum(error * image[u : u + rows, v : v + cols])
                kernel[u, v] -= gradient / total
    return kernel
