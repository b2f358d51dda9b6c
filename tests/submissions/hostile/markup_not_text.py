# exercise: stride
# verdict: ERROR
# tries: texts that are no text: lone surrogates, NUL, non-characters
def conv2d(x, w, b, stride=1, padding=0):
    raise RuntimeError("\ud800\udfff\x00\ufffe\U0010ffff\ue000")


def output_size(size, kernel_size, stride=1, padding=0):
    raise type("x\uffff", (Exception,), {})("\udc00" * 5000)
