# exercise: stride
# verdict: ERROR, CRASH, WRONG, TIMEOUT
# tries: to take all memory a megabyte at a time, whatever Python says
HELD = []


def conv2d(x, w, b, stride=1, padding=0):
    while True:
        try:
            HELD.append(bytearray(1 << 20))
        except MemoryError:
            HELD.append([None] * 1000)
