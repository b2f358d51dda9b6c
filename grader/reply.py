"""What a worker can say: values, or how it failed. Never a verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, Union

if TYPE_CHECKING:
    from numpy.typing import NDArray

Value: TypeAlias = Union[
    "NDArray[Any]",
    int,
    float,
    bool,
    str,
    "tuple[Value, ...]",
    "list[Value]",
    "Unsupported",
    None,
]
"""What crosses the wall, in both directions.

Arrays are native, C-ordered and writable, of bool, int8 to uint64 or float16 to
float64. A numpy scalar arrives as the Python number it stands for; a 0-d array stays
an array. Tuples and lists nest at most four deep and hold at most 4096 items.
"""


@dataclass(frozen=True, slots=True)
class Unsupported:
    """An answer that is not a `Value`, described by the worker.

    Parameters
    ----------
    description : str
        Such as ``an ndarray of dtype complex128`` or ``a dict``; at most 200
        characters, printable. It is text from the student's side.
    """

    description: str


@dataclass(frozen=True, slots=True)
class Frame:
    """One of the student's own lines in a traceback, outermost first."""

    file: str
    line: int
    function: str
    text: str


@dataclass(frozen=True, slots=True, eq=False)
class Returned:
    """The call came back.

    Parameters
    ----------
    value : Value
        What it returned.
    changed : tuple of str
        The arguments it modified in place, by name, or as ``argument 1``: of a call
        that is watched.
    cpu_seconds : float
        CPU the worker used for this call, seen from outside it (wall time where
        the system has no clock for another process); 0 for calls sent together.
    """

    value: Value
    changed: tuple[str, ...] = ()
    cpu_seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Raised:
    """The student's code raised.

    Parameters
    ----------
    type : str
        The name of the exception's class.
    bases : tuple of str
        The names along its method resolution order, `type` first, so that a
        subclass of ValueError can be told.
    message : str
        Its text, printable and cut.
    frames : tuple of Frame
        The student's own frames only, outermost first.
    """

    type: str
    bases: tuple[str, ...]
    message: str
    frames: tuple[Frame, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """The module has no such function; `available` are its public callables."""

    name: str
    available: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TimedOut:
    """The deadline passed, and the worker was killed."""

    seconds: float
    what: Literal["import", "call", "submission"]


@dataclass(frozen=True, slots=True)
class Crashed:
    """The worker died, or sent something that is not an answer."""

    reason: str


Reply: TypeAlias = Returned | Raised | Missing | TimedOut | Crashed
