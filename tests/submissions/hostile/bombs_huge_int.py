# exercise: stride
# verdict: TIMEOUT, ERROR, CRASH, WRONG
# tries: an int that takes for ever
def output_size(size, kernel_size, stride=1, padding=0):
    return 7 ** (10**9)


def conv2d(x, w, b, stride=1, padding=0):
    return (1 << 30_000) + 1
