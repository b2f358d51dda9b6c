"""Zip files whose bytes depend on nothing but what is in them."""

from __future__ import annotations

import io
import stat
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

_TIME = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can tell
_PACKED = (".whl", ".sealed")  # compressed already


def archive(
    files: Mapping[str, bytes], *, modes: Mapping[str, int] | None = None
) -> bytes:
    """Return a zip of files by their names, sorted, with a fixed time.

    Parameters
    ----------
    files : mapping of str to bytes
        What is in it; a name that ends in ``/`` is a folder.
    modes : mapping of str to int, optional
        Who may do what with a file, such as ``0o600``; otherwise ``0o644``.
    """
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as target:
        for name in sorted(files):
            info = zipfile.ZipInfo(name, _TIME)
            info.create_system = 3  # Unix, wherever it is made
            kind = stat.S_IFDIR if name.endswith("/") else stat.S_IFREG
            mode = (modes or {}).get(name, 0o644)
            info.external_attr = (kind | mode) << 16
            packed = name.endswith(_PACKED)
            info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            target.writestr(info, files[name], compresslevel=9)
    return buffer.getvalue()
