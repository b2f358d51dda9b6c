"""Files made to harm whoever opens them: one clear line, and memory stays bounded."""

import io
import struct
import tracemalloc
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("lxml", reason="lxml is not installed")

from click.testing import CliRunner

from grader.cli.quiz import quiz
from grader.errors import QuizError
from grader.quiz import reading

MANIFEST = """\
<manifest xmlns="http://www.imsglobal.org/xsd/imscp_v1p1"><metadata>
<schema>QTIv2.1 Package</schema><schemaversion>1.0.0</schemaversion></metadata>
<organizations/><resources><resource identifier="r" type="imsqti_item_xmlv2p1"
href="item.xml"><file href="item.xml"/></resource></resources></manifest>
"""
ITEM = """\
<?xml version="1.0"?>{doctype}
<assessmentItem xmlns="http://www.imsglobal.org/xsd/imsqti_v2p1" identifier="i"
title="A" adaptive="false" timeDependent="false"><itemBody>{body}</itemBody>
</assessmentItem>
"""
LAUGHS = "".join(
    f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' if n else '<!ENTITY l0 "lol">'
    for n in range(12)
)
SMALL, LARGE = 1_000_000, 30_000_000


def package(**members):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("imsmanifest.xml", MANIFEST)
        for name, content in members.items():
            file.writestr(f"{name}.xml", content)
    return stream.getvalue()


def item(body="<p>words</p>", doctype=""):
    return package(item=ITEM.format(body=body, doctype=doctype))


@pytest.fixture
def refused(tmp_path):
    """Return what `quiz check` says, and its peak of memory."""
    path = tmp_path / "bomb.zip"

    def refused(content):
        path.write_bytes(content)
        tracemalloc.start()
        try:
            with pytest.raises(QuizError) as caught:
                reading.read(path)
            return str(caught.value), tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    return refused


def test_a_zip_that_declares_to_unpack_to_too_much_is_not_unpacked(
    refused, monkeypatch
):
    monkeypatch.setattr(reading, "MOST_BYTES", SMALL)
    said, peak = refused(package(bomb=b"<a>" + bytes(LARGE)))

    assert "the zip unpacks to more than 1,000,000 bytes" in said
    assert "\n" not in said
    assert peak < LARGE / 2


def test_members_that_are_too_much_only_together_are_not_unpacked(refused, monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", SMALL)
    said, _ = refused(package(**{f"m{n}": bytes(SMALL // 4) for n in range(5)}))

    assert "the zip unpacks to more than 1,000,000 bytes" in said


def test_a_zip_that_lies_about_what_it_unpacks_to_is_unpacked_no_further(refused):
    lied = package(bomb=b"<a>" + bytes(LARGE))
    size = struct.pack("<I", LARGE + 3)
    assert lied.count(size) == 2  # beside the member, and in the directory
    said, peak = refused(lied.replace(size, struct.pack("<I", 100)))

    assert "it is no sound zip: Bad CRC-32" in said
    assert "\n" not in said
    assert peak < LARGE / 2


@pytest.mark.parametrize("use", ["&l11;", '<p title="&l11;">words</p>'])
def test_a_bomb_of_entities_in_a_package_is_not_lit(tmp_path, use):
    path = tmp_path / "laughs.zip"
    path.write_bytes(item(use, f"<!DOCTYPE assessmentItem [{LAUGHS}]>"))
    tracemalloc.start()
    try:
        said = str(reading.read(path))
    except QuizError as error:
        said = str(error)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert "lollol" not in said
    assert "\n" not in said
    assert peak < LARGE


@pytest.mark.parametrize("depth", [1_000, 200_000])
def test_what_is_nested_too_deep_is_refused(refused, depth):
    said, _ = refused(item("<div>" * depth + "</div>" * depth))

    assert "item.xml is not well-formed" in said
    assert "depth" in said
    assert "\n" not in said


@pytest.mark.parametrize("name", ["moodle.xml", "key.json"])
def test_what_is_nested_too_deep_outside_a_package_is_refused(tmp_path, name):
    path = tmp_path / name
    deep = {
        "moodle.xml": f"<quiz>{'<a>' * 100_000}{'</a>' * 100_000}</quiz>",
        "key.json": '{"format_version": 1, "questions": ' + "[" * 100_000,
    }
    path.write_text(deep[name])

    with pytest.raises(QuizError) as caught:
        reading.read(path)

    assert "\n" not in str(caught.value)


def test_nothing_outside_the_file_is_read_into_it(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the secret words")
    doctype = f'<!DOCTYPE assessmentItem [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    path = tmp_path / "outside.zip"
    path.write_bytes(item("<p>before &x; after</p>", doctype))
    try:
        said = str(reading.read(path))
    except QuizError as error:
        said = str(error)

    assert "secret words" not in said


def test_an_encrypted_zip_is_said_to_be_encrypted(refused):
    content = bytearray(item())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (start := content.find(mark, start)) >= 0:
            content[start + place] |= 1  # the flag of an encrypted member
            start += 1
    said, _ = refused(bytes(content))

    assert said.endswith("the zip is encrypted")


def test_a_file_without_an_end_is_refused(monkeypatch):
    monkeypatch.setattr(reading, "MOST_BYTES", SMALL)
    endless = Path("/dev/zero")
    if not endless.exists():
        pytest.skip("this system has no file without an end")

    with pytest.raises(QuizError, match="larger than 1,000,000 bytes"):
        reading.read(endless)


def test_the_command_says_one_line_and_exits_with_2(tmp_path):
    path = tmp_path / "deep.zip"
    path.write_bytes(item("<div>" * 1_000 + "</div>" * 1_000))

    with pytest.raises(QuizError) as caught:
        CliRunner().invoke(
            quiz, ["check", str(path)], standalone_mode=False, catch_exceptions=False
        )

    assert str(caught.value).startswith(f"{path}: item.xml is not well-formed")
    assert caught.value.exit_code == 2
