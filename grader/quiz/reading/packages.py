"""Open a package, parse its documents, and say what stands in them as plain text."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO
from typing import TYPE_CHECKING, Any

from grader.quiz import reading
from grader.quiz.reading import MalformedError
from grader.quiz.xmllib import etree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_PIECE = 1 << 20
_GLANCE = 2_000
_BLOCKS = {
    "p", "div", "br", "tr", "table", "li", "ul", "ol", "h1", "h2", "h3", "h4",
    "pre", "blockquote", "caption",
}  # fmt: skip
_BLANKS = re.compile(r"[ \t\r\f\v]+")
_LINES = re.compile(r"\s*\n\s*")


def members(content: bytes) -> dict[str, bytes]:
    """Return the XML documents of a zip by name.

    Raises
    ------
    MalformedError
        When it is no sound zip.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            listed = [m for m in package.infolist() if m.filename.endswith(".xml")]
            if sum(member.file_size for member in listed) > reading.MOST_BYTES:
                raise MalformedError(
                    f"the zip unpacks to more than {reading.MOST_BYTES:,} bytes. "
                    "No quiz does; it may be made to fill a memory."
                )
            return {member.filename: _unpacked(package, member) for member in listed}
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise MalformedError(f"it is no sound zip: {error}") from None
    except RuntimeError:
        raise MalformedError("the zip is encrypted") from None


def _unpacked(package: zipfile.ZipFile, member: zipfile.ZipInfo) -> bytes:
    """Return a member, in pieces: it may unpack to more than it declares."""
    with package.open(member) as stream:
        return b"".join(iter(lambda: stream.read(_PIECE), b""))


_WORDS = re.compile(rb"<!\[CDATA\[.*?(?:\]\]>|\Z)", re.DOTALL)


def in_a_tag(start: bytes, marks: tuple[bytes, ...]) -> bool:
    """Tell whether XML has one of `marks` in a tag; words may hold them anywhere."""
    if not start.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return False
    markup = _WORDS.sub(b"", start)
    return any(re.search(rb"<[^<>]*" + re.escape(mark), markup) for mark in marks)


def holds(content: bytes, marks: tuple[bytes, ...]) -> bool:
    """Tell whether a document of a zip begins with something like one of `marks`."""
    if not content.startswith(b"PK"):
        return False
    try:
        with zipfile.ZipFile(BytesIO(content)) as package:
            for member in package.infolist():
                if member.filename.endswith(".xml"):
                    with package.open(member) as stream:
                        start = stream.read(_GLANCE)
                    if any(mark in start for mark in marks):
                        return True
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError):
        return False
    except RuntimeError:
        return False
    return False


def parsed(name: str, document: bytes) -> Any:
    """Return the root of a document.

    Raises
    ------
    MalformedError
        When it is not well-formed.
    """
    xml = etree("Reading QTI")
    # Without `huge_tree`: the library itself refuses what is nested too deep.
    parser = xml.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return xml.fromstring(document, parser)
    except xml.XMLSyntaxError as error:
        raise MalformedError(f"{name} is not well-formed: {error.msg}") from None


def local(element: Any) -> str:
    """Return an element's name without its namespace; nothing for a comment."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def plain(element: Any) -> str:
    """Return what an element says: formulas as they are read out, no figures."""
    words = _BLANKS.sub(" ", "".join(_words(element)))
    return _LINES.sub("\n", words).strip()


def _words(element: Any) -> Iterator[str]:
    name = local(element)
    if name == "math" and element.get("alttext"):
        yield str(element.get("alttext"))
        return
    if name in ("td", "th"):
        yield " "
    elif name in _BLOCKS:
        yield "\n"
    if name:
        yield element.text or ""
        for child in element:
            yield from _words(child)
            yield child.tail or ""
    if name in _BLOCKS:
        yield "\n"


def fragment(markup: str) -> Any:
    """Return HTML as an element."""
    etree("Reading QTI")
    from lxml import html  # noqa: PLC0415  (an extra)

    return html.fragment_fromstring(markup or " ", create_parent="div")


def attribute(element: Any, name: str) -> str:
    """Return an attribute, or nothing."""
    return str(element.get(name) or "")


def points(fields: Mapping[str, str], name: str, otherwise: float = 1.0) -> float:
    """Return a number that stands in metadata."""
    try:
        return float(fields[name])
    except (KeyError, ValueError):
        return otherwise
