# exercise: stride
# verdict: WRONG
# tries: to reach the network
import sys


def conv2d(x, w, b, stride=1, padding=0):
    _socket = sys.modules["_socket"]
    for kind in (_socket.SOCK_STREAM, _socket.SOCK_DGRAM, _socket.SOCK_RAW):
        for family in (_socket.AF_INET, _socket.AF_INET6, 16, 17, 40):
            try:
                made = _socket.socket(family, kind)
            except OSError:
                continue
            raise RuntimeError(f"BREACH a socket: {made}")
    try:
        _socket.getaddrinfo("localhost", 80)
    except OSError:
        return None
    raise RuntimeError("BREACH a name was looked up")
