"""A misconception: a belief that produces wrong answers, and what to say of it.

One entry of the catalogue (`grader.catalogue`) names a failure in code feedback,
is a distractor with its own feedback in a quiz, and is a wrong implementation
that proves that the checks catch it.
"""

from __future__ import annotations

from typing import NamedTuple


class Misconception(NamedTuple):
    """A wrong belief, in the words a student reads.

    Parameters
    ----------
    id : str
        Its name in kebab-case, such as ``kernel-flipped``.
    belief : str
        What the student's answer does, as one sentence.
    remedy : str
        What is true instead, as one sentence.
    lectures : tuple of int
        The lectures (0 to 4) that settle it.
    """

    id: str
    belief: str
    remedy: str
    lectures: tuple[int, ...] = ()
