"""What a submission may import, and what the zygote may load when one asks.

The zygote starts with numpy alone, since every module costs each cold start. When a
submission, or numpy on its behalf, wants another module of these lists, the zygote
loads it and a fresh worker takes over: a sealed worker cannot open a file.
"""

from __future__ import annotations

STANDARD = (
    "__future__",
    "abc",
    "array",
    "bisect",
    "cmath",
    "collections",
    "contextlib",
    "copy",
    "dataclasses",
    "datetime",
    "decimal",
    "doctest",
    "enum",
    "fractions",
    "functools",
    "heapq",
    "inspect",
    "io",
    "itertools",
    "json",
    "logging",
    "math",
    "numbers",
    "operator",
    "pprint",
    "queue",
    "random",
    "re",
    "statistics",
    "string",
    "struct",
    "sys",
    "textwrap",
    "time",
    "timeit",
    "traceback",
    "types",
    "typing",
    "unittest",
    "warnings",
    "weakref",
)

ALLOWED = frozenset((*STANDARD, "numpy"))

# Modules that the ones above, numpy and Python's compiler load only when needed.
_LAZY = (
    "_strptime",
    "ast",
    "base64",
    "calendar",
    "colorsys",
    "csv",
    "difflib",
    "gc",
    "hashlib",
    "hmac",
    "locale",
    "pickle",
    "platform",
    "secrets",
    "tempfile",
    "token",
    "tokenize",
    "zipfile",
    "zlib",
)

NUMPY = (
    "numpy._core",
    "numpy._typing",
    "numpy._utils",
    "numpy.char",
    "numpy.core",
    "numpy.ctypeslib",
    "numpy.dtypes",
    "numpy.exceptions",
    "numpy.fft",
    "numpy.lib",
    "numpy.linalg",
    "numpy.ma",
    "numpy.matlib",
    "numpy.matrixlib",
    "numpy.polynomial",
    "numpy.random",
    "numpy.rec",
    "numpy.strings",
    "numpy.testing",
    "numpy.typing",
)


def loadable(name: str) -> bool:
    """Tell whether the zygote may load `name` when a worker asks for it."""
    top, *rest = name.split(".")
    if any(part.startswith("__") or part == "tests" for part in rest):
        return False  # such as unittest.__main__, which runs when imported
    if top == "numpy":
        return ".".join((top, *rest[:1])) in NUMPY
    return top in STANDARD or top in _LAZY or top == "encodings"


def refusal(name: str) -> str:
    """Return the line that a submission gets for importing `name`."""
    return (
        f"{name!r} is not available here; a submission may import numpy, "
        f"its own modules, and: {', '.join(STANDARD)}"
    )
