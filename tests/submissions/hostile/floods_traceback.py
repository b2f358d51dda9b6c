# exercise: stride
# verdict: ERROR, WRONG
# tries: a traceback of thousands of frames with enormous names
import types


def body(depth):
    if depth:
        return step(depth - 1)
    raise RuntimeError("at the bottom")


name = "n" * 1_000_000
step = types.FunctionType(body.__code__.replace(co_name=name), globals(), name)


def conv2d(x, w, b, stride=1, padding=0):
    return body(900)
