# names: nothing
"""Everything from one idea: push indicator images through the layer."""

import numpy as np


def connected_inputs(row, col, kernel_size, stride=1):
    height, width = (kernel_size,) * 2 if isinstance(kernel_size, int) else kernel_size
    cells = np.indices((height, width)).reshape(2, -1).T
    return cells + np.array([row, col]) * stride


def receptive_field(layers):
    # Walk back: how many inputs does a run of `size` outputs need?
    size = 1
    for kernel, stride in reversed(list(layers)):
        size = (size - 1) * stride + kernel
    return size


def correlation_matrix(kernel, height, width):
    units = np.eye(height * width).reshape(-1, height, width)
    maps = np.lib.stride_tricks.sliding_window_view(units, kernel.shape, axis=(1, 2))
    return np.einsum("aijuv,uv->ija", maps, kernel).reshape(-1, height * width)
