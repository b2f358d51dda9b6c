# names: stride-ignored
import numpy as np


def conv2d_backward(dout, x, w, stride=1, padding=0):
    N, C, H, W = x.shape
    K, _, KH, KW = w.shape
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dxp = np.zeros(xp.shape)
    dw = np.zeros(w.shape)
    db = np.zeros(K)
    for n in range(N):
        for k in range(K):
            db[k] += dout[n, k].sum()
            for i in range(dout.shape[2]):
                for j in range(dout.shape[3]):
                    dw[k] += dout[n, k, i, j] * xp[n, :, i : i + KH, j : j + KW]
                    dxp[n, :, i : i + KH, j : j + KW] += dout[n, k, i, j] * w[k]
    return dxp[:, :, padding : H + padding, padding : W + padding], dw, db
