"""The engine as a wheel, made from the package, without build or network."""

from __future__ import annotations

import base64
import hashlib
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import grader
from grader import kit
from grader.archive import archive
from grader.errors import CourseError

if TYPE_CHECKING:
    from collections.abc import Iterable

NAME = "cnn-course"
_WHEEL = """\
Wheel-Version: 1.0
Generator: grader
Root-Is-Purelib: true
Tag: py3-none-any
"""


def build(*, whole: bool = False) -> tuple[str, bytes]:
    """Return the wheel's name and its bytes: the same for the same engine.

    Parameters
    ----------
    whole : bool
        Whether to take all of the engine, or only what students need.

    Raises
    ------
    CourseError
        If the engine is not installed: its name and version are not known then.
    """
    try:
        installed = metadata.distribution(NAME)
    except metadata.PackageNotFoundError:
        raise CourseError(
            f"{NAME} is not installed, so its version is not known",
            remedy="Run `pip install -e .` in the course's folder.",
        ) from None
    stem = f"{NAME.replace('-', '_')}-{installed.version}"
    info = f"{stem}.dist-info"
    files = {
        **_package(kit.everything() if whole else kit.files()),
        f"{info}/METADATA": _metadata(installed).encode(),
        f"{info}/WHEEL": _WHEEL.encode(),
        f"{info}/entry_points.txt": _commands(installed).encode(),
    }
    files[f"{info}/RECORD"] = _record(files, f"{info}/RECORD").encode()
    return f"{stem}-py3-none-any.whl", archive(files)


def _package(paths: Iterable[Path]) -> dict[str, bytes]:
    folder = Path(grader.__file__).parent
    return {
        f"{folder.name}/{path.relative_to(folder).as_posix()}": path.read_bytes()
        for path in paths
    }


def _metadata(installed: metadata.Distribution) -> str:
    about = installed.metadata
    needed = [text for text in installed.requires or () if "extra ==" not in text]
    lines = [
        "Metadata-Version: 2.1",
        f"Name: {NAME}",
        f"Version: {installed.version}",
        f"Summary: {about['Summary']}",
        f"Requires-Python: {about['Requires-Python']}",
        *(f"Requires-Dist: {text}" for text in sorted(needed)),
    ]
    return "\n".join(lines) + "\n"


def _commands(installed: metadata.Distribution) -> str:
    found = {
        point.name: point.value
        for point in installed.entry_points
        if point.group == "console_scripts"
        and point.value.partition(":")[0] in kit.COMMANDS
    }
    lines = [f"{name} = {found[name]}" for name in sorted(found)]
    return "\n".join(["[console_scripts]", *lines]) + "\n"


def _record(files: dict[str, bytes], record: str) -> str:
    lines = []
    for name in sorted(files):
        digest = hashlib.sha256(files[name]).digest()
        text = base64.urlsafe_b64encode(digest).rstrip(b"=").decode("ascii")
        lines.append(f"{name},sha256={text},{len(files[name])}")
    return "\n".join([*lines, f"{record},,"]) + "\n"
