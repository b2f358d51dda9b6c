"""How long a worker is waited for: each answer has its time, and so has all of them."""

from __future__ import annotations

import time


class Patience:
    """The time that one submission may be waited for; as a context, it is counted.

    Parameters
    ----------
    seconds : float
        In all.

    Attributes
    ----------
    at_its_end : bool
        Whether the deadline given last came from what is left of all, not from what
        one answer may take.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._spent = self._started = 0.0
        self.at_its_end = False

    def __enter__(self) -> None:
        """Begin to count the time that is waited for an answer."""
        self._started = time.monotonic()

    def __exit__(self, *failure: object) -> None:
        """Count it."""
        self._spent += time.monotonic() - self._started

    def deadline(self, seconds: float) -> float:
        """Return until when to wait for the next answer, which may take so long."""
        now = time.monotonic()
        left = self._seconds - self._spent - (now - self._started)
        self.at_its_end = left < seconds
        return now + min(seconds, left)
