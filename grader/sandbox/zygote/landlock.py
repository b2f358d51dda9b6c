"""A second wall about files and the network, where the kernel has it."""

from __future__ import annotations

import ctypes
import os

_CREATE_RULESET, _RESTRICT_SELF = 444, 446  # the same on every processor
_VERSION = 1
# How many file rights each version knows; a later version handles at least these.
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
_NETWORK_SINCE, _SCOPES_SINCE = 4, 6


class _Attributes(ctypes.Structure):
    _fields_ = [
        ("files", ctypes.c_uint64),
        ("network", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    ]


class Ruleset:
    """Every right of the kernel's version handled, and none granted.

    Attributes
    ----------
    version : int
        0 where the kernel has no Landlock.
    """

    def __init__(self) -> None:
        self._call = ctypes.CDLL(None, use_errno=True).syscall
        version: int = self._call(_CREATE_RULESET, None, 0, _VERSION)
        self.version = max(version, 0)
        self.descriptor = -1
        if self.version:
            rights = _FILE_RIGHTS.get(self.version, 16)
            attributes = _Attributes((1 << rights) - 1)
            size = 8
            if self.version >= _NETWORK_SINCE:
                attributes.network, size = 3, 16  # bind and connect TCP
            if self.version >= _SCOPES_SINCE:
                attributes.scoped, size = 3, 24  # abstract sockets and signals
            descriptor = self._call(_CREATE_RULESET, ctypes.byref(attributes), size, 0)
            if descriptor < 0:
                self.version = 0
            else:
                self.descriptor = descriptor

    def apply(self) -> None:
        """Confine this process for good; needs NO_NEW_PRIVS."""
        if self.version and self._call(_RESTRICT_SELF, self.descriptor, 0) != 0:
            number = ctypes.get_errno()
            raise OSError(number, f"landlock: {os.strerror(number)}")
