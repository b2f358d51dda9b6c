# exercise: stride
# verdict: WRONG
# tries: to find the reference among its callers and to call it
import sys


def conv2d(x, w, b, stride=1, padding=0):
    frame = sys._getframe()
    while frame is not None:
        for space in (frame.f_locals, frame.f_globals, frame.f_builtins):
            for value in list(space.values()):
                other = getattr(value, "conv2d", None)
                if callable(other) and other.__globals__ is not globals():
                    raise RuntimeError(f"BREACH {other}")
        frame = frame.f_back
    return None
