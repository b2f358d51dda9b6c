"""The content of a file as text or as an XML tree, or one clear line why not."""

from __future__ import annotations

import codecs
from typing import Any

from grader.quiz.reading import MalformedError
from grader.quiz.xmllib import etree


def decoded(content: bytes) -> str:
    """Return the text of a file in UTF-8, or in UTF-16 with a mark.

    Raises
    ------
    MalformedError
        When it is neither.
    """
    wide = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        return content.decode("utf-16" if wide else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise MalformedError(
            f"line {line} is not UTF-8. Save the file in UTF-8."
        ) from None


def tree(content: bytes) -> Any:
    """Return the root element of an XML file; nothing outside it is loaded.

    Raises
    ------
    MalformedError
        When it is not well-formed, with the place.
    """
    library = etree("Reading XML")
    parser = library.XMLParser(resolve_entities=False, no_network=True)
    try:
        return library.fromstring(content.lstrip(), parser)
    except library.XMLSyntaxError as error:
        line, column = error.position
        reason = " ".join(str(error.msg).split(", line")[0].split())
        raise MalformedError(
            f"line {line}, column {column}: not well-formed XML: {reason}."
        ) from None


def number(text: str, otherwise: float) -> float:
    """Return the number that a text holds, or another."""
    try:
        value = float(text.strip().replace(",", "."))
    except ValueError:
        return otherwise
    return value if abs(value) < float("inf") else otherwise
