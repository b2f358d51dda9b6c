# exercise: stride
# verdict: WRONG
# tries: to map files and new machine code into memory
import sys

import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    try:
        got = np.memmap("@COURSE@/secret.txt", mode="r")
    except (OSError, ImportError):
        pass
    else:
        raise RuntimeError(f"BREACH {bytes(got)!r}")
    ctypes = sys.modules.get("ctypes")
    if ctypes is None:
        return None
    libc = ctypes.CDLL(None)
    libc.mmap.restype = ctypes.c_void_p
    for protection in (4, 5, 7):
        where = libc.mmap(None, ctypes.c_size_t(4096), protection, 0x22, -1, 0)
        if where != ctypes.c_void_p(-1).value:
            raise RuntimeError("BREACH executable memory")
    plain = libc.mmap(None, ctypes.c_size_t(4096), 3, 0x22, -1, 0)
    if libc.mprotect(ctypes.c_void_p(plain), ctypes.c_size_t(4096), 7) == 0:
        raise RuntimeError("BREACH memory made executable")
