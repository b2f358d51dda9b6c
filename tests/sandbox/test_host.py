"""The isolation is what a probe saw, and nothing is left behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import textwrap
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from grader.errors import IsolationError, WorkerError
from grader.limits import Limits
from grader.reply import Returned
from grader.sandbox import Sandbox
from grader.sandbox.zygote.landlock import Ruleset

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]
FILES = {"student.py": b"def f(x=1): return x"}

linux = pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")


def run(script: str, *before: str) -> subprocess.CompletedProcess[str]:
    """Run a script in a fresh Python that has this grader on its path."""
    return subprocess.run(
        [*before, sys.executable, "-c", textwrap.dedent(script)],
        capture_output=True,
        check=False,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        text=True,
        timeout=120,
    )


def works(sandbox: Sandbox) -> bool:
    with sandbox.worker(FILES) as worker:
        return (
            isinstance(worker.load("student"), Returned)
            and worker.call("student", "f").value == 1
        )


@linux
def test_the_sealed_level_names_its_layers(sealed: Sandbox) -> None:
    layers = sealed.isolation.layers

    assert layers[0] == "seccomp"
    assert layers[-1] == "rlimits"
    assert (f"landlock {Ruleset().version}" in layers) == (Ruleset().version > 0)
    assert ("private uid" in layers) == (os.geteuid() == 0)
    assert str(sealed.isolation) == f"sealed ({', '.join(layers)})"
    assert sealed.isolation.as_dict() == {"level": "sealed", "layers": list(layers)}


@linux
def test_the_process_level_claims_no_more_than_it_has(process: Sandbox) -> None:
    text = str(process.isolation)

    assert text == "process (separate process, deadline, rlimits)"


def test_an_unknown_requirement_is_refused() -> None:
    with pytest.raises(IsolationError, match="Known: process, sealed"):
        Sandbox(require="titanium")


def test_a_requirement_that_cannot_be_met_fails_closed() -> None:
    with (
        Sandbox(require="sealed", at_most="process") as sandbox,
        pytest.raises(IsolationError, match="cannot seal student code in"),
    ):
        sandbox.worker(FILES)


NO_SECCOMP = """
import ctypes, struct

def install():  # seccomp(2) and prctl(PR_SET_SECCOMP) fail with EPERM from here on
    lines = [
        (0x20, 0, 0, 0), (0x15, 3, 0, 317), (0x15, 0, 3, 157), (0x20, 0, 0, 16),
        (0x15, 0, 1, 22), (0x06, 0, 0, 0x00050001), (0x06, 0, 0, 0x7FFF0000),
    ]
    code = ctypes.create_string_buffer(
        b"".join(struct.pack("<HBBI", *line) for line in lines)
    )
    program = struct.pack("<HxxxxxxQ", len(lines), ctypes.addressof(code))
    libc = ctypes.CDLL(None)
    assert libc.prctl(38, 1, 0, 0, 0) == 0
    assert libc.prctl(22, 2, ctypes.c_char_p(program), 0, 0) == 0

install()
from grader.sandbox import Sandbox
from grader.errors import IsolationError
"""


@linux
def test_without_seccomp_the_sealed_level_fails_closed() -> None:
    script = """
        try:
            with Sandbox(require="sealed") as sandbox:
                sandbox.worker({"a.py": b""})
        except IsolationError as error:
            print(error)
        with Sandbox() as sandbox, sandbox.worker({"a.py": b"def f(): return 5"}) as w:
            w.load("a")
            print(sandbox.isolation, w.call("a", "f").value)
    """

    done = run(NO_SECCOMP + textwrap.dedent(script))

    assert done.stderr == ""
    refused, fallback = done.stdout.splitlines()
    assert refused.startswith("this machine cannot seal student code in")
    assert fallback == "process (separate process, deadline, rlimits) 5"


@linux
def test_a_plain_user_is_sealed_in_as_well(required: Callable[[str], None]) -> None:
    script = """
        import os
        from grader.sandbox import Sandbox

        steal = b'''
        import sys
        os, socket = sys.modules["os"], sys.modules["socket"]
        def f():
            for attempt in (
                lambda: os.open("/etc/passwd", 0), os.fork, socket.socket,
                lambda: os.kill(os.getppid(), 0),
            ):
                try:
                    attempt()
                except OSError:
                    continue
                return "got through"
            return "sealed"
        '''
        with Sandbox(require="sealed") as sandbox:
            for _ in range(3):
                with sandbox.worker({"a.py": steal}) as worker:
                    worker.load("a")
                    reply = worker.call("a", "f")
            print(os.getuid(), reply.value, sandbox.isolation)
    """
    drop: list[str] = []
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            required("setpriv is needed to become a plain user")
        # The right to read remains, since Python itself may lie in root's home.
        drop = ["setpriv", "--reuid=65534", "--clear-groups"]
        drop += ["--inh-caps=-all,+dac_read_search", "--ambient-caps=+dac_read_search"]

    done = run(script, *drop)

    assert done.stderr == ""
    uid, verdict, isolation = done.stdout.split(maxsplit=2)
    assert uid != "0"
    assert verdict == "sealed"
    assert isolation.startswith("sealed (seccomp")
    assert "uid" not in isolation


@linux
@pytest.mark.skipif("os.geteuid() != 0", reason="only root can change users")
def test_live_workers_never_share_a_user(sealed: Sandbox) -> None:
    source = b"import sys\ndef f(): return sys.modules['os'].getuid()"
    with Sandbox() as other:
        workers = [sealed.worker({"m.py": source}) for _ in range(5)]
        workers += [other.worker({"m.py": source}) for _ in range(5)]
        users = []
        for worker in workers:
            worker.load("m")
            users.append(worker.call("m", "f").value)
        for worker in workers:
            worker.close()

    assert len(set(users)) == 10
    assert min(users) >= 1000


@linux
@pytest.mark.skipif("os.geteuid() != 0", reason="only root can change users")
def test_more_workers_than_users_are_refused_without_harm() -> None:
    with Sandbox() as sandbox:
        workers = [sandbox.worker(FILES) for _ in range(64)]
        workers[0].load("student")

        with pytest.raises(WorkerError, match="too many workers at once"):
            sandbox.worker(FILES)

        assert workers[0].call("student", "f").value == 1
        workers[1].close()
        assert works(sandbox)


@linux
def test_a_thousand_workers_leave_nothing_behind() -> None:
    fds = Path("/proc/self/fd")
    known = children_of(os.getpid())
    with Sandbox() as sandbox:
        works(sandbox)
        (zygote,) = children_of(os.getpid()) - known
        before = (
            len(list(fds.iterdir())),
            len(list(Path(f"/proc/{zygote}/fd").iterdir())),
        )
        for count in range(1000):
            with sandbox.worker(FILES) as worker:
                if count % 10 == 0:
                    worker.load("student")
        after = (
            len(list(fds.iterdir())),
            len(list(Path(f"/proc/{zygote}/fd").iterdir())),
        )
        left = eventually_none(lambda: children_of(zygote))

    assert after == before
    assert left == set()
    assert children_of(os.getpid()) == known


def children_of(process: int) -> set[int]:
    return {pid for pid in living() if parent(pid) == process}


def living() -> set[int]:
    return {int(p.name) for p in Path("/proc").iterdir() if p.name.isdigit()}


def eventually_none(look: Callable[[], set[int]]) -> set[int]:
    """Look again and again, for some seconds, and return what stays."""
    for _ in range(200):
        if not look():
            break
        threading.Event().wait(0.02)
    return look()


def parent(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return -1
    return int(fields[1])


@linux
def test_a_closed_sandbox_has_no_processes() -> None:
    mine = children_of(os.getpid())
    for level in ("sealed", "process"):
        with Sandbox(at_most=level) as sandbox:
            worker = sandbox.worker(FILES)
            worker.load("student")

    assert children_of(os.getpid()) == mine
    with pytest.raises(WorkerError, match="closed"):
        sandbox.worker(FILES)


@linux
def test_workers_do_not_outlive_a_grader_that_is_killed() -> None:
    script = """
        import os, signal, time
        from grader.sandbox import Sandbox
        sandbox = Sandbox()
        worker = sandbox.worker({"a.py": b"while True: pass"})
        import threading
        threading.Thread(target=worker.load, args=("a",), daemon=True).start()
        time.sleep(0.5)
        print(worker._link._handle.pid, sandbox._zygote._pid, flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    """

    pids = [int(pid) for pid in run(script).stdout.split()]

    assert len(pids) == 2
    assert eventually_none(lambda: living() & set(pids)) == set()


@linux
def test_a_zygote_that_dies_is_replaced(required: Callable[[str], None]) -> None:
    known = children_of(os.getpid())
    with Sandbox() as sandbox:
        if sandbox.isolation.level != "sealed":
            required("this machine cannot seal workers in")
        (zygote,) = children_of(os.getpid()) - known
        worker = sandbox.worker(FILES)
        worker.load("student")
        os.kill(zygote, signal.SIGKILL)

        reply = worker.call("student", "f")

        assert reply.value == 1
        assert works(sandbox)
        worker.close()
        assert sandbox.isolation.level == "sealed"


def test_workers_of_many_threads_do_not_meet(sandbox: Sandbox) -> None:
    answers = {}

    def judge(number: int) -> None:
        for _ in range(3):
            with sandbox.worker(FILES) as worker:
                worker.load("student")
                reply = worker.call("student", "f", (np.full(999, number),))
                answers[number] = set(reply.value.tolist())

    threads = [threading.Thread(target=judge, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert answers == {n: {n} for n in range(4)}


def test_the_sandbox_can_be_imported_where_nothing_of_posix_is() -> None:
    script = """
        import sys
        import numpy  # its own business
        for name in ("fcntl", "resource", "pwd", "grp", "termios", "_posixsubprocess"):
            sys.modules[name] = None
        sys.platform = "win32"
        import os, select
        for name in ("fork", "setsid", "killpg", "posix_spawn", "geteuid"):
            delattr(os, name)
        del select.poll
        import grader.sandbox, grader.sandbox.channel, grader.sandbox.worker
        print(grader.sandbox.Sandbox.__name__)
    """

    done = run(script)

    assert done.stderr == ""
    assert done.stdout == "Sandbox\n"


def test_importing_the_sandbox_is_light() -> None:
    script = """
        import sys
        import grader.sandbox
        heavy = {"numpy", "asyncio", "subprocess", "multiprocessing", "concurrent"}
        print(sorted(heavy & set(sys.modules)))
    """

    assert run(script).stdout == "[]\n"


def test_a_zygote_that_cannot_start_is_one_clear_line() -> None:
    script = """
        import sys
        sys.executable = "/nonexistent/python"
        from grader.sandbox import Sandbox
        from grader.errors import WorkerError
        try:
            with Sandbox() as sandbox:
                sandbox.worker({"a.py": b""})
        except WorkerError as error:
            print(error)
    """

    done = run(script)

    assert done.stderr == ""
    assert done.stdout.startswith("no process can be started")


def test_limits_have_the_defaults_of_the_readme() -> None:
    assert Limits() == Limits(5.0, 5.0, 60.0, 512, 64)


def test_a_zygote_that_is_gone_counts_no_time_of_ours(
    sealed: Sandbox,  # so that there can be one
) -> None:
    from grader.sandbox.sealed import Zygote  # noqa: PLC0415  (Linux's alone)

    zygote = Zygote(Limits())
    zygote.close()
    before = zygote.cpu_seconds()
    sum(range(3_000_000))

    assert zygote.cpu_seconds() == before
