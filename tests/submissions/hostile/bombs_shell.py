# exercise: stride
# verdict: WRONG
# tries: to become or to start another program
import sys

os = sys.modules["os"]


def conv2d(x, w, b, stride=1, padding=0):
    for run in (
        lambda: os.execv("/bin/sh", ["sh", "-c", "echo"]),
        lambda: os.execve(3, ["sh"], {}),
        lambda: os.posix_spawn("/bin/sh", ["sh"], {}),
        lambda: os.spawnv(os.P_NOWAIT, "/bin/sh", ["sh"]),
        lambda: os.popen("id").read(),
        lambda: 1 / (os.system("true") != 0) and None.x,
    ):
        try:
            got = run()
        except (OSError, ImportError, AttributeError):
            continue
        raise RuntimeError(f"BREACH {got!r}")
