# exercise: stride
# verdict: CRASH, WRONG, ERROR, TIMEOUT
# tries: to fill the memory of the judge, which holds the answers of an exercise
import numpy as np

LARGE = np.zeros(12 << 20, "i1")


def conv2d(x, w, b, stride=1, padding=0):
    return LARGE


def output_size(size, kernel_size, stride=1, padding=0):
    return ["x" * 4000] * 3000
