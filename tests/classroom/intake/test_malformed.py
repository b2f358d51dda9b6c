"""Five hundred malformed classes: one line each, no exception but our own."""

import gzip
import io
import os
import tarfile
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from grader.classroom import intake
from grader.errors import GraderError

WANTED = ["stride.py", "padding.py"]
MANY = settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])

PIECES = st.sampled_from(
    [
        *("..", ".", "", "/", "\\", "\n", "\r", "\0", "\x1b[31m", "C:", "\u202e", "é"),
        *("ada", "eve", "stride.py", "padding.py", "stride-1.py", "hw.zip", "hw.tar"),
        *("a_1_2_stride.py", "Ada_1_assignsubmission_file_", "__MACOSX", ".git"),
        *("submission_1", "submission_metadata.yml", "x" * 300, "CON", "\udcff"),
        *("stride.ipynb", "work.ipynb"),
    ]
)
NAMES = st.lists(PIECES, min_size=1, max_size=6).map("/".join)
CONTENTS = st.one_of(
    st.binary(max_size=200),
    st.sampled_from(
        [
            b"submission_1:\n  :submitters:\n  - :name: Ada\n    :sid: 1\n",
            b"a: &a [*a, *a]",
            b'{"cells": [{"cell_type": "code", "source": "x = 1"}]}',
            b'{"cells": [[[[0]]]]}',
            b"PK\3\4" + b"\0" * 40,
            b"\x1f\x8b\x08\0" + b"\0" * 40,
        ]
    ),
)


def packed(tree):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, content) in enumerate(tree.items()):
            info = zipfile.ZipInfo(str(number))
            info.filename = name.encode("utf-8", "replace").decode("utf-8")
            archive.writestr(info, content)
    return buffer.getvalue()


def tarred(tree):
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, content in tree.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return buffer.getvalue()


def gzipped(tree):
    return gzip.compress(tarred(tree), 1)


TREES = st.dictionaries(NAMES, st.one_of(CONTENTS, CONTENTS.map(lambda c: c * 50)))
NESTED = st.dictionaries(NAMES, st.one_of(CONTENTS, TREES.map(packed)), max_size=6)


def report(path):
    """Return the lines that an instructor would see of a class, and check them."""
    try:
        with intake.read(path, WANTED) as handed_in:
            found = list(handed_in)
            lines = [handed_in.layout, *handed_in.notes]
    except GraderError as error:
        return [one_line(str(error).replace(str(path), ""))]
    ids = [hand_in.student.id.casefold() for hand_in in found]
    assert len(ids) == len(set(ids))
    for hand_in in found:
        assert (hand_in.submission is None) == bool(hand_in.problem)
        lines += [hand_in.problem, hand_in.origin, *hand_in.notes]
        lines += [hand_in.student.id, hand_in.student.name, hand_in.student.email]
        assert hand_in.student.id
    return [one_line(line) for line in lines]


def one_line(line):
    assert "\n" not in line
    assert "\x1b" not in line
    assert len(line) < 700
    line.encode("utf-8")
    return line


def class_zip(content):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "class.zip"
        path.write_bytes(content)
        return report(path)


@MANY
@given(st.one_of(st.binary(), st.binary().map(lambda b: b"PK\3\4" + b + b"PK\5\6" * 9)))
@example(b"PK\5\6" + b"\xff" * 18)
@example(b"PK\6\6" + b"\xff" * 52 + b"PK\6\7" + b"\0" * 16 + b"PK\5\6" + b"\xff" * 18)
def test_any_bytes_are_refused_or_read(content):
    assert class_zip(content)


@MANY
@given(NESTED)
@example({"ada/stride.py": b"x", "ada": b"a file of the name of a folder"})
@example({"ada": b"a file of the name of a folder", "ada/stride.py": b"x"})
def test_any_names_are_refused_or_read(tree):
    assert class_zip(packed(tree))


@MANY
@given(
    NESTED.map(packed),
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=12),
    st.floats(0, 1),
)
def test_a_damaged_zip_is_refused_or_read(content, changes, cut):
    damaged = bytearray(content)
    for place, value in changes:
        damaged[int(place * (len(damaged) - 1))] = value

    assert class_zip(bytes(damaged))
    assert class_zip(bytes(damaged[: int(cut * len(damaged))]))


@MANY
@given(
    st.sampled_from(["hw.zip", "hw.tar", "hw.tar.gz"]),
    NESTED,
    st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), max_size=12),
)
def test_a_damaged_archive_of_one_student_is_theirs_alone(name, tree, changes):
    archive = {"hw.zip": packed, "hw.tar": tarred}.get(name, gzipped)(tree)
    damaged = bytearray(archive)
    for place, value in changes:
        damaged[int(place * (len(damaged) - 1))] = value

    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), f"ada/{name}", bytes(damaged))
        write(Path(folder), "eve/stride.py", b"good")
        with intake.read(Path(folder), WANTED) as handed_in:
            ada, eve = handed_in
        report(Path(folder))

    assert (ada.submission is None) == bool(ada.problem)
    assert dict(eve.submission.files) == {"stride.py": b"good"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@MANY
@given(st.dictionaries(NAMES, CONTENTS, max_size=6))
def test_any_folder_is_refused_or_read(tree):
    with tempfile.TemporaryDirectory() as folder:
        top = Path(folder) / "class"
        top.mkdir()
        for name, content in tree.items():
            write(top, name, content)

        assert report(top)


def write(top, name, content):
    parts = [p for p in name.split("/") if p not in {"", ".."} and "\0" not in p]
    place = top.joinpath(*parts)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(content)
    except OSError:
        pass  # a name too long for this disk, or a file where a folder would be
