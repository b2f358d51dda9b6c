# exercise: stride
# verdict: TIMEOUT, WRONG
# tries: to sleep for a year
import time


def conv2d(x, w, b, stride=1, padding=0):
    time.sleep(3e7)
