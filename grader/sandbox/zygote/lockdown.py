"""Seal a forked worker, in the order that matters, before it reads a student's byte."""

from __future__ import annotations

import ctypes
import os
import signal
import struct

# By name: to look into a module changes tables that a worker would have to copy.
from os import (
    close,
    closerange,
    dup2,
    getppid,
    setgroups,
    setresgid,
    setresuid,
    setsid,
)
from typing import TYPE_CHECKING

from . import seccomp
from .landlock import Ruleset
from .rlimits import Bounds, limit

if TYPE_CHECKING:
    from collections.abc import Callable

CHANNEL = 3  # the worker's only open file besides /dev/null
_FILES_AT_MOST = 64  # more than the zygote ever holds
_CAPABILITIES_VERSION_3 = 0x20080522
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE = 1, 4
_SIGKILL = int(signal.SIGKILL)  # a plain number: an enumeration's member costs more


class Lockdown:
    """Everything that can be prepared once, in the zygote."""

    def __init__(self) -> None:
        self._filter = seccomp.Filter()
        self._ruleset = Ruleset()
        # Looked up here, once: what a worker does for the first time copies pages.
        libc = ctypes.CDLL(None, use_errno=True)
        self._capset, self._prctl = libc.capset, libc.prctl
        self._no_capability = struct.pack("Ii", _CAPABILITIES_VERSION_3, 0), bytes(24)

    @property
    def landlock_version(self) -> int:
        """Which Landlock the kernel has, or 0."""
        return self._ruleset.version

    def seal(
        self,
        channel: int,
        bounds: Bounds,
        uid: int | None,
        parent: int,
        before_seccomp: Callable[[], None] | None = None,
    ) -> None:
        """Give up everything; raise OSError if any wall cannot be put up.

        Parameters
        ----------
        channel : int
            The descriptor of the worker's socket; it becomes 3.
        bounds : Bounds
            Its resource limits.
        uid : int or None
            The private user, or None to stay the one we are.
        parent : int
            The zygote, without which a worker must not live.
        before_seccomp : callable, optional
            For the probe, which looks at the other walls alone.
        """
        setsid()
        dup2(channel, CHANNEL, False)  # by keyword it costs more
        kept = CHANNEL
        if self._ruleset.version:
            kept = CHANNEL + 1
            if self._ruleset.descriptor != kept:
                dup2(self._ruleset.descriptor, kept, False)
                self._ruleset.descriptor = kept
        closerange(kept + 1, _FILES_AT_MOST)
        limit(bounds)
        if uid is not None:
            setgroups([])
            setresgid(uid, uid, uid)
            setresuid(uid, uid, uid)
        self._drop_capabilities()
        self._set(seccomp.PR_SET_NO_NEW_PRIVS, 1)
        self._set(_PR_SET_DUMPABLE, 0)
        self._set(_PR_SET_PDEATHSIG, _SIGKILL)  # setresuid has cleared it
        if getppid() != parent:
            raise ProcessLookupError
        self._ruleset.apply()
        if self._ruleset.version:
            close(kept)
        if before_seccomp is not None:
            before_seccomp()
        self._filter.apply()

    def _drop_capabilities(self) -> None:
        """Keep none, also where there is no private user to change to."""
        if self._capset(*self._no_capability) != 0:
            number = ctypes.get_errno()
            raise OSError(number, f"capset: {os.strerror(number)}")

    def _set(self, option: int, value: int) -> None:
        if self._prctl(option, value, 0, 0, 0) != 0:
            number = ctypes.get_errno()
            raise OSError(number, f"prctl({option}): {os.strerror(number)}")
