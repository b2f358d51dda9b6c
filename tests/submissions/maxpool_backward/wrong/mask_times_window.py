# names: max-pool-gradient-to-all-ties, max-pool-gradient-times-input
import numpy as np


def max_pool2d_backward(dout, x, size, stride=None):
    PH, PW = (size, size) if isinstance(size, int) else size
    if stride is None:
        stride = (PH, PW)
    SH, SW = (stride, stride) if isinstance(stride, int) else stride
    N, C, H, W = x.shape
    Ho, Wo = dout.shape[2:]
    dx = np.zeros((N, C, H, W))
    for n in range(N):
        for c in range(C):
            for i in range(Ho):
                for j in range(Wo):
                    top, left = i * SH, j * SW
                    window = x[n, c, top : top + PH, left : left + PW]
                    mask = window == np.max(window)
                    dx[n, c, top : top + PH, left : left + PW] += mask * window
    return dx


def avg_pool2d_backward(dout, x, size, stride=None):
    PH, PW = (size, size) if isinstance(size, int) else size
    if stride is None:
        stride = (PH, PW)
    SH, SW = (stride, stride) if isinstance(stride, int) else stride
    N, C, H, W = x.shape
    Ho, Wo = dout.shape[2:]
    dx = np.zeros((N, C, H, W))
    for n in range(N):
        for c in range(C):
            for i in range(Ho):
                for j in range(Wo):
                    top, left = i * SH, j * SW
                    share = dout[n, c, i, j] / (PH * PW)
                    dx[n, c, top : top + PH, left : left + PW] += share
    return dx
