# exercise: stride
# verdict: CRASH, WRONG, ERROR, TIMEOUT
# tries: payloads that a careless reader chokes on, with the right nonce
import itertools
import sys

PAYLOADS = itertools.cycle(
    (
        (65, b""),
        (65, b"t\xff\xff"),
        (65, b"t\0\0i\xff\xff"),
        (65, b"t\0\0i\0\0"),
        (65, b"t\0\0s\xff\xff\xff\xff"),
        (65, b"t\0\0s\2\0\0\0\xff\xff"),
        (65, b"t\0\0" + b"t\1\0" * 5000 + b"N"),
        (65, b"t\0\0a\x63\2" + bytes(8)),
        (65, b"t\0\0a\x0b\x09" + bytes(80)),
        (65, b"t\0\0a\x0b\x08" + b"\xff\xff\xff\x7f" * 8),
        (65, b"t\0\0a\x0b\x08" + b"\0\0\0\0" + b"\xff\xff\xff\x7f" * 7),
        (65, b"t\0\0NN"),
        (65, b"N" + b"N"),
        (66, b"NNNN"),
        (66, b"s\0\0\0\0t\0\0s\0\0\0\0t\1\0t\0\0"),
        (66, b"s\0\0\0\0t\0\0s\0\0\0\0t\1\0N"),
        (67, b"N"),
        (67, b"t\1\0N"),
        (68, b"N"),
        (68, b"s\x04\0\0\0json"),
        (70, b""),
        (70, b"\1\0\0\0"),
        (70, b"\1\0\0\0A\xff\xff\xff\xff"),
        (70, b"\xff\xff\xff\xffA\4\0\0\0t\0\0N"),
        (1, b"N"),
        (0, b""),
        (255, b"t\0\0N"),
    )
)


def answer():
    frame = sys._getframe()
    while frame is not None:
        for value in frame.f_locals.values():
            if hasattr(value, "_channel"):
                channel, (kind, payload) = value._channel, next(PAYLOADS)
                if kind in (65, 66, 67):  # what a function may come to
                    channel.answer(kind, payload)
                    channel.flush()
                else:
                    channel.send(kind, payload)
                return
        frame = frame.f_back


def conv2d(x, w, b, stride=1, padding=0):
    answer()


def output_size(size, kernel_size, stride=1, padding=0):
    answer()
