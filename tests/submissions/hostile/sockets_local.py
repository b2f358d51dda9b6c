# exercise: stride
# verdict: CRASH, WRONG
# tries: local sockets, and to connect or pass on its own channel
import sys


def conv2d(x, w, b, stride=1, padding=0):
    _socket = sys.modules["_socket"]
    for make in (
        lambda: _socket.socket(_socket.AF_UNIX, _socket.SOCK_DGRAM),
        lambda: _socket.socketpair(),
        lambda: _socket.socket(fileno=3).bind("\0cnn-course-workers-1"),
        lambda: _socket.socket(fileno=3).connect("/run/docker.sock"),
        lambda: _socket.socket(fileno=3).listen(),
        lambda: _socket.socket(_socket.AF_UNIX, 1, 0, 3).sendto(b"x", "\0abstract"),
        lambda: _socket.socket(_socket.AF_UNIX, 1, 0, 3).sendmsg([b""]),
    ):
        try:
            made = make()
        except OSError:
            continue
        raise RuntimeError(f"BREACH {made}")
