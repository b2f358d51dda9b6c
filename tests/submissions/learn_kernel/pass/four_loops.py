# names: nothing
"""The text's formulas as they stand, one product at a time."""

import numpy as np


def learn_kernel(image, feature_map, kernel_size, steps):
    KH, KW = (kernel_size,) * 2 if isinstance(kernel_size, int) else kernel_size
    rows, cols = feature_map.shape
    image, feature_map = image.tolist(), feature_map.tolist()
    total = 0.0
    for i in range(rows):
        for j in range(cols):
            for u in range(KH):
                for v in range(KW):
                    total += image[i + u][j + v] ** 2
    kernel = [[0.0] * KW for _ in range(KH)]
    for _ in range(steps):
        gradient = [[0.0] * KW for _ in range(KH)]
        for i in range(rows):
            for j in range(cols):
                out = 0.0
                for u in range(KH):
                    for v in range(KW):
                        out += image[i + u][j + v] * kernel[u][v]
                error = out - feature_map[i][j]
                for u in range(KH):
                    for v in range(KW):
                        gradient[u][v] += error * image[i + u][j + v]
        for u in range(KH):
            for v in range(KW):
                kernel[u][v] -= gradient[u][v] / total
    return np.array(kernel)
