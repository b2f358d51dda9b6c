"""The mutants that are declared to be no slips: ``equivalent_mutants.yml``.

Each entry says which line of which function became what, and why nobody can tell::

    - exercise: stride
      function: output_size
      line: "if room < 0:"
      mutant: "if room <= -1:"
      why: sizes are whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from grader import yamlfile

if TYPE_CHECKING:
    from grader.course import Course
    from grader.doctor.mutate import Mutant

FILE = "tests/hidden/equivalent_mutants.yml"


@dataclass(frozen=True, slots=True)
class Equivalent:
    """One mutant that answers as the solution does.

    Parameters
    ----------
    exercise, function : str
        Where the line is.
    line, mutant : str
        What it was and what it became, as the doctor prints them.
    why : str
        Why nobody can tell.
    place : int
        The entry's line in the file.
    """

    exercise: str
    function: str
    line: str
    mutant: str
    why: str
    place: int

    def is_about(self, mutant: Mutant) -> bool:
        """Tell whether this entry declares the mutant."""
        mine = (self.function, self.line, self.mutant)
        return mine == (mutant.function, mutant.line, mutant.mutant)


def read(course: Course) -> tuple[Equivalent, ...]:
    """Return what is declared; nothing where there is no file.

    Raises
    ------
    CourseError
        Naming file, line, key and remedy.
    """
    file = course.root / FILE
    if not file.exists():
        return ()
    fields = ("exercise", "function", "line", "mutant", "why")
    found = []
    for entry in yamlfile.read(file).items():
        keys = entry.mapping(required=fields, optional=())
        texts = {name: keys[name].text() for name in fields}
        found.append(Equivalent(**texts, place=entry.line))
    return tuple(found)
