# exercise: stride
# verdict: CRASH, WRONG
# tries: to read address 0
import sys


def conv2d(x, w, b, stride=1, padding=0):
    ctypes = sys.modules.get("ctypes")
    if ctypes is None:
        return None
    return ctypes.string_at(0)
