"""The system is out of a sealed worker's reach, however it is asked."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING, Any

import pytest

from grader.reply import Crashed, Returned

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.mark.parametrize(
    "attempt",
    [
        "os.open('/etc/passwd', 0)",
        "os.open('/', 0)",
        "os.open('/proc/self/cmdline', 0)",
        "os.open('/proc/self/mem', 2)",
        "os.open('/proc/1/environ', 0)",
        "os.open('/dev/shm/x', os.O_CREAT | os.O_RDWR)",
        "os.open('/tmp/x', os.O_CREAT | os.O_RDWR)",
        "os.listdir('/')",
        "os.listdir('/proc')",
        "os.stat('/etc/passwd')",
        "os.readlink('/proc/self/exe')",
        "os.mkdir('/tmp/x')",
        "os.unlink('/tmp/x')",
        "os.symlink('/etc', '/tmp/x')",
        "os.chmod('/tmp', 0o777)",
        "os.utime('/tmp')",
        "os.chdir('/tmp')",
        "os.getcwd()",
        "os.pipe()",
        "os.memfd_create('x')",
        "os.fork()",
        "os.forkpty()",
        "os.posix_spawn('/bin/true', ['true'], {})",
        "os.execv('/bin/true', ['true'])",
        "os.kill(os.getppid(), 0)",
        "os.kill(os.getppid(), 9)",
        "os.kill(1, 9)",
        "os.kill(-1, 9)",
        "os.killpg(0, 9)",
        "os.pidfd_open(os.getppid())",
        "os.setuid(0)",
        "os.setsid()",
        "os.nice(-5)",
        "os.sched_setaffinity(0, [0])",
        "os.setpriority(0, 0, -5)",
        "os.sendfile(1, 3, 0, 1)",
        "os.truncate('/tmp/x', 0)",
        "os.mkfifo('/tmp/x')",
        "os.eventfd(0)",
        "socket.socket()",
        "socket.socket(socket.AF_INET, socket.SOCK_DGRAM)",
        "socket.socket(socket.AF_UNIX)",
        "socket.socket(socket.AF_NETLINK, socket.SOCK_RAW)",
        "socket.socketpair()",
        "socket.create_connection(('127.0.0.1', 80))",
        "sys.modules['resource'].setrlimit(9, (-1, -1))",
    ],
)
def test_the_system_is_out_of_reach(hostile: Callable[..., Any], attempt: str) -> None:
    reply = hostile(f"denied(lambda: {attempt})")

    assert isinstance(reply, Returned), reply
    assert reply.value == "denied"


@pytest.mark.parametrize(
    ("name", "number", "arguments"),
    [
        ("open", 2, "b'/etc/passwd', 0"),
        ("socket", 41, "1, 1, 0"),
        ("connect", 42, "3, None, 0"),
        ("sendmsg", 46, "3, None, 0"),
        ("clone", 56, "0x10100, None, None, None, 0"),
        ("fork", 57, ""),
        ("vfork", 58, ""),
        ("execve", 59, "b'/bin/true', None, None"),
        ("kill", 62, "1, 9"),
        ("ptrace", 101, "16, os.getppid(), 0, 0"),
        ("prctl", 157, "4, 1, 0, 0, 0"),
        ("shmget", 29, "0, 4096, 0o1600"),
        ("msgget", 68, "0, 0o1600"),
        ("chroot", 161, "b'/'"),
        ("mount", 165, "None, None, None, 0, None"),
        ("tkill", 200, "1, 9"),
        ("timer_create", 222, "0, None, None"),
        ("inotify_init", 253, ""),
        ("unshare", 272, "0x10000000"),
        ("perf_event_open", 298, "None, 0, -1, -1, 0"),
        ("process_vm_readv", 310, "os.getppid(), None, 0, None, 0, 0"),
        ("seccomp", 317, "1, 0, None"),
        ("memfd_create", 319, "b'x', 0"),
        ("bpf", 321, "0, None, 0"),
        ("execveat", 322, "-100, b'/bin/true', None, None, 0"),
        ("userfaultfd", 323, "0"),
        ("pkey_mprotect", 329, "0, 4096, 4, -1"),
        ("pidfd_send_signal", 424, "0, 9, None, 0"),
        ("io_uring_setup", 425, "8, None"),
        ("openat2", 437, "-100, b'/etc/passwd', None, 0"),
        ("process_madvise", 440, "0, None, 0, 0, 0"),
        ("landlock_create_ruleset", 444, "None, 0, 1"),
        ("a call of the future", 1000, ""),
    ],
)
def test_a_raw_system_call_is_denied(
    hostile: Callable[..., Any], name: str, number: int, arguments: str
) -> None:
    if platform.machine() != "x86_64":
        pytest.skip("these numbers are x86-64's")

    reply = hostile(f"call({number}, {arguments})")

    assert reply.value == (-1, 1), name  # EPERM


@pytest.mark.parametrize(
    "attempt",
    [
        "libc.syscall(ctypes.c_long(0x40000000 + 2), b'/etc/passwd', 0)",
        "libc.syscall(ctypes.c_long(0x40000000 + 39))",
    ],
)
def test_other_names_of_the_same_calls_kill(
    hostile: Callable[..., Any], attempt: str
) -> None:
    assert isinstance(hostile(attempt), Crashed)


@pytest.mark.parametrize(
    "attempt",
    [
        "libc.mmap(None, 4096, 5, 0x22, -1, 0) == ctypes.c_void_p(-1).value",
        "libc.mprotect(ctypes.c_void_p(libc.mmap(None, 4096, 3, 0x22, -1, 0)), 4096, 5)"
        " == -1",
    ],
)
def test_memory_cannot_be_made_executable(
    hostile: Callable[..., Any], attempt: str
) -> None:
    assert hostile(attempt).value is True


def test_nothing_worth_stealing_is_in_the_worker(
    ask_sealed: Callable[..., Any],
) -> None:
    source = """
        import sys
        os = sys.modules["os"]

        def f():
            seen = [str(dict(os.environ)), str(sys.argv), str(sys.path)]
            frame = sys._getframe()
            while frame is not None:
                seen += [repr(value)[:2000] for value in frame.f_locals.values()]
                frame = frame.f_back
            text = " ".join(seen)
            return [word for word in ("secret", "expected", "hidden") if word in text]
    """

    assert ask_sealed(source).value == []


def test_only_the_channel_and_dev_null_are_open(hostile: Callable[..., Any]) -> None:
    fcntl = "[n for n in range(64) if libc.fcntl(n, 1) != -1]"

    assert hostile(fcntl).value == [0, 1, 2, 3]
