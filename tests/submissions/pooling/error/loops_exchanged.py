# names: height-and-width-exchanged
import numpy as np


def max_pool2d(x, size, stride=None):
    if stride is None:
        stride = size
    PH, PW = (size, size) if isinstance(size, int) else size
    SH, SW = (stride, stride) if isinstance(stride, int) else stride
    N, C, H, W = x.shape
    Ho = (H - PH) // SH + 1
    Wo = (W - PW) // SW + 1
    out = np.zeros((N, C, Ho, Wo))
    for n in range(N):
        for c in range(C):
            for i in range(Wo):
                for j in range(Ho):
                    out[n, c, i, j] = np.max(
                        x[n, c, i * SH : i * SH + PH, j * SW : j * SW + PW]
                    )
    return out


def avg_pool2d(x, size, stride=None):
    if stride is None:
        stride = size
    PH, PW = (size, size) if isinstance(size, int) else size
    SH, SW = (stride, stride) if isinstance(stride, int) else stride
    N, C, H, W = x.shape
    Ho = (H - PH) // SH + 1
    Wo = (W - PW) // SW + 1
    out = np.zeros((N, C, Ho, Wo))
    for n in range(N):
        for c in range(C):
            for i in range(Ho):
                for j in range(Wo):
                    out[n, c, i, j] = np.mean(
                        x[n, c, i * SH : i * SH + PH, j * SW : j * SW + PW]
                    )
    return out


def global_avg_pool2d(x):
    return x.mean(axis=(2, 3))
