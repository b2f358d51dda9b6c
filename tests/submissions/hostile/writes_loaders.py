# exercise: stride
# verdict: WRONG, ERROR
# tries: every function of numpy that writes a file
import numpy as np


def conv2d(x, w, b, stride=1, padding=0):
    for write in (
        lambda: np.save("/tmp/hostile.npy", x),
        lambda: np.savez("/tmp/hostile.npz", x),
        lambda: np.savetxt("/tmp/hostile.txt", x.ravel()),
        lambda: x.tofile("/tmp/hostile.bin"),
        lambda: x.dump("/tmp/hostile.pkl"),
        lambda: np.memmap("/tmp/hostile.map", mode="w+", shape=(3,)),
    ):
        try:
            write()
        except (OSError, ImportError):
            continue
        raise RuntimeError("BREACH a file was written")
