# names: input-gradient-last-filter
import numpy as np


def conv2d_backward(dout, x, w, stride=1, padding=0):
    N, C, H, W = x.shape
    K, _, KH, KW = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dx = np.zeros(x.shape)
    dw = np.zeros(w.shape)
    for n in range(N):
        for k in range(K):
            back = np.zeros(xp.shape[1:])
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    r, c = i * stride, j * stride
                    dw[k] += dout[n, k, i, j] * xp[n, :, r : r + KH, c : c + KW]
                    back[:, r : r + KH, c : c + KW] += dout[n, k, i, j] * w[k]
            dx[n] = back[:, padding : padding + H, padding : padding + W]
    return dx, dw, dout.sum(axis=(0, 2, 3))
