# exercise: stride
# verdict: WRONG
# tries: to use files that the grader has left open
import sys

os = sys.modules["os"]


def conv2d(x, w, b, stride=1, padding=0):
    found = []
    for number in range(4096):
        try:
            os.lseek(number, 0, os.SEEK_CUR)
        except OSError as error:
            if error.errno == 9:
                continue
        found.append(number)
    if found not in ([0, 1, 2, 3], [3], []):
        raise RuntimeError(f"BREACH descriptors {found}")
    for number in (0, 1, 2):
        try:
            got = os.read(number, 1)
        except OSError:
            continue
        if got:
            raise RuntimeError(f"BREACH {number}: {got!r}")
