"""Run student code where it can harm nothing and say nothing but values.

::

    host      Sandbox: choose the best isolation that a probe saw hold
    ├── sealed    Linux: a zygote forks one sealed worker per submission
    └── process   elsewhere: one fresh process per submission
    worker    Worker: load a module, call a function, within a budget
    ├── channel   frames to and from a process that may lie, stall or die
    └── answer    what it said, checked field by field
    zygote/   the other side of the wall; it imports nothing of the above
"""

from grader.sandbox.host import Sandbox
from grader.sandbox.isolation import Isolation

__all__ = ["Isolation", "Sandbox"]
