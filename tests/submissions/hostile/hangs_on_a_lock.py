# exercise: stride
# verdict: TIMEOUT, WRONG
# tries: to wait for itself
import sys

LOCK = sys.modules["_thread"].allocate_lock()


def conv2d(x, w, b, stride=1, padding=0):
    LOCK.acquire()
    LOCK.acquire()
