# names: height-and-width-exchanged
import numpy as np


def conv2d_backward(dout, x, w, stride=1, padding=0):
    N, C, H, W = x.shape
    K, _, KH, KW = w.shape
    _, _, W_out, H_out = dout.shape
    xp = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
    dxp, dw, db = np.zeros(xp.shape), np.zeros(w.shape), np.zeros(K)
    for n in range(N):
        for k in range(K):
            for i in range(H_out):
                for j in range(W_out):
                    g = dout[n, k, i, j]
                    r, c = i * stride, j * stride
                    db[k] += g
                    dw[k] += g * xp[n, :, r : r + KH, c : c + KW]
                    dxp[n, :, r : r + KH, c : c + KW] += g * w[k]
    return dxp[:, :, padding : padding + H, padding : padding + W], dw, db
