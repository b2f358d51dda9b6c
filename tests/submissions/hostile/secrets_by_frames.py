# exercise: stride
# verdict: WRONG, CRASH, ERROR, TODO
# tries: to walk up the stack into the worker's loop and to change what it holds
import sys


def conv2d(x, w, b, stride=1, padding=0):
    frame = sys._getframe()
    while frame is not None:
        for name, value in list(frame.f_locals.items()):
            if "CANARY" in repr(value)[:100000] and frame.f_code.co_name != "conv2d":
                raise RuntimeError(f"BREACH {name}")
            if isinstance(value, dict) and "_before" in value:
                value.clear()
            if type(value).__name__ == "Server":
                value._limit = 0
            if type(value) is list:
                value.clear()
        frame = frame.f_back
    return x
