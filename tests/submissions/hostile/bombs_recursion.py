# exercise: stride
# verdict: ERROR, CRASH, TIMEOUT
# tries: to overflow the stack, with and without Python's guard
import sys

sys.setrecursionlimit(10**9)


def conv2d(x, w, b, stride=1, padding=0):
    return conv2d(x, w, b, stride, padding) + 1


def output_size(size, kernel_size, stride=1, padding=0):
    nested = ()
    for _ in range(10**6):
        nested = (nested,)
    return hash(nested)
