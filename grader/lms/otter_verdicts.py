"""What the test files of an otter autograder read: the verdicts, already given."""

from __future__ import annotations

import json
from pathlib import Path

VERDICTS = "verdicts.json"


def expect_pass(exercise: str, check: str) -> None:
    """Raise where a check was not passed, with what its student should read.

    Parameters
    ----------
    exercise, check : str
        Their names.
    """
    verdicts = json.loads(Path(VERDICTS).read_text(encoding="utf-8"))
    found = verdicts[exercise][check]
    if found["verdict"] != "PASS":
        message = f"{found['verdict']}\n{found['message']}".strip()
        raise AssertionError(message)
