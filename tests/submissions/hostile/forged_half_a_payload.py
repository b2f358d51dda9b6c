# exercise: stride
# verdict: TIMEOUT, CRASH, WRONG
# tries: to announce 15 MB, to send three bytes and to wait
import struct
import sys
import time


def conv2d(x, w, b, stride=1, padding=0):
    frame = sys._getframe()
    nonce = bytes(16)
    while frame is not None:
        for value in frame.f_locals.values():
            if hasattr(value, "_channel"):
                nonce = value._channel._nonce
        frame = frame.f_back
    os = sys.modules["os"]
    os.write(3, struct.pack("<4sB16sQ", b"cnn1", 70, nonce, 15 << 20) + b"abc")
    time.sleep(1000)
