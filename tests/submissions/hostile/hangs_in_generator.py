# exercise: stride
# verdict: WRONG
# tries: an answer that is produced for ever
def conv2d(x, w, b, stride=1, padding=0):
    while True:
        yield 1
