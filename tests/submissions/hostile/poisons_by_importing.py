# exercise: stride
# verdict: WRONG, ERROR, CRASH
# tries: to have the zygote load modules until later workers are slow or broken
import sys

for name in ("calendar", "colorsys", "csv", "difflib", "pickle", "tempfile", "unittest.mock"):
    # The guard refuses most of these; the import system itself asks the zygote.
    sys.modules["builtins"].__import__(name)


def conv2d(x, w, b, stride=1, padding=0):
    return x
