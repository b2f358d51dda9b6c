"""Windows: a job object bounds what one worker process may use.

Written from the documentation of the Win32 API; it has not been run here.
"""

from __future__ import annotations

import ctypes
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from grader.limits import Limits

_EXTENDED_LIMITS = 9
_PROCESS_TIME, _ACTIVE_PROCESSES, _PROCESS_MEMORY = 0x2, 0x8, 0x100
_DIE_ON_EXCEPTION, _KILL_ON_CLOSE = 0x400, 0x2000
_OWN_MEMORY_MB = 256  # what Python and numpy commit by themselves


class _Basic(ctypes.Structure):
    _fields_ = [
        ("process_time", ctypes.c_int64),
        ("job_time", ctypes.c_int64),
        ("flags", ctypes.c_uint32),
        ("smallest_working_set", ctypes.c_size_t),
        ("largest_working_set", ctypes.c_size_t),
        ("active_processes", ctypes.c_uint32),
        ("affinity", ctypes.c_size_t),
        ("priority_class", ctypes.c_uint32),
        ("scheduling_class", ctypes.c_uint32),
    ]


class _Extended(ctypes.Structure):
    _fields_ = [
        ("basic", _Basic),
        ("transfers", ctypes.c_uint64 * 6),
        ("process_memory", ctypes.c_size_t),
        ("job_memory", ctypes.c_size_t),
        ("process_peak", ctypes.c_size_t),
        ("job_peak", ctypes.c_size_t),
    ]


class Job:
    """One worker's job: it, and all it started, end when the job is closed.

    Parameters
    ----------
    limits : Limits
        Time and memory; a worker may start no process of its own.
    """

    def __init__(self, limits: Limits) -> None:
        self._handle: int | None = None
        wanted = _Extended()
        wanted.basic.flags = (
            _PROCESS_TIME
            | _ACTIVE_PROCESSES
            | _PROCESS_MEMORY
            | _DIE_ON_EXCEPTION
            | _KILL_ON_CLOSE
        )
        wanted.basic.process_time = int((limits.submission_seconds + 2) * 10**7)
        wanted.basic.active_processes = 1
        wanted.process_memory = (limits.memory_mb + _OWN_MEMORY_MB) << 20
        if sys.platform == "win32":
            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            kernel.CreateJobObjectW.restype = ctypes.c_void_p
            handle = kernel.CreateJobObjectW(None, None)
            size = ctypes.sizeof(wanted)
            job = ctypes.c_void_p(handle)
            if handle and kernel.SetInformationJobObject(
                job, _EXTENDED_LIMITS, ctypes.byref(wanted), size
            ):
                self._handle = handle

    def hold(self, process: int) -> bool:
        """Put the process of this handle into the job; tell whether that worked."""
        if sys.platform == "win32" and self._handle is not None:
            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            job, member = ctypes.c_void_p(self._handle), ctypes.c_void_p(process)
            return bool(kernel.AssignProcessToJobObject(job, member))
        return False

    def close(self) -> None:
        """End whatever is still in it."""
        if sys.platform == "win32" and self._handle is not None:
            kernel = ctypes.WinDLL("kernel32", use_last_error=True)
            kernel.CloseHandle(ctypes.c_void_p(self._handle))
            self._handle = None
