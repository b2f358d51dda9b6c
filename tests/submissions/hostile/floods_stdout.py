# exercise: stride
# verdict: WRONG
# tries: to fill the disk or the report by printing a gigabyte
import sys

os = sys.modules["os"]
TEXT = "flood " * 1_000_000


def conv2d(x, w, b, stride=1, padding=0):
    for _ in range(5):
        print(TEXT)
        print(TEXT, file=sys.stderr)
        sys.__stdout__.write(TEXT)
    os.write(1, TEXT.encode())
    os.write(2, TEXT.encode())
