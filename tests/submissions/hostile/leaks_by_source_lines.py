# exercise: stride
# verdict: ERROR, WRONG, CRASH
# tries: to have a file of the machine shown as a line of its own code
import linecache
import sys


def conv2d(x, w, b, stride=1, padding=0):
    frame = sys._getframe()
    while frame is not None:
        for value in frame.f_locals.values():
            if hasattr(value, "_submission"):
                value._submission._lines["/etc/passwd"] = ["BREACH"] * 99
        frame = frame.f_back
    code = compile("raise RuntimeError('no')", "/etc/passwd", "exec")
    exec(code)
