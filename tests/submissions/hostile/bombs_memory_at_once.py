# exercise: stride
# verdict: ERROR, WRONG, CRASH
# tries: to take 100 GB at once
import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    return np.ones(100 << 27)
