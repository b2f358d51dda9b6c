"""Started by path, in a clean environment: `python -S -s <this folder> MODE …`.

``zygote MEMORY CPU PATHS``: fork sealed workers, obeying over descriptor 3.
``worker MEMORY CPU PATHS CHANNEL``: be one worker, not sealed, on that descriptor; on
Windows, on the socket whose description comes through standard input.
"""

import os
import sys


def main() -> None:
    """Start as what the first argument says."""
    mode, memory, cpu, paths, *channel = sys.argv[1:]
    del sys.argv[1:]
    here = sys.path.pop(0)
    sys.path += [os.path.dirname(here), *paths.split("\n")]
    if mode == "zygote":
        be_zygote(int(memory), int(cpu))
    else:
        be_worker(int(memory), int(cpu), channel)


def be_zygote(memory: int, cpu: int) -> None:
    """Fork sealed workers until the grader hangs up."""
    import socket

    os.setsid()  # an interrupt at the terminal is the grader's business
    for name in os.listdir("/proc/self/fd"):  # what the grader's parent left open
        if int(name) > 3:
            try:
                os.close(int(name))
            except OSError:  # the listing itself
                continue
    os.set_inheritable(3, False)
    os.chdir("/")

    from zygote.nursery import Nursery
    from zygote.rlimits import Budget

    nursery = Nursery(socket.socket(fileno=3), Budget(cpu, memory))
    nursery.greet()
    nursery.run()


def be_worker(memory: int, cpu: int, channel: list[str]) -> None:
    """Serve one submission without walls."""
    import socket

    if channel:
        sock = socket.socket(fileno=int(channel[0]))
    else:
        size = int.from_bytes(os.read(0, 4), "little")
        sock = socket.fromshare(os.read(0, size))

    from zygote.rlimits import Budget, limit
    from zygote.serve import Channel, Server

    limit(Budget(cpu, memory))
    Server(Channel(sock)).run()


if __name__ == "__main__":
    main()
