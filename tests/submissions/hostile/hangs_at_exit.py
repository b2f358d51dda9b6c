# exercise: stride
# verdict: CRASH, WRONG, ERROR, TIMEOUT
# tries: to hang while the process ends
import sys

atexit = sys.modules.get("atexit")


def loop():
    while True:
        pass


def conv2d(x, w, b, stride=1, padding=0):
    if atexit is not None:
        atexit.register(loop)
    sys.modules["os"]._exit = sys.exit
    sys.exit(0)
