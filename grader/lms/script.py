"""The scripts that learning systems start, with what the course decides filled in."""

from __future__ import annotations

from importlib import resources


def script(name: str, **values: str) -> bytes:
    """Return a script of ``grader/lms/scripts``.

    Parameters
    ----------
    name : str
        Its file.
    values : str
        What stands for ``@NAME@`` in it; values are safe as words of a shell.
    """
    text = (resources.files("grader.lms") / "scripts" / name).read_text("utf-8")
    for key, value in values.items():
        text = text.replace(f"@{key.upper()}@", value)
    return text.encode()
