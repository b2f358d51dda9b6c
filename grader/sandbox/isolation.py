"""How well this machine separates student code from the grader."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Level: TypeAlias = Literal["process", "sealed"]


@dataclass(frozen=True, slots=True)
class Isolation:
    """What the self-probe saw, not what was asked for.

    Parameters
    ----------
    level : {"sealed", "process"}
        ``sealed``: hidden tests, other students and the machine are out of reach.
        ``process``: crashes, hangs and memory are contained; not proof against cheats.
    layers : tuple of str
        The walls that stand, strongest first.
    """

    level: Level
    layers: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.level} ({', '.join(self.layers)})"

    def as_dict(self) -> dict[str, object]:
        """Return the level and layers for machines to read."""
        return {"level": self.level, "layers": list(self.layers)}
