# exercise: stride
# verdict: CRASH, WRONG, ERROR, TIMEOUT
# tries: to replace the worker's own serialiser through its frames
import sys


def conv2d(x, w, b, stride=1, padding=0):
    frame = sys._getframe(1)
    while frame is not None:
        space = frame.f_globals
        for name in ("wire", "Writer", "_exit", "__builtins__"):
            if name in space and space is not globals():
                space[name] = None
        frame = frame.f_back
    return x
