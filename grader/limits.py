"""How much time and memory a submission may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """The budget of one submission.

    Parameters
    ----------
    import_seconds, call_seconds : float
        Wall time for loading one module, and for one call.
    submission_seconds : float
        Wall time for all loads and calls of one worker together.
    memory_mb : int
        Memory above what Python and numpy themselves use.
    payload_mb : int
        Size of one request or one answer.
    """

    import_seconds: float = 5.0
    call_seconds: float = 5.0
    submission_seconds: float = 60.0
    memory_mb: int = 512
    payload_mb: int = 64
