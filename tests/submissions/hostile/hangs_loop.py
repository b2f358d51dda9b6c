# exercise: stride
# verdict: TIMEOUT, WRONG
# tries: an endless loop
def conv2d(x, w, b, stride=1, padding=0):
    while True:
        pass
