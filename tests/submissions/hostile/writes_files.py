# exercise: stride
# verdict: WRONG
# tries: to leave files behind, and to write its own results
import sys

os = sys.modules["os"]
FOLDERS = ("@COURSE@", "@COURSE@/solutions", "/tmp", "/var/tmp", "/dev/shm", "/run", ".", "/")
NAMES = ("results.json", "stride.py", "sitecustomize.py", "hostile-was-here")


def conv2d(x, w, b, stride=1, padding=0):
    for folder in FOLDERS:
        for name in NAMES:
            path = f"{folder}/{name}"
            for write in (
                lambda: open(path, "a"),
                lambda: os.open(path, os.O_CREAT | os.O_WRONLY),
                lambda: os.mkdir(path + ".d"),
                lambda: os.mkfifo(path + ".p"),
                lambda: os.symlink("/etc/passwd", path + ".l"),
                lambda: os.link("/etc/passwd", path + ".h"),
                lambda: os.mknod(path + ".n"),
                lambda: os.rename(path, path + ".r"),
                lambda: os.truncate(path, 0),
                lambda: os.unlink(path),
                lambda: os.chmod(path, 0o777),
                lambda: os.utime(path),
                lambda: os.setxattr(path, "user.x", b"1"),
            ):
                try:
                    write()
                except OSError:
                    continue
                raise RuntimeError(f"BREACH wrote {path}")
