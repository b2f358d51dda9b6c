# exercise: stride
# verdict: WRONG
# tries: memory and queues that outlive the process
import sys

os = sys.modules["os"]


def conv2d(x, w, b, stride=1, padding=0):
    attempts = [
        lambda: os.memfd_create("x"),
        lambda: os.eventfd(0),
        lambda: os.pipe(),
        lambda: os.openpty(),
    ]
    posixshmem = sys.modules.get("_posixshmem")
    if posixshmem is not None:
        attempts.append(lambda: posixshmem.shm_open("/hostile", os.O_CREAT | os.O_RDWR))
    for attempt in attempts:
        try:
            got = attempt()
        except OSError:
            continue
        raise RuntimeError(f"BREACH {got!r}")
