"""A small class for a small course."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from grader import course as courses

RIGHT = "def double(x, times=1):\n    if times < 0:\n        raise ValueError\n"
RIGHT += "    return x * 2.0**times\n"
FILES = {
    "ada": RIGHT,
    "bob": RIGHT.replace("2.0**times", "2.0"),
    "cid": "def double(x, times=1):\n    raise NotImplementedError\n",
    "dot": RIGHT,  # as Ada
    "eve": "import os\nos._exit(0)\n",
    "fay": "def double(x, times=1):\n    while True: pass\n",
}
SCORES = {"ada": 5.0, "bob": 3.0, "cid": 0.0, "dot": 5.0, "eve": 0.0, "fay": 0.0}
LIMITS = "limits: {import_seconds: 5, call_seconds: 0.3, submission_seconds: 5}\n"


@dataclass(frozen=True)
class SmallClass:
    """A course that gives up soon, and what a class handed in."""

    root: Path
    scores: dict[str, float] = field(default_factory=lambda: dict(SCORES))

    @property
    def course(self):
        return courses.load(self.root / "course.yml")

    @property
    def folder(self) -> Path:
        return self.root / "class"

    def hand_in(self, name: str, text: str) -> None:
        (self.folder / name).mkdir(parents=True, exist_ok=True)
        (self.folder / name / "double.py").write_text(text, encoding="utf-8")


@pytest.fixture
def small_class(small_course) -> SmallClass:
    """Return six students: right, wrong, unfinished, right again, two hostile."""
    made = SmallClass(small_course())
    file = made.root / "course.yml"
    file.write_text(file.read_text("utf-8") + LIMITS, "utf-8")
    for name, text in FILES.items():
        made.hand_in(name, text)
    return made
