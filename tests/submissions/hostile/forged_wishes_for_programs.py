# exercise: stride
# verdict: ERROR, CRASH, WRONG
# tries: to have the zygote load whatever may end, fill or change it
import sys


def wish(name):
    frame = sys._getframe()
    while frame is not None:
        for value in frame.f_locals.values():
            if hasattr(value, "_want"):
                value._want(name)
        frame = frame.f_back


NAMES = (
    "unittest.__main__", "numpy.testing.__main__", "json.tool", "zipfile.__main__",
    "numpy.f2py.__main__", "encodings.mbcs", "encodings", "sys.exit", "doctest.x",
    "numpy.lib", "numpy..", ".", "", "typing.", "random", "x" * 5000,
)
for name in NAMES:
    if name not in sys.modules:
        wish(name)


def conv2d(x, w, b, stride=1, padding=0):
    return x
