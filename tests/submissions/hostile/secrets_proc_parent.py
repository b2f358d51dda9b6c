# exercise: stride
# verdict: WRONG
# tries: to read the memory and files of the zygote, the grader and process 1
import sys

os = sys.modules["os"]


def conv2d(x, w, b, stride=1, padding=0):
    for pid in (os.getppid(), "@GRADER@", 1):
        for name in "environ cmdline maps mem status fd cwd task".split():
            path = f"/proc/{pid}/{name}"
            for look in (lambda: open(path, "rb").read(9), lambda: os.listdir(path)):
                try:
                    got = look()
                except OSError:
                    continue
                raise RuntimeError(f"BREACH {path}: {got!r}")
