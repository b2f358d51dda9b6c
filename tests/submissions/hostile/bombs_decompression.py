# exercise: stride
# verdict: ERROR, CRASH, WRONG, TIMEOUT
# tries: a few bytes that unpack to gigabytes
import sys

import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    zlib = sys.modules.get("zlib")
    if zlib is None:
        return np.tile(np.ones(1 << 20), 1 << 20)
    packer = zlib.compressobj(9)
    bomb = b"".join(packer.compress(bytes(1 << 20)) for _ in range(64))
    return zlib.decompress(bomb + packer.flush(), bufsize=1 << 34)
