# names: nothing
import numpy as np


def correlate2d(image, kernel):
    (H, W), (KH, KW) = image.shape, kernel.shape
    windows = np.lib.stride_tricks.sliding_window_view(image, (KH, KW))
    return np.einsum("ijuv,uv->ij", windows.astype("float32"), kernel.astype("float32"))


def convolve2d(image, kernel):
    # Scatter: every cell leaves a kernel, and only full windows are kept.
    (H, W), (KH, KW) = image.shape, kernel.shape
    full = np.zeros((H + KH - 1, W + KW - 1), dtype="float32")
    for r in range(H):
        for c in range(W):
            full[r : r + KH, c : c + KW] += image[r, c] * kernel
    return full[KH - 1 : H, KW - 1 : W]


def conv_volume(x, w, b):
    C, H, W = x.shape
    K, C, KH, KW = w.shape
    out = np.zeros((K, H - KH + 1, W - KW + 1))
    for k in range(K):
        for i in range(H - KH + 1):
            for j in range(W - KW + 1):
                window = x[:, i : i + KH, j : j + KW]
                out[k, i, j] = np.sum(window * w[k]) + b[k]
    return out
