# names: nothing
"""The layer as a matrix product, and its gradients as products with the transpose."""

import numpy as np


def _indices(x_shape, w_shape, stride, padding, rows, cols):
    _, C, H, W = x_shape
    _, _, KH, KW = w_shape
    cells = np.arange(C * (H + 2 * padding) * (W + 2 * padding))
    cells = cells.reshape(C, H + 2 * padding, W + 2 * padding)
    columns = [
        cells[:, i * stride : i * stride + KH, j * stride : j * stride + KW].ravel()
        for i in range(rows)
        for j in range(cols)
    ]
    return np.array(columns).T


def conv2d_backward(dout, x, w, stride=1, padding=0):
    N, K, rows, cols = dout.shape
    _, C, H, W = x.shape
    where = _indices(x.shape, w.shape, stride, padding, rows, cols)
    tall, wide = H + 2 * padding, W + 2 * padding
    filters = w.reshape(K, -1)
    dw = np.zeros(filters.shape)
    dx = np.empty((N, C, H, W))
    for n in range(N):
        image = np.zeros((C, tall, wide))
        image[:, padding : padding + H, padding : padding + W] = x[n]
        incoming = dout[n].reshape(K, -1)
        dw += incoming @ image.ravel()[where].T
        flat = np.zeros(image.size)
        np.add.at(flat, where, filters.T @ incoming)
        flat = flat.reshape(C, tall, wide)
        dx[n] = flat[:, padding : padding + H, padding : padding + W]
    return dx, dw.reshape(w.shape), np.einsum("nkij->k", dout)
