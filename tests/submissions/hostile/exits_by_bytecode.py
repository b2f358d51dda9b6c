# exercise: stride
# verdict: CRASH, ERROR, WRONG, TIMEOUT
# tries: to crash the interpreter with code that no compiler makes
def template():
    return None


def conv2d(x, w, b, stride=1, padding=0):
    code = template.__code__
    broken = code.replace(co_code=bytes([100, 255]) * 40, co_consts=(), co_stacksize=1)
    return type(template)(broken, {})()
