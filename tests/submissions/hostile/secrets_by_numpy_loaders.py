# exercise: stride
# verdict: WRONG
# tries: every function of numpy and the standard library that reads a file
import sys

import numpy as np

PATH = "@COURSE@/secret.txt"


def conv2d(x, w, b, stride=1, padding=0):
    for read in (
        lambda: np.load(PATH, allow_pickle=True),
        lambda: np.fromfile(PATH),
        lambda: np.loadtxt(PATH, dtype=str),
        lambda: np.genfromtxt(PATH, dtype=str),
        lambda: np.fromregex(PATH, "(.)", [("a", "S1")]),
    ):
        try:
            got = read()
        except (OSError, ImportError, TypeError):
            continue
        raise RuntimeError(f"BREACH {got!r}")
    linecache = sys.modules.get("linecache")
    if linecache is not None and linecache.getlines(PATH):
        raise RuntimeError("BREACH lines")
