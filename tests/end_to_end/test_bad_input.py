"""`grade` in every surrounding we know to go wrong: one clear line, nothing left."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

GRADE = "from grader.cli.grade import main; main()"
ENDLESS = "def double(x, times=1):\n    while True: pass\n"
# Refuses the system call that installs filters, as an odd container would.
WITHOUT_SECCOMP = (
    """
import ctypes, runpy, struct, sys
call = {"x86_64": 317, "aarch64": 277}[sys.argv.pop(1)]
rows = [(0x20, 0, 0, 0), (0x15, 0, 1, call), (6, 0, 0, 0x50001), (6, 0, 0, 0x7FFF0000)]
code = b"".join(struct.pack("<HBBI", *row) for row in rows)
kept = ctypes.create_string_buffer(code)
program = struct.pack("<HxxxxxxQ", len(rows), ctypes.addressof(kept))
libc = ctypes.CDLL(None)
assert libc.prctl(38, 1, 0, 0, 0) == 0
assert libc.prctl(22, 2, program, 0, 0) == 0
"""
    + GRADE
)

posix = pytest.mark.skipif(os.name != "posix", reason="what POSIX systems do")
linux = pytest.mark.skipif(sys.platform != "linux", reason="what Linux does")


@pytest.fixture
def folder(small_course):
    """Return a course's folder whose assignments are right."""
    path = small_course()
    shutil.copyfile(path / "solutions/double.py", path / "assignments/double.py")
    return path


@pytest.fixture
def grade(folder):
    """Return a function that runs `grade` there, as a command."""

    def run(*args, code=GRADE, **options):
        options = {"cwd": folder, "capture_output": True} | options
        command = [sys.executable, "-c", code, *args]
        ran = subprocess.run(command, check=False, **options)
        for stream in (ran.stdout, ran.stderr):
            assert b"Traceback" not in (stream or b"")
        return ran

    return run


def one_line(stream):
    text = stream.decode("utf-8").strip()
    assert text.startswith("grade: ")
    assert "\n" not in text
    return text


def in_shell(redirections):
    """Return options that run a command with redirections of the shell."""
    line = f'exec "$0" "$@" {redirections}'
    return ["/bin/sh", "-c", line, sys.executable, "-c", GRADE]


@posix
@pytest.mark.parametrize(
    ("redirections", "code", "said"),
    [
        (">&-", 2, "standard output is closed"),
        (">/dev/full", 2, "standard output: cannot be written: No space left"),
        ("2>&-", 0, ""),
        ("<&-", 0, ""),
        ("<&- >&- 2>&-", 2, ""),
        (">/dev/full 2>/dev/full", 2, ""),
        ("--out /dev/full", 2, "/dev/full: cannot be written: No space left"),
        ("--out results.txt >&-", 0, ""),
        ("--out results.txt <&- >&- 2>&-", 0, ""),
    ],
)
def test_streams_that_are_closed_or_full(folder, redirections, code, said):
    command = in_shell(redirections)
    ran = subprocess.run(command, cwd=folder, capture_output=True, check=False)

    assert ran.returncode == code
    assert (said in one_line(ran.stderr)) if said else ran.stderr == b""


@posix
def test_a_folder_that_was_deleted_under_our_feet(grade, tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    ran = grade(cwd=gone, preexec_fn=gone.rmdir)

    assert ran.returncode == 2
    assert "the current folder no longer exists" in one_line(ran.stderr)


def test_an_empty_environment(grade):
    ran = grade(env={k: v for k, v in os.environ.items() if k == "SYSTEMROOT"})

    assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.parametrize("form", ["text", "junit"])
@pytest.mark.parametrize(
    "locale",
    [
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"LC_ALL": "xx_YY.nonsense"},
    ],
    ids="+".join,
)
def test_claims_that_the_locale_cannot_write(grade, folder, locale, form):
    suite = folder / "tests/hidden/double.py"
    text = suite.read_text(encoding="utf-8").replace("Every entry", "Each × 提 entry")
    suite.write_text(text, encoding="utf-8")

    ran = grade("--format", form, env={**os.environ, **locale})

    assert (ran.returncode, ran.stderr) == (0, b"")
    assert "Each × 提 entry" in ran.stdout.decode("utf-8") or form == "junit"
    if form == "junit":
        assert ET.fromstring(ran.stdout).get("tests") == "3"


@pytest.mark.parametrize("arguments", [("dübel",), ("--in", "nö\udcff"), ("--ü",)])
def test_arguments_that_the_locale_cannot_write(grade, arguments):
    ran = grade(*arguments, env={**os.environ, "PYTHONIOENCODING": "ascii"})

    assert ran.returncode == 2
    assert one_line(ran.stderr)


@posix
@pytest.mark.parametrize("name", ["a b", "kürs 提交", "two\nlines", "-n", "$(x);'\""])
def test_a_course_in_a_folder_of_any_name(grade, folder, name):
    course = folder / name
    course.mkdir()
    for part in ("course.yml", "solutions", "assignments", "tests"):
        shutil.move(folder / part, course / part)

    ran = grade(cwd=course)
    named = grade("--in", str(course / "assignments"), cwd=course)
    missing = grade("--in", str(course / "missing"), cwd=course)

    assert (ran.returncode, ran.stderr) == (0, b"")
    assert (named.returncode, named.stderr) == (0, b"")
    assert missing.returncode == 2
    assert one_line(missing.stderr)


@pytest.mark.parametrize(
    "changed",
    [
        lambda source: source.replace(b"\n", b"\r\n"),
        lambda source: b"\xef\xbb\xbf" + source,
        lambda source: b"\xef\xbb\xbf" + source.replace(b"\n", b"\r\n"),
        lambda source: source.rstrip(b"\n"),
        lambda source: b"# -*- coding: latin-1 -*-\n# \xe9\n" + source,
        lambda source: source.replace(b"    ", b"\t"),
    ],
    ids=["CRLF", "BOM", "both", "no last newline", "latin-1", "tabs"],
)
def test_files_as_other_editors_write_them(grade, folder, changed):
    file = folder / "assignments/double.py"
    file.write_bytes(changed(file.read_bytes()))

    assert grade().returncode == 0


@posix
def test_a_folder_that_may_not_be_entered(folder, plain_user):
    python, options = plain_user
    open_for(folder)
    place = folder / "assignments"
    folder.chmod(0o700)
    options = {**options, "cwd": place, "text": False}
    ran = subprocess.run(
        [python, "-c", GRADE], capture_output=True, check=False, **options
    )
    quiz = "from grader.cli.quiz import main; main()"
    asked = [python, "-c", quiz, "new", "--family", "same-padding", "--seed", "1"]
    quizzed = subprocess.run(asked, capture_output=True, check=False, **options)

    assert ran.returncode == 2
    assert "course.yml: cannot be read: Permission denied" in one_line(ran.stderr)
    assert (quizzed.returncode, quizzed.stderr) == (0, b"")


def test_a_folder_that_cannot_be_read(folder, plain_user):
    python, options = plain_user
    open_for(folder)
    (folder / "assignments").chmod(0)
    options = {**options, "cwd": folder, "text": False}
    command = [python, "-c", GRADE]
    ran = subprocess.run(command, capture_output=True, check=False, **options)
    (folder / "assignments").chmod(0o755)
    (folder / "assignments/double.py").chmod(0)
    file = subprocess.run(command, capture_output=True, check=False, **options)

    assert ran.returncode == 2
    assert "assignments: cannot be read: Permission denied" in one_line(ran.stderr)
    assert file.returncode == 1
    assert b"double.py cannot be read: Permission denied" in file.stdout


@posix
def test_a_user_who_may_write_nowhere(folder, plain_user):
    if os.geteuid() != 0:
        pytest.skip("a plain user may write to the test's folder")
    python, options = plain_user
    open_for(folder)
    options["env"] = {**options["env"], "TMPDIR": str(folder), "HOME": "/"}
    options = {**options, "cwd": folder, "text": False}
    command = [python, "-c", GRADE]
    ran = subprocess.run(command, capture_output=True, check=False, **options)
    command += ["--out", "results.txt"]
    out = subprocess.run(command, capture_output=True, check=False, **options)

    assert (ran.returncode, ran.stderr) == (0, b"")
    assert out.returncode == 2
    assert "cannot be written: Permission denied" in one_line(out.stderr)


def open_for(folder):
    """Let other users reach a folder of pytest's, however deep it lies."""
    everyones = Path(tempfile.gettempdir()).resolve()
    for path in (folder, *folder.parents):
        if everyones in path.parents:
            path.chmod(0o755)


@linux
@pytest.mark.parametrize(
    ("level", "number", "code", "said"),
    [
        ("sealed", signal.SIGINT, 130, "interrupted"),
        ("sealed", signal.SIGTERM, 143, ""),
        ("sealed", signal.SIGHUP, 129, ""),
        ("sealed", signal.SIGKILL, -signal.SIGKILL, ""),
        ("process", signal.SIGINT, 130, "interrupted"),
        ("process", signal.SIGTERM, 143, ""),
    ],
    ids=lambda value: getattr(value, "name", None),
)
def test_a_signal_ends_everything(folder, level, number, code, said):
    (folder / "assignments/double.py").write_text(ENDLESS)
    command = [sys.executable, "-c", GRADE]
    if level == "process":
        command = [sys.executable, "-c", WITHOUT_SECCOMP, os.uname().machine]
    run = subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    started = until(lambda: busy_below(run.pid))
    run.send_signal(number)
    out, err = run.communicate(timeout=30)

    assert run.returncode == code
    assert out == b""
    assert (said in one_line(err)) if said else err == b""
    assert until(lambda: not any(map(alive, started))) is True
    assert sorted(path.name for path in folder.iterdir()) == [
        "assignments",
        "course.yml",
        "solutions",
        "tests",
    ]


@linux
def test_without_seccomp_the_report_says_so(grade):
    machine = os.uname().machine
    ran = grade(machine, code=WITHOUT_SECCOMP)
    refused = grade(machine, "--require", "sealed", code=WITHOUT_SECCOMP)

    assert ran.returncode == 0
    assert b"isolation: process (" in ran.stdout
    assert refused.returncode == 2
    assert refused.stdout == b""
    assert "this machine cannot seal student code in" in one_line(refused.stderr)


def until(happens):
    """Wait for something to be true, half a minute at most; return it."""
    deadline = time.monotonic() + 30
    while not (result := happens()) and time.monotonic() < deadline:
        time.sleep(0.02)
    return result


def below(pid):
    """Return the processes below a process."""
    try:
        threads = Path(f"/proc/{pid}/task").glob("*/children")
        children = [int(n) for path in threads for n in path.read_text().split()]
    except OSError:
        return []
    return [*children, *(n for child in children for n in below(child))]


def busy_below(pid):
    """Return the processes below, once one of them has spun for a moment."""
    found = below(pid)
    for child in found:
        try:
            fields = Path(f"/proc/{child}/stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        running, ticks = fields[0] == "R", int(fields[11])
        if running and ticks > 50 and len(found) > 1:
            return found
    return None


def alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state not in "ZX"
