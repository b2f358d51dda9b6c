# names: connected-row-and-column-exchanged
import numpy as np


def connected_inputs(row, col, kernel_size, stride=1):
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size, kernel_size)
    cells = []
    for u in range(kernel_size[0]):
        for v in range(kernel_size[1]):
            cells.append([col * stride + v, row * stride + u])
    return np.array(cells)


def receptive_field(layers):
    field = 1
    jump = 1
    for kernel, stride in layers:
        field = field + (kernel - 1) * jump
        jump = jump * stride
    return field


def correlation_matrix(kernel, height, width):
    KH, KW = kernel.shape
    rows = height - KH + 1
    cols = width - KW + 1
    M = np.zeros((rows * cols, height * width))
    for i in range(rows):
        for j in range(cols):
            for u in range(KH):
                for v in range(KW):
                    M[i * cols + j, (i + u) * width + j + v] = kernel[u, v]
    return M
