"""Zips that are written from front to back are as the library writes and reads them."""

import io
import zipfile

from grader.quiz.export.zipped import Member, Zip

CONTENT = {"a.xml": b"<a/>" * 999, "figures/b – c.svg": b"<svg/>", "empty": b""}


def written(members):
    books = Zip()
    parts = [books.member(name, content) for name, content in members.items()]
    return b"".join([*parts, books.end()])


def by_library(members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as package:
        for name, content in members.items():
            member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3
            member.external_attr = 0o644 << 16
            package.writestr(member, content, compresslevel=1)
    return stream.getvalue()


def test_a_zip_has_the_bytes_that_the_library_writes():
    assert written(CONTENT) == by_library(CONTENT)


def test_a_member_may_grow_while_others_are_added():
    books, member = Zip(), Member()
    member.write(b"one ")
    first = books.member("other", b"between")
    member.write(b"two")
    member.close()
    whole = b"".join([first, *books.members("grown", member), books.end()])

    with zipfile.ZipFile(io.BytesIO(whole)) as package:
        assert package.testzip() is None
        assert package.read("grown") == b"one two"
        assert package.read("other") == b"between"


def test_more_members_than_an_old_zip_can_count_are_read_back():
    books = Zip()
    names = [str(number) for number in range(65_540)]
    parts = [books.member(name, b"") for name in names]

    with zipfile.ZipFile(io.BytesIO(b"".join([*parts, books.end()]))) as package:
        assert package.namelist() == names
