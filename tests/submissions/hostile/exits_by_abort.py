# exercise: stride
# verdict: CRASH, WRONG
# tries: to abort
import sys


def conv2d(x, w, b, stride=1, padding=0):
    sys.modules["os"].abort()
