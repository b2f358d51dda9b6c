"""The intake: a folder or zip of a class, as learning systems hand it out.

::

    with intake.read(Path("submissions.zip"), ["stride.py"]) as handed_in:
        print(handed_in.layout, len(handed_in))
        for hand_in in handed_in:
            ...

node, disk, zipped, tarred   files and folders, wherever they lie
names, litter                which names to refuse, show, pass over
plain, canvas, …             one layout a file: whose is which file
walk, packed, modules        one submission: find its modules, and read them
reading                      the class: find its layout, hand in one by one
"""

from grader.classroom.intake.reading import Intake, read

__all__ = ["Intake", "read"]
