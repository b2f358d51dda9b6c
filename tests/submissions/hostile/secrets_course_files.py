# exercise: stride
# verdict: WRONG
# tries: to read the solution, the hidden suite and a secret of the course
import sys

os = sys.modules["os"]
posix = sys.modules["posix"]
io = sys.modules["_io"]
FILES = ("solutions/stride.py", "tests/hidden/stride.py", "secret.txt", "course.yml")


def conv2d(x, w, b, stride=1, padding=0):
    for folder in ("@COURSE@", ".", "..", "/proc/self/cwd"):
        for file in FILES:
            path = folder + "/" + file
            for read in (
                lambda: open(path).read(),
                lambda: io.FileIO(path).read(),
                lambda: io.open_code(path).read(),
                lambda: os.read(os.open(path, os.O_RDONLY), 1000),
                lambda: posix.open(path, posix.O_PATH),
                lambda: os.stat(path),
                lambda: os.listdir(folder),
                lambda: os.readlink(folder),
            ):
                try:
                    got = read()
                except (OSError, ImportError):
                    continue
                raise RuntimeError(f"BREACH {path}: {got!r}")
