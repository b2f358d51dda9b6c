# exercise: stride
# verdict: ERROR
# tries: a text of one enormous line, then one of a million lines
def conv2d(x, w, b, stride=1, padding=0):
    raise RuntimeError("long" * 1_000_000)


def output_size(size, kernel_size, stride=1, padding=0):
    raise RuntimeError("\n" * 1_000_000)
