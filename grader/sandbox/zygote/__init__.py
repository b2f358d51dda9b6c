"""The other side of the wall: imports nothing of the grader, and is run by path."""
