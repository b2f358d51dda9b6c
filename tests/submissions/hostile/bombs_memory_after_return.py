# exercise: stride
# verdict: CRASH, ERROR, WRONG, TIMEOUT
# tries: to leave no memory for the worker's own answer
import numpy as np

HELD = []


def conv2d(x, w, b, stride=1, padding=0):
    size = 1 << 28
    while size > 16:
        try:
            HELD.append(bytearray(size))
        except MemoryError:
            size //= 2
    return np.broadcast_to(x[0, 0, 0, 0], (1000, 1000))
