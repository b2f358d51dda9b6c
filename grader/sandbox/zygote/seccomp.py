"""The wall that carries the load: an allow-list of system calls.

A worker gets its source over a socket and answers with values, so it needs memory,
time, one socket, and nothing else: no files, sockets, processes, signals to others, or
new executable memory. Whatever is not listed fails with EPERM, which Python reports as
PermissionError.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
from typing import NamedTuple, TypeAlias

PR_SET_NO_NEW_PRIVS = 38
_SET_MODE_FILTER = 1
_TSYNC = 1
_ALLOW = 0x7FFF0000
_KILL = 0x80000000
_ERRNO = 0x00050000
_PROT_EXEC = 4
_FCNTL = (0, 1, 2, 3, 1030)  # DUPFD, GETFD, SETFD, GETFL, DUPFD_CLOEXEC

# Opcodes of the kernel's filter machine, and offsets into what it looks at.
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_NUMBER, _ARCH, _ARGUMENTS = 0, 4, 16
_LEAF = 4  # so few numbers are compared one after the other

_Line: TypeAlias = "tuple[int, int, int, int]"


class Table(NamedTuple):
    """The numbers of one processor's system calls."""

    arch: int
    seccomp: int
    free: dict[str, int]
    mmap: int
    mprotect: int
    fcntl: int
    tgkill: int
    sendto: int
    prlimit64: int
    ioctl: int
    clone3: int = 435


X86_64 = Table(
    arch=0xC000003E,
    seccomp=317,
    free={
        "read": 0,
        "write": 1,
        "close": 3,
        "fstat": 5,
        "poll": 7,
        "lseek": 8,
        "munmap": 11,
        "brk": 12,
        "rt_sigaction": 13,
        "rt_sigprocmask": 14,
        "rt_sigreturn": 15,
        "readv": 19,
        "writev": 20,
        "select": 23,
        "sched_yield": 24,
        "mremap": 25,
        "mincore": 27,
        "madvise": 28,
        "nanosleep": 35,
        "getpid": 39,
        "recvfrom": 45,
        "exit": 60,
        "uname": 63,
        "gettimeofday": 96,
        "getrlimit": 97,
        "getrusage": 98,
        "sysinfo": 99,
        "times": 100,
        "getuid": 102,
        "getgid": 104,
        "geteuid": 107,
        "getegid": 108,
        "getppid": 110,
        "sigaltstack": 131,
        "gettid": 186,
        "time": 201,
        "futex": 202,
        "sched_getaffinity": 204,
        "restart_syscall": 219,
        "clock_gettime": 228,
        "clock_getres": 229,
        "clock_nanosleep": 230,
        "exit_group": 231,
        "pselect6": 270,
        "ppoll": 271,
        "getrandom": 318,
        "membarrier": 324,
        "rseq": 334,
    },
    mmap=9,
    mprotect=10,
    fcntl=72,
    tgkill=234,
    sendto=44,
    prlimit64=302,
    ioctl=16,
)

# Written from the kernel's generic table; not run on such a machine here.
AARCH64 = Table(
    arch=0xC00000B7,
    seccomp=277,
    free={
        "close": 57,
        "lseek": 62,
        "read": 63,
        "write": 64,
        "readv": 65,
        "writev": 66,
        "pselect6": 72,
        "ppoll": 73,
        "fstat": 80,
        "exit": 93,
        "exit_group": 94,
        "futex": 98,
        "nanosleep": 101,
        "clock_gettime": 113,
        "clock_getres": 114,
        "clock_nanosleep": 115,
        "sched_getaffinity": 123,
        "sched_yield": 124,
        "restart_syscall": 128,
        "sigaltstack": 132,
        "rt_sigaction": 134,
        "rt_sigprocmask": 135,
        "rt_sigreturn": 139,
        "times": 153,
        "uname": 160,
        "getrlimit": 163,
        "getrusage": 165,
        "gettimeofday": 169,
        "getpid": 172,
        "getppid": 173,
        "getuid": 174,
        "geteuid": 175,
        "getgid": 176,
        "getegid": 177,
        "gettid": 178,
        "sysinfo": 179,
        "recvfrom": 207,
        "brk": 214,
        "munmap": 215,
        "mremap": 216,
        "mincore": 232,
        "madvise": 233,
        "getrandom": 278,
        "membarrier": 283,
        "rseq": 293,
    },
    mmap=222,
    mprotect=226,
    fcntl=25,
    tgkill=131,
    sendto=206,
    prlimit64=261,
    ioctl=29,
)


class _Instruction(ctypes.Structure):
    _fields_ = [
        ("code", ctypes.c_ushort),
        ("yes", ctypes.c_ubyte),
        ("no", ctypes.c_ubyte),
        ("value", ctypes.c_uint32),
    ]


class _Program(ctypes.Structure):
    _fields_ = [
        ("length", ctypes.c_ushort),
        ("instructions", ctypes.POINTER(_Instruction)),
    ]


class Filter:
    """The filter, built once in the zygote and applied in each worker.

    Raises
    ------
    OSError
        If this processor has no table.
    """

    def __init__(self) -> None:
        table = table_of_this_machine()
        lines, self._own_pid_at = assemble(table)
        instructions = [_Instruction(*line) for line in lines]
        self._instructions = (_Instruction * len(lines))(*instructions)
        self._program = _Program(len(lines), self._instructions)
        self._call = ctypes.CDLL(None, use_errno=True).syscall
        self._arguments = (
            table.seccomp,
            _SET_MODE_FILTER,
            _TSYNC,
            ctypes.byref(self._program),
        )

    def apply(self) -> None:
        """Confine this process for good; needs NO_NEW_PRIVS."""
        self._instructions[self._own_pid_at].value = os.getpid()
        if self._call(*self._arguments) != 0:
            number = ctypes.get_errno()
            raise OSError(number, f"seccomp: {os.strerror(number)}")


def table_of_this_machine() -> Table:
    """Return the table of the running processor."""
    machine = platform.machine()
    if ctypes.sizeof(ctypes.c_void_p) == 8:
        if machine == "x86_64":
            return X86_64
        if machine == "aarch64":
            return AARCH64
    raise OSError(errno.ENOSYS, f"no table of system calls for {machine}")


def assemble(table: Table) -> tuple[list[_Line], int]:
    """Return the filter, and which instruction holds the worker's own pid."""
    lines = [
        (_LOAD, 0, 0, _ARCH),
        (_EQUAL, 1, 0, table.arch),
        (_RETURN, 0, 0, _KILL),
        (_LOAD, 0, 0, _NUMBER),
    ]
    if table is X86_64:  # the x32 calls are other names for the same calls
        lines += [(_AT_LEAST, 0, 1, 0x40000000), (_RETURN, 0, 0, _KILL)]

    allow, deny = (_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _ERRNO | errno.EPERM)
    # No new code: anonymous memory, never executable.
    for number in (table.mmap, table.mprotect):
        lines += [
            (_EQUAL, 0, 4, number),
            (_LOAD, 0, 0, _argument(2)),
            (_ANY_BIT, 1, 0, _PROT_EXEC),
            allow,
            deny,
        ]
    # Only the connected socket (no address), and limits may only be read.
    for number, argument in ((table.sendto, 4), (table.prlimit64, 2)):
        lines += [
            (_EQUAL, 0, 6, number),
            (_LOAD, 0, 0, _argument(argument)),
            (_EQUAL, 0, 3, 0),
            (_LOAD, 0, 0, _argument(argument) + 4),
            (_EQUAL, 0, 1, 0),
            allow,
            deny,
        ]
    lines += [
        (_EQUAL, 0, len(_FCNTL) + 3, table.fcntl),
        (_LOAD, 0, 0, _argument(1)),
        *((_EQUAL, len(_FCNTL) - n, 0, command) for n, command in enumerate(_FCNTL)),
        deny,
        allow,
    ]
    # abort() and raise() signal the process itself.
    lines += [(_EQUAL, 0, 4, table.tgkill), (_LOAD, 0, 0, _argument(0))]
    own_pid_at = len(lines)
    lines += [(_EQUAL, 0, 1, 0), allow, deny]

    # Answers that make the C library fall back without a fuss.
    for number, error in ((table.clone3, errno.ENOSYS), (table.ioctl, errno.ENOTTY)):
        lines += [(_EQUAL, 0, 1, number), (_RETURN, 0, 0, _ERRNO | error)]
    return [*lines, *_one_of(sorted(table.free.values()), allow, deny)], own_pid_at


def _one_of(numbers: list[int], allow: _Line, deny: _Line) -> list[_Line]:
    """Allow these numbers and no other, by halves.

    The kernel runs a new filter once for every system call there is, to learn which
    are always allowed: one number after the other would take it a tenth of a
    millisecond in each worker.
    """
    count = len(numbers)
    if count <= _LEAF:
        tests = [(_EQUAL, count - n, 0, number) for n, number in enumerate(numbers)]
        return [*tests, deny, allow]
    middle = count // 2
    lower = _one_of(numbers[:middle], allow, deny)
    upper = _one_of(numbers[middle:], allow, deny)
    return [(_AT_LEAST, len(lower), 0, numbers[middle]), *lower, *upper]


def _argument(index: int) -> int:
    """Return the offset of the low half of an argument (both are little-endian)."""
    return _ARGUMENTS + 8 * index
