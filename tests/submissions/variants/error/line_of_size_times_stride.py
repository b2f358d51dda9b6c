# names: transposed-size-multiplied
import numpy as np


def dilated_conv2d(x, w, b, dilation):
    N, C, H, W = x.shape
    K, _, KH, KW = w.shape
    H_out = H - dilation * (KH - 1)
    W_out = W - dilation * (KW - 1)
    out = np.zeros((N, K, H_out, W_out))
    for n in range(N):
        for k in range(K):
            for i in range(H_out):
                for j in range(W_out):
                    total = 0.0
                    for c in range(C):
                        for u in range(KH):
                            for v in range(KW):
                                cell = x[n, c, i + u * dilation, j + v * dilation]
                                total += cell * w[k, c, u, v]
                    out[n, k, i, j] = total + b[k]
    return out


def transposed_conv1d(x, w, stride):
    out = np.zeros(len(x) * stride)
    for i in range(len(x)):
        out[i * stride : i * stride + len(w)] += x[i] * w
    return out


def transposed_conv2d(x, w, b, stride=1, padding=0):
    N, C, H, W = x.shape
    _, K, KH, KW = w.shape
    tall = (H - 1) * stride + KH
    wide = (W - 1) * stride + KW
    full = np.zeros((N, K, tall, wide))
    for n in range(N):
        for k in range(K):
            for c in range(C):
                for i in range(H):
                    for j in range(W):
                        r, s = i * stride, j * stride
                        full[n, k, r : r + KH, s : s + KW] += x[n, c, i, j] * w[c, k]
    out = full[:, :, padding : tall - padding, padding : wide - padding]
    return out + b.reshape(1, K, 1, 1)


def grouped_conv2d(x, w, b, groups):
    N, C, H, W = x.shape
    K, depth, KH, KW = w.shape
    per_group = K // groups
    out = np.zeros((N, K, H - KH + 1, W - KW + 1))
    for n in range(N):
        for k in range(K):
            first = k // per_group * depth
            for i in range(H - KH + 1):
                for j in range(W - KW + 1):
                    window = x[n, first : first + depth, i : i + KH, j : j + KW]
                    out[n, k, i, j] = np.sum(window * w[k]) + b[k]
    return out


def pointwise_conv2d(x, w, b):
    N, C, H, W = x.shape
    K = len(w)
    out = np.zeros((N, K, H, W))
    for k in range(K):
        for c in range(C):
            out[:, k] += w[k, c] * x[:, c]
        out[:, k] += b[k]
    return out


def depthwise_separable_conv2d(x, depthwise, pointwise):
    N, C, H, W = x.shape
    _, KH, KW = depthwise.shape
    mid = np.zeros((N, C, H - KH + 1, W - KW + 1))
    for c in range(C):
        for i in range(H - KH + 1):
            for j in range(W - KW + 1):
                window = x[:, c, i : i + KH, j : j + KW]
                mid[:, c, i, j] = np.sum(window * depthwise[c], axis=(1, 2))
    return np.einsum("ncij,kc->nkij", mid, pointwise)


def spatially_separable_conv2d(image, column, row):
    H, W = image.shape
    KH, KW = len(column), len(row)
    down = np.zeros((H - KH + 1, W))
    for i in range(H - KH + 1):
        down[i] = column @ image[i : i + KH]
    out = np.zeros((H - KH + 1, W - KW + 1))
    for j in range(W - KW + 1):
        out[:, j] = down[:, j : j + KW] @ row
    return out


def conv3d(x, w, b):
    N, C, D, H, W = x.shape
    K, _, KD, KH, KW = w.shape
    out = np.zeros((N, K, D - KD + 1, H - KH + 1, W - KW + 1))
    for n, k, d, i, j in np.ndindex(out.shape):
        window = x[n, :, d : d + KD, i : i + KH, j : j + KW]
        out[n, k, d, i, j] = np.sum(window * w[k]) + b[k]
    return out


def flattened_conv(x, channel, column, row):
    mixed = np.zeros(x.shape[1:])
    for c in range(len(channel)):
        mixed += channel[c] * x[c]
    return spatially_separable_conv2d(mixed, column, row)
