"""The zygote: numpy loaded once, one forked worker per submission.

It obeys four orders over a packet socket, and answers all but one by one packet:

=====================  =========================================================
``S`` (+ a socket)     start a worker on that socket; the answer is its pid, or -1
                       if too many live already
``R`` pid              reap a worker that hung up, after a moment for it to end by
                       itself; the answer is its wait status, and whether it was killed
``K`` pid              kill a worker; no answer
``W`` name             load a module for later workers; the answer is 1 or 0
=====================  =========================================================

It never sees a student's byte, and it alone reaps, so that no pid is used twice.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import signal
import socket
import struct
import time
from array import array

import numpy as np

from . import probe
from .allowed import loadable
from .channel import Channel
from .lockdown import CHANNEL, Lockdown
from .rlimits import Budget, bounds
from .serve import Server, forget_ourselves, rehearse
from .uids import Users

NUMBER = struct.Struct("<i")
ENDED = struct.Struct("<i?")
PACKET = 4096
NO_USER = -1  # in place of a pid: as many workers live as there are users
NOT_SEALED = 78  # exit status: a wall could not be put up
BROKEN = 70  # exit status: the worker's own loop failed
BURIAL = 0.005  # seconds between looks at workers that are being killed
_KEPT = 8 << 20  # bytes
PATIENCE = 0.1  # seconds for a worker that hung up to finish dying on its own
# Plain numbers: an enumeration's members would be looked up by each worker.
_UNIX, _STREAM = int(socket.AF_UNIX), int(socket.SOCK_STREAM)


class Nursery:
    """Forks sealed workers for one grader.

    Parameters
    ----------
    control : socket
        To the grader.
    budget : Budget
        For each worker.
    """

    def __init__(self, control: socket.socket, budget: Budget) -> None:
        self._control = control
        self._budget = budget
        self._lockdown = Lockdown()
        self._users = Users()
        self._user_of: dict[int, int] = {}
        self._dying: set[int] = set()
        self._pid = os.getpid()
        self._server = Server(sealed=True)
        # Made before there is a worker, and so with the number that it will have. All
        # three facts are given, since a sealed worker's socket cannot be asked.
        self._channel = Channel(socket.SocketType(_UNIX, _STREAM, 0, CHANNEL))

    def greet(self) -> None:
        """Try the walls, and tell the grader which of them hold."""
        _finish_lazy_setup()
        uid = self._users.take()
        held = probe.look(self._lockdown, self._budget, uid)
        if uid is not None:
            self._users.give_back(uid)
            if "uid" not in held:
                self._users.forgo()
                held = probe.look(self._lockdown, self._budget, None)
        walls = [f"landlock={self._lockdown.landlock_version}", *sorted(held)]
        self._control.send(" ".join(walls).encode("ascii"))

    def run(self) -> None:
        """Obey until the grader hangs up."""
        self._settle()
        while True:
            self._bury()
            # The dead are buried soon, whether another order comes or not.
            self._control.settimeout(BURIAL if self._dying else None)
            try:
                packet, ancillary, _, _ = self._control.recvmsg(
                    PACKET, socket.CMSG_SPACE(NUMBER.size)
                )
            except TimeoutError:
                continue
            if not packet:
                return
            order, rest = packet[:1], packet[1:]
            if order == b"K":
                (pid,) = NUMBER.unpack(rest)
                os.kill(pid, signal.SIGKILL)
                self._dying.add(pid)
                continue
            if order == b"S":
                descriptors = array("i", ancillary[0][2])
                answer = NUMBER.pack(self._start(descriptors[0]))
            elif order == b"R":
                answer = ENDED.pack(*self._reap(*NUMBER.unpack(rest)))
            else:
                answer = bytes((self._load(rest.decode("utf-8", "replace")),))
            self._control.send(answer)

    def _settle(self) -> None:
        """Make ready for forks: a page that a worker leaves as it is costs nothing."""
        self._bounds = bounds(self._budget)
        self._server.remember()
        gc.freeze()  # the workers share these pages: no collection may touch them

    def _start(self, channel: int) -> int:
        uid = self._users.take()
        if uid is None and self._dying:
            self._bury(options=0)
            uid = self._users.take()
        if uid is None and self._users.private:
            os.close(channel)
            return NO_USER
        pid = os.fork()
        if pid == 0:
            self._become_worker(channel, uid)
        os.close(channel)
        if uid is not None:
            self._user_of[pid] = uid
        return pid

    def _become_worker(self, channel: int, uid: int | None) -> None:
        status = NOT_SEALED
        try:
            self._lockdown.seal(channel, self._bounds, uid, self._pid)
            status = BROKEN
            self._server.run(self._channel)
        finally:
            os._exit(status)

    def _bury(self, options: int = os.WNOHANG) -> None:
        """Reap those that were killed, all of them if `options` is 0."""
        for pid in list(self._dying):
            if os.waitpid(pid, options)[0]:
                self._dying.remove(pid)
                self._release(pid)

    def _release(self, pid: int) -> None:
        if pid in self._user_of:
            self._users.give_back(self._user_of.pop(pid))

    def _reap(self, pid: int) -> tuple[int, bool]:
        deadline = time.monotonic() + PATIENCE
        done, status = os.waitpid(pid, os.WNOHANG)
        while not done and time.monotonic() < deadline:
            time.sleep(0.001)
            done, status = os.waitpid(pid, os.WNOHANG)
        killed = not done
        if killed:
            os.kill(pid, signal.SIGKILL)
            _, status = os.waitpid(pid, 0)
        self._release(pid)
        return status, killed

    def _load(self, name: str) -> bool:
        # What cannot be had leaves no trace: the next worker is someone else's.
        if not loadable(name):
            return False
        try:
            importlib.import_module(name)
        except BaseException:  # noqa: BLE001 - a worker chose the name
            return False
        self._settle()
        return True


def main(memory: int, cpu: int) -> None:
    """Fork sealed workers until the grader hangs up."""
    os.setsid()  # an interrupt at the terminal is the grader's business
    # What workers inherit is done once here: each change in a worker copies pages.
    os.chdir("/")
    os.environ.clear()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGPIPE):
        signal.signal(number, signal.SIG_DFL)
    os.set_inheritable(CHANNEL, False)
    for name in os.listdir("/proc/self/fd"):  # noqa: PTH208 - pathlib costs a start
        if int(name) > CHANNEL:  # left open by whoever started the grader
            with contextlib.suppress(OSError):  # the listing's own
                os.close(int(name))
    nursery = Nursery(socket.socket(fileno=CHANNEL), Budget(cpu, memory))
    nursery.greet()
    forget_ourselves()
    nursery.run()


def _finish_lazy_setup() -> None:
    """Do what numpy does on first use here, once, instead of in each worker."""
    square = np.eye(3)
    np.einsum("ij,jk->ik", square @ square, square)
    np.pad(square, 1)
    repr(square)
    # Once a block of this size was freed, glibc keeps such memory for the next array:
    # to get it from the system anew is to have each of its pages cleared.
    np.empty(_KEPT, np.uint8)
    rehearse()
