"""Classes as learning systems hand them out, written on disk or into a zip."""

import io
import tarfile
import zipfile

import pytest

from grader.classroom import intake


def zip_bytes(tree):
    """Return a zip of files by their paths; a dict in it is a zip in the zip."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in tree.items():
            info = zipfile.ZipInfo(name, (2026, 3, 1, 12, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content_of(content))
    return buffer.getvalue()


def content_of(content):
    if isinstance(content, dict):
        return zip_bytes(content)
    return content.encode() if isinstance(content, str) else content


@pytest.fixture
def pack():
    """Return a function that makes the bytes of a zip."""
    return zip_bytes


@pytest.fixture
def tar():
    """Return a function that makes the bytes of a gzipped tar."""

    def make(tree):
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
            for name, content in tree.items():
                info = tarfile.TarInfo(name)
                info.size = len(content_of(content))
                archive.addfile(info, io.BytesIO(content_of(content)))
        return buffer.getvalue()

    return make


@pytest.fixture(params=["folder", "zip", "zip of a folder"])
def class_of(request, tmp_path):
    """Return a function that writes a class, in each of the ways one gets it."""

    def write(tree):
        if request.param == "folder":
            return on_disk(tmp_path / "class", tree)
        inner = "" if request.param == "zip" else "submissions/"
        path = tmp_path / "class.zip"
        path.write_bytes(zip_bytes({inner + name: tree[name] for name in tree}))
        return path

    return write


@pytest.fixture
def folder_of(tmp_path):
    """Return a function that writes a class into a folder."""
    return lambda tree: on_disk(tmp_path / "class", tree)


@pytest.fixture
def zip_of(tmp_path):
    """Return a function that writes a class into a zip."""

    def write(tree):
        path = tmp_path / "class.zip"
        path.write_bytes(tree if isinstance(tree, bytes) else zip_bytes(tree))
        return path

    return write


def on_disk(top, tree):
    for name, content in tree.items():
        place = top / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content_of(content))
    return top


@pytest.fixture
def taken():
    """Return a function that reads a class: the layout, and hand-ins by id."""

    def read(path, wanted=("stride.py", "padding.py")):
        with intake.read(path, wanted) as handed_in:
            found = list(handed_in)
            assert len(found) == len(handed_in)
            return handed_in, {hand_in.student.id: hand_in for hand_in in found}

    return read
