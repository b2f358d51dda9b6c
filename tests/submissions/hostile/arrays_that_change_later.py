# exercise: stride
# verdict: WRONG
# tries: to return its input and to change it in the next call
import numpy as np

GIVEN = []


def conv2d(x, w, b, stride=1, padding=0):
    for old in GIVEN:
        old.fill(7)
    out = np.zeros((1, 1, 3, 3))[:, :, ::-1, ::-1]
    GIVEN.append(out)
    return out
