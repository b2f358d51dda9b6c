"""How the trusted half of a worker is started: no secrets, no settings of the user."""

from __future__ import annotations

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from grader.errors import WorkerError

if TYPE_CHECKING:
    from grader.limits import Limits

_THREADS = ("OPENBLAS", "OMP", "MKL", "VECLIB_MAXIMUM", "NUMEXPR")


def command(mode: str, limits: Limits, *rest: str) -> list[str]:
    """Return the arguments that start `mode`."""
    numpy = find_spec("numpy")
    if numpy is None or numpy.origin is None:
        message = "numpy is not installed. Remedy: pip install numpy"
        raise WorkerError(message)
    # In a virtual environment of Windows, python.exe starts another python.exe; only
    # the real one can be handed a socket and held in a job.
    real = getattr(sys, "_base_executable", "") if sys.platform == "win32" else ""
    return [
        real or sys.executable,
        "-S",  # no site: nothing of the user's runs, and the start is quicker
        "-s",
        os.path.join(os.path.dirname(__file__), "zygote"),  # noqa: PTH118, PTH120
        mode,
        str(limits.memory_mb << 20),
        str(int(limits.submission_seconds) + 2),
        str(Path(numpy.origin).parents[1]),
        *rest,
    ]


def environment() -> dict[str, str]:
    """Return a clean environment.

    One BLAS thread: a sealed worker cannot start another, and would wait for it for
    ever. A fixed hash seed: the same submission gets the same verdict.
    """
    clean = {f"{name}_NUM_THREADS": "1" for name in _THREADS}
    clean["PYTHONHASHSEED"] = "0"
    if "SYSTEMROOT" in os.environ:  # without it, Windows starts no Python
        clean["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    return clean
