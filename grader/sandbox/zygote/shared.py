"""What the modules of one process share, and whether they have left it as it was.

One worker serves all modules of a submission. Each is judged as if it were alone: where
one of them has changed what the others would see, a fresh worker takes over.
"""

from __future__ import annotations

import builtins
import sys
import warnings
from typing import Any

import numpy as np

if sys.platform != "win32":
    from resource import RUSAGE_SELF, getrusage

# See wire.py: student code may replace builtins, not this copy.
__builtins__ = dict(vars(builtins))  # type: ignore[assignment]

_NAMESPACES = ("builtins", "math", "numpy", "numpy.linalg", "numpy.random", "warnings")
_MEMORY = 64 << 20  # bytes: so much may a module have used, and still hold
_UNIT = 1 if sys.platform == "darwin" else 1024  # of getrusage, in bytes


class Shared:
    """The state of this process, as it was when this was made.

    Made by the zygote, since a worker would have to touch, and so to copy, whatever
    is looked at.
    """

    def __init__(self) -> None:
        modules = (sys.modules.get(name) for name in _NAMESPACES)
        found = [vars(module) for module in modules if module is not None]
        self._namespaces = [(names, dict(names)) for names in found]
        self._filters = list(warnings.filters)
        self._settings = _settings()
        self.begin()

    def begin(self) -> None:
        """Take the memory that this process has as what it began with.

        One that has been forked counts from there. One that has been started still
        has its parent's peak, so that little can be told of it.
        """
        self._peak = _peak()

    def unchanged(self) -> bool:
        """Tell whether it is still the same, as far as a module may rely on it.

        That is: names of Python and numpy, what happens on warnings and on numpy's
        floating-point errors, the interpreter's settings, and free memory.
        """
        try:
            return (
                _peak() - self._peak < _MEMORY
                and _settings() == self._settings
                and warnings.filters == self._filters
                and all(names == were for names, were in self._namespaces)
            )
        except BaseException:  # noqa: BLE001 - student code's values are compared
            return False


def _settings() -> tuple[Any, ...]:
    return (
        np.geterr(),
        np.geterrcall(),
        sys.getrecursionlimit(),
        sys.gettrace(),
        sys.getprofile(),
        sys.stdout,
    )


def _peak() -> int:
    """Return the most memory this process has ever held, in bytes."""
    if sys.platform == "win32":
        return 0
    return getrusage(RUSAGE_SELF).ru_maxrss * _UNIT
