# names: learning-same-step-for-all-weights
import numpy as np


def learn_kernel(image, feature_map, kernel_size, steps):
    if isinstance(kernel_size, int):
        KH = KW = kernel_size
    else:
        KH, KW = kernel_size
    rows, cols = feature_map.shape
    kernel = np.zeros((KH, KW))
    total = 0.0
    for i in range(rows):
        for j in range(cols):
            total += np.sum(image[i : i + KH, j : j + KW] ** 2)
    rate = 1 / total
    patches = np.lib.stride_tricks.sliding_window_view(image, (KH, KW))
    for step in range(steps):
        out = np.einsum("ijuv,uv->ij", patches, kernel)
        error = out - feature_map
        gradient = np.einsum("ij,ijuv->uv", error, patches)
        kernel = kernel - rate * gradient.mean()
    return kernel
