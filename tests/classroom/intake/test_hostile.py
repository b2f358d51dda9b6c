"""What is built to harm is refused, in one line, for that student alone."""

import io
import os
import stat
import struct
import zipfile
import zlib

import pytest

from grader import submission
from grader.classroom.intake import packed, tarred, zipped

GOOD = {"eve/stride.py": "good"}


@pytest.fixture
def refused(taken, folder_of):
    """Return a function that says why a student's zip is refused."""

    def say(content, name="hw.zip"):
        _, found = taken(folder_of({**GOOD, f"ada/{name}": content}))
        assert dict(found["eve"].submission.files) == {"stride.py": b"good"}
        assert found["ada"].submission is None
        assert found["ada"].notes == ()
        return found["ada"].problem.removeprefix("holds no module; ")

    return say


def with_entry(change, name="stride.py", content=b"x = 1"):
    """Return a zip of one file, its entry changed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        info = zipfile.ZipInfo(name)
        info.compress_type = zipfile.ZIP_DEFLATED
        archive.writestr(info, content)
        change(archive, info)
    return buffer.getvalue()


def patched(content, signature, offset, form, value):
    """Return a zip with a number in the first header of a kind overwritten."""
    mended = bytearray(content)
    struct.pack_into(form, mended, content.index(signature) + offset, value)
    return bytes(mended)


# Sizes


def test_a_file_that_says_it_is_huge(taken, zip_of, pack):
    bomb = b"\0" * (submission.MAX_FILE_BYTES + 1)

    _, found = taken(zip_of({**GOOD, "ada/stride.py": bomb}))

    assert found["ada"].problem == ("stride.py is larger than 1 MB; hand in code only")


def test_a_file_that_hides_its_size(taken, zip_of, pack):
    content = pack({"ada/stride.py": b"\0" * (50 << 20), **GOOD})
    for signature, offset in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        content = patched(content, signature, offset, "<I", 100)

    _, found = taken(zip_of(content))

    assert found["ada"].problem == ("stride.py is damaged in its zip; hand it in again")
    assert dict(found["eve"].submission.files) == {"stride.py": b"good"}


def test_a_zip_larger_than_any_homework(refused):
    note = refused(b"PK" + b"\0" * packed.MAX_ARCHIVE_BYTES)

    assert note == "hw.zip: is larger than 32 MB; hand in code only"


def test_a_zip_of_more_files_than_anybody_writes(refused, pack, monkeypatch):
    monkeypatch.setattr(packed, "MAX_ENTRIES", 100)

    note = refused(pack({f"f{n}.py": "" for n in range(101)}))

    assert note == "hw.zip: holds more files than anybody writes"


def test_zips_of_more_files_in_all_than_anybody_writes(
    taken, folder_of, pack, monkeypatch
):
    monkeypatch.setattr(packed, "MAX_ENTRIES", 100)
    half = {f"f{n}.txt": "" for n in range(60)}

    _, found = taken(folder_of({**GOOD, "ada/a.zip": half, "ada/b.zip": half}))

    assert found["ada"].problem == (
        "holds no module; b.zip: holds more files than anybody writes"
    )


def test_a_table_of_contents_that_fills_the_memory_is_not_read(
    refused, pack, monkeypatch
):
    monkeypatch.setattr(zipped, "MAX_DIRECTORY", 1000)

    note = refused(pack({f"f{n}.py": "" for n in range(101)}))

    assert note == "hw.zip: is no zip, or is damaged"


def test_zips_larger_in_all_than_any_homework(taken, folder_of, pack, monkeypatch):
    first, second = pack({"a.txt": "x"}), pack({"b.txt": "y"})
    monkeypatch.setattr(packed, "MAX_BYTES", len(first) + len(second) - 1)

    _, found = taken(folder_of({**GOOD, "ada/a.zip": first, "ada/b.zip": second}))

    assert found["ada"].problem == (
        "holds no module; b.zip: was not opened: more than 0 MB of archives"
    )


def test_zips_in_zips_in_zips_end(refused, pack):
    nest = {"stride.py": "x"}
    for _ in range(10):
        nest = {"hw.zip": nest}

    note = refused(pack(nest))

    assert note.endswith("hw.zip: lies in 3 archives; pack once only")


def test_a_zip_of_a_thousand_zips_ends(taken, folder_of, pack):
    leaf = pack({"a.txt": "0" * 1000})
    bomb = {f"{n}.zip": {f"{m}.zip": leaf for m in range(30)} for n in range(30)}

    _, found = taken(folder_of({**GOOD, "ada/hw.zip": bomb}))

    assert found["ada"].submission is None
    assert any("more than 20 archives" in note for note in found["ada"].notes)
    assert len(found["ada"].notes) <= 21


def test_a_zip_that_holds_itself_ends(taken, folder_of, pack, monkeypatch):
    content = pack({"r.zip": "itself"})
    # As in a quine of deflate: what is unpacked is the zip.
    monkeypatch.setattr(zipped, "_load", lambda archive, info, most: content)

    _, found = taken(folder_of({**GOOD, "ada/hw.zip": content}))

    assert found["ada"].problem == (
        "holds no module; hw.zip/r.zip/r.zip/r.zip: lies in 3 archives; pack once only"
    )


def test_a_tar_that_unpacks_to_gigabytes(refused):
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = packer.compress(b"\0" * (tarred.MAX_UNPACKED + 1024)) + packer.flush()

    note = refused(bomb, "hw.tar.gz")

    assert note == "hw.tar.gz: is larger than 16 MB; hand in code only"


def test_files_that_share_bytes(refused):
    def overlap(archive, info):
        twin = zipfile.ZipInfo("padding.py")
        for field in ("header_offset", "CRC", "compress_size", "file_size"):
            setattr(twin, field, getattr(info, field))
        archive.filelist.append(twin)

    note = refused(with_entry(overlap))

    assert note == "hw.zip: is built so that its files overlap; refused"


# What a name may not say


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("../../stride.py", "leads out of its folder"),
        ("a/../stride.py", "leads out of its folder"),
        ("/stride.py", "leads out of its folder"),
        ("..\\..\\stride.py", "leads out of its folder"),
        ("C:stride.py", "is a path of another system"),
        ("C:\\stride.py", "is a path of another system"),
        ("str\nide.py", "holds a line break, or a character that cannot be printed"),
        ("stride\0.py", "holds a line break, or a character that cannot be printed"),
        ("x" * 300 + ".py", "is longer than 255 bytes"),
        ("a/" * 100 + "stride.py", "lies in more than 16 folders"),
    ],
)
def test_a_name_that_tricks_is_left_out(taken, zip_of, name, why):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("x")
        info.filename = f"ada/hw/{name}"
        archive.writestr(info, "x = 1")
        archive.writestr("eve/stride.py", "good")

    _, found = taken(zip_of(buffer.getvalue()))

    assert found["ada"].submission is None
    assert f"{why}; left out" in found["ada"].problem
    assert "\n" not in found["ada"].problem
    assert dict(found["eve"].submission.files) == {"stride.py": b"good"}


def test_a_backslash_is_a_folder_in_what_windows_packs(taken, zip_of):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        info = zipfile.ZipInfo("x")
        info.filename = "ada\\hw\\stride.py"
        archive.writestr(info, "x = 1")
        archive.writestr("eve/stride.py", "good")

    _, found = taken(zip_of(buffer.getvalue()))

    assert dict(found["ada"].submission.files) == {"stride.py": b"x = 1"}


def test_what_leads_out_of_the_class_belongs_to_nobody(taken, zip_of):
    handed_in, found = taken(zip_of({**GOOD, "../stride.py": "", "/etc/passwd": ""}))

    assert set(found) == {"eve"}
    assert handed_in.notes == (
        "'': leads out of the zip; left out",
        "'..': leads out of the zip; left out",
    )


def test_a_file_name_that_windows_keeps_for_a_device(taken, folder_of):
    path = folder_of({**GOOD, "ada/aux.py": "", "ada/stride.py": "x"})

    _, found = taken(path)

    assert list(found["ada"].submission.files) == ["stride.py"]
    assert found["ada"].submission.problems == {
        "aux.py": "has a name that Windows keeps for a device; rename it"
    }


@pytest.mark.parametrize("name", ["Zoë", "Łukasz", "陳大文", "Ωμέγα"])
def test_a_zip_that_does_not_say_its_names_are_utf8(taken, zip_of, pack, name):
    content = bytearray(pack({f"{name}/stride.py": "x", **GOOD}))
    for signature, offset in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        struct.pack_into("<H", content, content.index(signature) + offset, 0)

    _, found = taken(zip_of(bytes(content)))

    assert set(found) == {name, "eve"}


def test_a_zip_with_names_in_an_old_code_page(taken, zip_of, pack):
    content = pack({"XXXX/stride.py": "x", **GOOD})
    content = content.replace(b"XXXX", "Zoë!".encode("cp437"))

    _, found = taken(zip_of(content))

    assert set(found) == {"Zoë!", "eve"}


def test_a_name_that_only_claims_to_be_utf8(taken, zip_of, pack):
    content = pack({"zoé/stride.py": "x", **GOOD}).replace("é".encode(), b"\xff\xfe")

    _, found = taken(zip_of(content))

    (other,) = set(found) - {"eve"}
    assert found[other].problem == "stride.py is damaged in its zip; hand it in again"
    assert dict(found["eve"].submission.files) == {"stride.py": b"good"}


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
def test_a_folder_whose_name_is_no_text(taken, folder_of):
    path = folder_of(GOOD)
    (path / os.fsdecode(b"a\xffda")).mkdir()
    (path / "a\ndb").mkdir()

    _, found = taken(path)

    assert set(found) == {"a\\udcffda", "a\\ndb", "eve"}
    assert found["a\\ndb"].problem.startswith("its name holds a line break")
    assert found["a\\udcffda"].problem.startswith("its name holds a line break")


# What is no plain file


def test_links_are_not_followed(taken, folder_of, tmp_path):
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "stride.py").write_text("the solution")
    path = folder_of({**GOOD, "ada/notes.txt": "", "joe/x.txt": ""})
    (path / "ada/stride.py").symlink_to(secret / "stride.py")
    (path / "joe/hw").symlink_to(secret)
    (path / "zoe").symlink_to(secret)
    (path / "max.zip").symlink_to(secret)

    _, found = taken(path)

    assert found["ada"].problem == "stride.py is a link; hand in the file itself"
    assert found["joe"].problem == "holds no module; hw: is a link; left out"
    assert found["zoe"].problem == "is a link; hand over the folder itself"
    assert found["max"].problem == "is a link; hand over the folder itself"


def test_links_in_a_zip_are_not_followed(refused, taken, zip_of):
    def link(archive, info):
        info.external_attr = (stat.S_IFLNK | 0o777) << 16

    content = with_entry(link, "ada/stride.py", b"/etc/passwd")

    _, found = taken(zip_of(content))

    assert found["ada"].problem == "stride.py is a link; hand in the file itself"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_does_not_hang(taken, folder_of):
    path = folder_of({**GOOD, "ada/x.txt": ""})
    os.mkfifo(path / "ada/stride.py")
    os.mkfifo(path / "ada/hw.zip")
    os.mkfifo(path / "joe")

    _, found = taken(path)

    assert found["ada"].problem == "stride.py is not a regular file"
    assert found["ada"].notes == ("hw.zip: is neither a file nor a folder; left out",)
    assert found["joe"].problem == "is neither a file nor a folder"


def test_a_file_that_changes_while_it_is_read(taken, folder_of, monkeypatch):
    path = folder_of({"ada/stride.py": "x"})
    real, times = os.fstat, iter(range(100))

    def ticking(descriptor):
        found = real(descriptor)
        return os.stat_result(
            [*found[:8], next(times), found[9]],
            {"st_mtime_ns": next(times), "st_ctime_ns": 0, "st_atime_ns": 0},
        )

    monkeypatch.setattr(submission.os, "fstat", ticking)
    _, found = taken(path)

    assert found["ada"].problem == (
        "stride.py changed while it was read; hand it in again"
    )


def test_what_may_not_be_read(taken, folder_of, monkeypatch):
    path = folder_of({**GOOD, "ada/stride.py": "x", "joe/stride.py": "x"})

    def deny(real, *, forbidden):
        def denied(place, *args, **kwargs):
            if str(place) == str(forbidden):
                raise PermissionError(13, "Permission denied")
            return real(place, *args, **kwargs)

        return denied

    opened = deny(os.open, forbidden=path / "ada/stride.py")
    monkeypatch.setattr(os, "open", opened)
    monkeypatch.setattr(os, "scandir", deny(os.scandir, forbidden=path / "joe"))
    _, found = taken(path)

    assert found["ada"].problem == "stride.py cannot be read: Permission denied"
    assert "cannot be listed: Permission denied" in found["joe"].problem


# What a zip cannot do here


def test_an_encrypted_zip(taken, zip_of, pack):
    content = patched(pack({"ada/stride.py": "x", **GOOD}), b"PK\1\2", 8, "<H", 1)

    _, found = taken(zip_of(content))

    assert found["ada"].problem == (
        "stride.py is encrypted; hand it in without a password"
    )


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2, 9, 99])
def test_a_rare_compression(taken, zip_of, pack, method):
    content = pack({"ada/stride.py": "x", **GOOD})

    _, found = taken(zip_of(patched(content, b"PK\1\2", 10, "<H", method)))

    assert found["ada"].problem == (
        "stride.py is compressed in a rare way; make an ordinary zip"
    )


@pytest.mark.parametrize("name", ["hw.zip", "hw.tar", "hw.tar.gz"])
@pytest.mark.parametrize("content", [b"", b"not one", b"PK\3\4", b"\x1f\x8b\x08"])
def test_what_is_no_archive(refused, name, content):
    kind = "zip" if name == "hw.zip" else "tar"

    assert refused(content, name) == f"{name}: is no {kind}, or is damaged"
