# names: nothing
"""Gradient descent with momentum, and a rate from the largest curvature."""

import numpy as np


def _windows(image, KH, KW):
    rows, cols = image.shape[0] - KH + 1, image.shape[1] - KW + 1
    return np.array(
        [image[i : i + KH, j : j + KW].ravel() for i in range(rows) for j in range(cols)],
        dtype=float,
    )


def learn_kernel(image, feature_map, kernel_size, steps):
    KH, KW = np.broadcast_to(kernel_size, 2)
    seen = _windows(image, KH, KW)
    rate = 1 / np.linalg.norm(seen, 2) ** 2
    kernel = np.zeros(KH * KW)
    velocity = np.zeros(KH * KW)
    for _ in range(steps):
        error = seen @ (kernel + 0.9 * velocity) - feature_map.ravel()
        velocity = 0.9 * velocity - rate * (error @ seen)
        kernel += velocity
    return kernel.reshape(KH, KW)
