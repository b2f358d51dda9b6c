"""What the modules of one process share, and whether they have left it as it was.

One worker serves all modules of a submission. Each is judged as if it were alone: where
one of them has changed what the others would see, a fresh worker takes over.
"""

from __future__ import annotations

import builtins
import ctypes
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


class _Namespace:
    """The names of a module, as they were when this was made."""

    def __init__(self, names: dict[str, Any]) -> None:
        self._names = names
        self._were = dict(names)
        self._stamp = _stamp_of(names) if _CAN_STAMP else None
        self._stamped = self._stamp.value if self._stamp is not None else 0

    def unchanged(self) -> bool:
        """Tell whether every name still is what it was."""
        if self._stamp is None:
            return self._names == self._were
        # To look at a thousand names is to touch, and so to copy, what each stands for.
        if self._stamp.value == self._stamped:
            return True
        if self._names != self._were:
            return False
        self._stamped = self._stamp.value
        return True


def _stamp_of(names: dict[Any, Any]) -> ctypes.c_uint64:
    """Return the number that CPython gives a dict anew with each change (PEP 509).

    It stands behind the header that every object has, and the number of items.
    """
    behind = object.__basicsize__ + ctypes.sizeof(ctypes.c_ssize_t)
    return ctypes.c_uint64.from_address(id(names) + behind)


def _can_stamp() -> bool:
    """Tell whether this Python has such numbers: it need not, and need not say so."""
    names: dict[str, int] = {"kept": 0}
    stamp = _stamp_of(names)
    seen = [stamp.value]
    for change in (
        lambda: names.__setitem__("kept", 1),
        lambda: names.__setitem__("new", 2),
        lambda: names.update(kept=3),
        lambda: names.pop("new"),
        lambda: names.setdefault("new", 4),
        names.clear,
    ):
        before = stamp.value
        names.get("kept")
        if stamp.value != before:
            return False
        change()
        seen.append(stamp.value)
    return len(set(seen)) == len(seen)


_CAN_STAMP = sys.implementation.name == "cpython" and _can_stamp()


class Shared:
    """The state of this process, as it was when this was made.

    Made by the zygote, since a worker would have to touch, and so to copy, whatever
    is looked at.
    """

    def __init__(self) -> None:
        modules = (sys.modules.get(name) for name in _NAMESPACES)
        self._namespaces = [_Namespace(vars(m)) for m in modules if m is not None]
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
                and all(each.unchanged() for each in self._namespaces)
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
