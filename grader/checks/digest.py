"""Digests of answers: of several calls together, and slow where few answers fit."""

from __future__ import annotations

import hashlib
import struct
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

ENOUGH_BITS = 60
"""Fewer possible answers than this many bits can be counted through."""
FAST_BITS = 80
"""With fewer, a digest is made slow to compute."""
TAG = 8  # bytes of a misconception's digest
RIGHT = 16  # bytes of a right answer's digest
_COST = {"n": 2**6, "r": 8, "p": 1, "dklen": 32}  # 0.1 ms or more, in 64 kB of memory


def secret(answers: Sequence[bytes], salt: bytes, group: int, *, slow: bool) -> bytes:
    """Return what the digests of a group are made from; it is never written.

    Parameters
    ----------
    answers : sequence of bytes
        The answers to the group's calls, in their order.
    salt : bytes
        The exercise's.
    group : int
        The number of the group or bundle.
    slow : bool
        Whether the answers have so few bits that trying must be slow.
    """
    text = b"".join(struct.pack("<Q", len(answer)) + answer for answer in answers)
    salted = salt + struct.pack("<I", group)
    if slow:
        return hashlib.scrypt(text, salt=salted, **_COST)
    return hashlib.blake2b(text, key=salted, digest_size=32).digest()


def right(secret: bytes) -> bytes:
    """Return the digest of right answers."""
    return hashlib.blake2b(secret, digest_size=RIGHT, person=b"right").digest()


def tag(secret: bytes, whole: str) -> bytes:
    """Return the digest of a misconception's answers.

    Parameters
    ----------
    secret : bytes
        What `secret` returned for them.
    whole : str
        For each call whether only whole numbers, by type, are taken for its answer.
    """
    text = secret + whole.encode("ascii")
    return hashlib.blake2b(text, digest_size=TAG, person=b"belief").digest()
