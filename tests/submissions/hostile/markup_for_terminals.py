# exercise: stride
# verdict: ERROR
# tries: to move the cursor, hide lines, set the title and ring the bell
def conv2d(x, w, b, stride=1, padding=0):
    raise RuntimeError("\x1b[2J\x1b[1;1H\x1b]0;title\x07\x9b31m\r\x08\x7f\u2028\u2029\x85ok")


def output_size(size, kernel_size, stride=1, padding=0):
    raise RuntimeError("\N{RIGHT-TO-LEFT OVERRIDE}ko\N{ZERO WIDTH SPACE}\ufeff\u2066")
