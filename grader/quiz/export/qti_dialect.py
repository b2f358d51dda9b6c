"""QTI 2.1 and 3.0 tell the same things in other words: camelCase or qti-kebab."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from grader.quiz.export.inline import legal
from grader.quiz.export.mould import SLOT, Maker
from grader.quiz.xmllib import etree

_CAPITAL = re.compile("(?=[A-Z])")
_XSI = "http://www.w3.org/2001/XMLSchema-instance"


@lru_cache(maxsize=256)
def kebab(name: str) -> str:
    """Return a camelCase name as QTI 3.0 writes it, without the prefix.

    Examples
    --------
    >>> kebab("responseIdentifier")
    'response-identifier'
    """
    return _CAPITAL.sub("-", name).lower()


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one version of QTI writes its names and packages.

    Parameters
    ----------
    version : str
        ``"2.1"`` or ``"3.0"``.
    namespace, schema : str
        Of items and tests, and where their schema stands.
    package, package_schema : str
        The same for the manifest.
    item_type, test_type, figure_type : str
        The types of resources in the manifest.
    schema_name, schema_version : str
        What the manifest calls the package.
    """

    version: str
    namespace: str
    schema: str
    package: str
    package_schema: str
    item_type: str
    test_type: str
    figure_type: str
    schema_name: str
    schema_version: str

    def name(self, word: str) -> str:
        """Return an element's name."""
        return word if self.version == "2.1" else f"qti-{kebab(word)}"

    def attribute(self, word: str) -> str:
        """Return an attribute's name."""
        return word if self.version == "2.1" else kebab(word)


class QtiMaker(Maker):
    """Makes the elements of a dialect, named as QTI 2.1 names them.

    Only roots carry the namespace; what is filled into them stands in it too.
    """

    def __init__(self, dialect: Dialect) -> None:
        super().__init__(etree(f"QTI {dialect.version}"))
        self.dialect = dialect

    def __call__(self, word: str, /, *inside: Any, **attributes: str) -> Any:
        """Return an element with what is inside: elements, or one text."""
        named = {self.dialect.attribute(key): each for key, each in attributes.items()}
        return self.plain(self.dialect.name(word), *inside, **named)

    def plain(self, name: str, /, *inside: Any, **attributes: str) -> Any:
        """Return an element whose names no dialect changes."""
        return super().__call__(name, *inside, **attributes)

    def root(self, word: str, /, *inside: Any, **attributes: str) -> Any:
        """Return the root of an item or a test."""
        dialect = self.dialect
        root = self._root(dialect.name(word), dialect.namespace, dialect.schema)
        for key, each in attributes.items():
            root.set(dialect.attribute(key), each)
        return self.into(root, *inside)

    def manifest(self, *inside: Any) -> Any:
        """Return the root of a manifest."""
        dialect = self.dialect
        root = self._root("manifest", dialect.package, dialect.package_schema)
        root.set("identifier", SLOT)
        return self.into(root, *inside)

    def _root(self, name: str, space: str, schema: str) -> Any:
        spaces = {None: space, "xsi": _XSI}
        root = self.etree.Element(f"{{{space}}}{name}", nsmap=spaces)
        root.set(f"{{{_XSI}}}schemaLocation", f"{space} {schema}")
        return root

    def value(self, base: str, text: str) -> Any:
        """Return a value of a base type."""
        return self("baseValue", text, baseType=base)

    def outcome(self, name: str, base: str, default: str = "") -> Any:
        """Return the declaration of an outcome."""
        first = [self("defaultValue", self("value", default))] if default else []
        return self(
            "outcomeDeclaration",
            *first,
            identifier=name,
            cardinality="single",
            baseType=base,
        )


def title(words: str) -> str:
    """Return a title on one line."""
    return " ".join(legal(words).split())


def document(whole: bytes) -> bytes:
    """Return a document with its declaration."""
    return b"<?xml version='1.0' encoding='UTF-8'?>\n" + whole
