# exercise: stride
# verdict: WRONG
# tries: to read its own process files
import sys

os = sys.modules["os"]


def conv2d(x, w, b, stride=1, padding=0):
    for name in "environ cmdline maps mem status stat fd/3 fd/0 root cwd exe".split():
        for path in (f"/proc/self/{name}", f"/proc/{os.getpid()}/{name}"):
            try:
                got = open(path, "rb").read(100)
            except OSError:
                continue
            raise RuntimeError(f"BREACH {path}: {got!r}")
