# exercise: stride
# verdict: WRONG, ERROR, CRASH
# tries: to be woken while the worker's own code runs
import sys

signal = sys.modules["_signal"]


def ring(number, frame):
    raise SystemExit(0)


def conv2d(x, w, b, stride=1, padding=0):
    signal.signal(signal.SIGALRM, ring)
    signal.signal(signal.SIGUSR1, ring)
    for set_up in (
        lambda: signal.alarm(1),
        lambda: signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01),
    ):
        try:
            set_up()
        except OSError:
            pass
    return x
