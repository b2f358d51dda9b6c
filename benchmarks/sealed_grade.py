"""A cold sealed ``grade`` in an unpacked zip, and what of it the digests cost.

CPU seconds (user and system, with all children), medians; what digests and reading the
sealed files cost is measured inside further runs, as shares of the whole. Measured is
the wheel of the zip, installed as by students: compiled, which a checkout need not be.
From the course's folder, after ``course release``:
``python benchmarks/sealed_grade.py student.zip``.
"""

from __future__ import annotations

import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from pathlib import Path

ROUNDS = 15
SHARES = 5
ROOT = Path(__file__).parents[1]
MAIN = "from grader.cli.grade import main; main()"
SHARE = "import sealed_grade; sealed_grade.share()"


def install(folder: Path) -> Path:
    """Install the wheel of an unpacked zip, and return the folder to import it from."""
    target = folder / "installed"
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "install"]
    options = ["--quiet", "--no-index", "--no-deps", "--target", str(target)]
    wheels = map(str, folder.glob("*.whl"))
    subprocess.run([*pip, *options, *wheels], check=True)
    return target


def environment(*folders: Path) -> dict[str, str]:
    """Return what a command is run with to import from these folders first."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders))}


def cpu_seconds(command: list[str], folder: Path, engine: Path) -> float:
    """Return the CPU seconds of one run of a command."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        cwd=folder,
        env=environment(engine),
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(after[:2]) - sum(before[:2])


def share() -> None:
    """Run ``grade`` and say on standard error what digests and reading cost, in ms."""
    from grader.checks import digest, sealed, sealed_parts  # noqa: PLC0415
    from grader.cli import grade  # noqa: PLC0415

    spent = {"digests": 0.0, "reading": 0.0}

    def timed(what, function):
        def run(*args, **kwargs):
            start = time.thread_time()
            try:
                return function(*args, **kwargs)
            finally:
                spent[what] += time.thread_time() - start

        return run

    digest.secret = timed("digests", digest.secret)
    digest.right = timed("digests", digest.right)
    sealed.canonical = timed("digests", sealed.canonical)
    made = sealed_parts.SealedParts.__init__
    sealed_parts.SealedParts.__init__ = timed("reading", made)
    sealed.sealfile.read = timed("reading", sealed.sealfile.read)
    try:
        grade.main()
    finally:
        print(*(f"{seconds * 1000:.3f}" for seconds in spent.values()), file=sys.stderr)


def shares(solutions: str, folder: Path, engine: Path) -> tuple[float, float]:
    """Return the median CPU seconds of digests and of reading, of a few runs."""
    command = [sys.executable, "-c", SHARE, "--in", solutions]
    runs = []
    for _ in range(SHARES):
        done = subprocess.run(
            command,
            check=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            cwd=folder,
            env=environment(engine, Path(__file__).parent),
        )
        runs.append([float(word) / 1000 for word in done.stderr.split()])
    digests, reading = (statistics.median(found) for found in zip(*runs, strict=True))
    return digests, reading


def main() -> None:
    """Measure and print."""
    if len(sys.argv) != 2:
        sys.exit("usage: python benchmarks/sealed_grade.py student.zip")
    solutions = str(ROOT / "solutions")
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        zipfile.ZipFile(sys.argv[1]).extractall(folder)
        engine = install(folder)
        python = [sys.executable, "-c"]
        commands = {
            "import numpy, click, yaml": [*python, "import numpy, click, yaml"],
            "grade stride": [*python, MAIN, "stride", "--in", solutions],
            "grade": [*python, MAIN, "--in", solutions],
        }
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(ROUNDS):
            for name, command in commands.items():
                taken[name].append(cpu_seconds(command, folder, engine))
        floor = statistics.median(taken["import numpy, click, yaml"])
        for name, seconds in taken.items():
            middle = statistics.median(seconds)
            print(f"{name:30} {middle * 1000:6.0f} ms CPU   {middle / floor:5.2f} x")
        whole = statistics.median(taken["grade"])
        parts = zip(
            ("digests", "reading"), shares(solutions, folder, engine), strict=True
        )
        for name, seconds in parts:
            share_of_all = seconds / whole
            print(
                f"{name + ', of grade':30} {seconds * 1000:6.0f} ms CPU   "
                f"{share_of_all:5.1%}"
            )


if __name__ == "__main__":
    main()
