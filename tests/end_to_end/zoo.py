"""Judge hostile submissions in one process, and record what they achieved.

``python zoo.py LEVEL FILE…`` prints one JSON object a line, so that the whole zoo can
also be run as another user. Every attack that succeeds says BREACH.
"""

from __future__ import annotations

import contextlib
import ctypes
import importlib
import json
import os
import pkgutil
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from grader import course as courses  # noqa: E402
from grader import report as renderers  # noqa: E402
from grader.checks.suite import LiveSuite  # noqa: E402
from grader.judge import Judge  # noqa: E402
from grader.limits import Limits  # noqa: E402
from grader.sandbox import Sandbox  # noqa: E402
from grader.submission import Submission  # noqa: E402

CANARY = "CANARY-4f1d"
EXERCISE = "stride"
COURSE = f"""\
format_version: 1
title: A course with a secret
key: secret
exercises:
  - name: {EXERCISE}
    title: Stride
    points: 10
"""
# Small, so that an endless loop costs a second.
HOSTILE = Limits(import_seconds=1, call_seconds=0.5, submission_seconds=1.2)
HONEST = Limits(import_seconds=20, call_seconds=20, submission_seconds=60)
SANDBOX = Limits(2, 20, 60, memory_mb=256, payload_mb=16)
SHARED_FOLDERS = ("/tmp", "/var/tmp", "/dev/shm", "/run", "/")
SUBREAPER = 36
PATIENCE = 5
PRIVATE_USERS = 0x70000000
WRITTEN = ("hostile", "results.json", "sitecustomize", f"{EXERCISE}.py")


def main(level: str, files: list[Path]) -> None:
    """Judge the files, an honest student after each."""
    ctypes.CDLL(None).prctl(SUBREAPER, 1, 0, 0, 0)  # orphans become ours
    os.environ["GRADER_CANARY"] = CANARY
    folder = write_course()
    try:
        course = courses.load(folder / "course.yml")
        strict = replace(course, limits=HOSTILE)
        suite = LiveSuite(course, 20)
        honest = submission((ROOT / "solutions" / f"{EXERCISE}.py").read_bytes())
        with Sandbox(SANDBOX, at_most=level) as sandbox:
            judge = Judge(strict, suite, sandbox)
            fair = Judge(replace(course, limits=HONEST), suite, sandbox)
            fair.judge(honest)
            resources = Resources(folder, level)
            for file in files:
                source = file.read_bytes().replace(b"@COURSE@", bytes(folder))
                source = source.replace(b"@GRADER@", str(os.getpid()).encode())
                begun = time.monotonic()
                report = judge.judge(submission(source))
                record = {
                    "file": file.name,
                    "seconds": time.monotonic() - begun,
                    "isolation": report.isolation,
                    "score": report.score,
                    "verdicts": sorted(
                        {c.verdict.value for c in report.exercises[0].checks}
                    ),
                    "reports": rendered(report),
                    "next": fair.judge(honest).score,
                    "max": report.max_score,
                    "left": resources.new(),
                }
                print(json.dumps(record), flush=True)  # noqa: T201
        print(json.dumps({"file": "", "left": resources.new()}))  # noqa: T201
    finally:
        shutil.rmtree(folder)


def write_course() -> Path:
    """Write a course of one exercise with a secret file; return its folder."""
    folder = Path(tempfile.mkdtemp(prefix="course-"))
    for part in ("solutions", "tests/hidden"):
        (folder / part).mkdir(parents=True)
        name = f"{part}/{EXERCISE}.py"
        shutil.copyfile(ROOT / name, folder / name)
    (folder / "course.yml").write_text(COURSE)
    (folder / "secret.txt").write_text(CANARY)
    return folder


def submission(source: bytes) -> Submission:
    """Return a submission of one file."""
    return Submission(Path("here"), MappingProxyType({f"{EXERCISE}.py": source}))


def rendered(report) -> dict[str, str]:
    """Return the report in every format there is."""
    texts = {}
    for found in pkgutil.iter_modules(renderers.__path__):
        module = importlib.import_module(f"grader.report.{found.name}")
        if hasattr(module, "render"):
            texts[found.name] = module.render(report)
    return texts


class Resources:
    """What there was before; `new` tells what there is now besides."""

    def __init__(self, course: Path, level: str) -> None:
        self._course = course
        self._level = level
        self._before = self._look()

    def new(self) -> list[str]:
        """Return what has come since and stays, apart from other people's doings."""
        deadline = time.monotonic() + PATIENCE
        while (new := self._look() - self._before) and time.monotonic() < deadline:
            time.sleep(0.01)  # who was killed is buried a moment later
        return sorted(new)

    def _look(self) -> set[str]:
        processes = sorted(descendants(os.getpid()))
        if self._level == "process":  # the one started ahead is another one each time
            processes = list(range(len(processes)))
        found = {f"process {number}" for number in processes}
        found |= {f"descriptor {path}" for path in Path("/proc/self/fd").iterdir()}
        for path in self._course.rglob("*"):
            content = path.read_bytes() if path.is_file() else b""
            found.add(f"{path} {path.lstat().st_mode} {hash(content)}")
        for folder in SHARED_FOLDERS:
            for entry in os.scandir(folder):
                # Other people's files come and go meanwhile.
                with contextlib.suppress(FileNotFoundError):
                    if ours(entry.name, entry.stat(follow_symlinks=False).st_uid):
                        found.add(entry.path)
        for kind in ("shm", "msg", "sem"):
            rows = Path(f"/proc/sysvipc/{kind}").read_text().splitlines()
            found.update(f"{kind} {row}" for row in rows[1:])
        return found


def ours(name: str, uid: int) -> bool:
    """Tell whether a file could come from a worker: by its owner, or by its name."""
    return uid >= PRIVATE_USERS or any(part in name for part in WRITTEN)


def descendants(pid: int) -> set[int]:
    """Return the processes below a process."""
    parents = {}
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            status = (entry / "stat").read_text()
        except OSError:
            continue
        parents[int(entry.name)] = int(status.rpartition(")")[2].split()[1])
    below, grown = {pid}, True
    while grown:
        more = {child for child, parent in parents.items() if parent in below}
        grown = not more <= below
        below |= more
    return below - {pid}


if __name__ == "__main__":
    main(sys.argv[1], [Path(name) for name in sys.argv[2:]])
