"""QTI 2.1 and 3.0 tell the same things in other words: camelCase or qti-kebab."""

from __future__ import annotations

import re
from copy import copy
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from grader.quiz.export.inline import legal
from grader.quiz.xmllib import etree

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

_CAPITAL = re.compile("(?=[A-Z])")
_MOST_KEPT = 2048
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


class Writer:
    """Builds the elements of a document in a dialect.

    Elements are named as QTI 2.1 names them, whatever the dialect.
    """

    def __init__(self, dialect: Dialect) -> None:
        self.dialect = dialect
        self.etree = etree(f"QTI {dialect.version}")
        # A question may be longer than what the parser takes from strangers.
        self._parser = self.etree.XMLParser(
            huge_tree=True, resolve_entities=False, no_network=True
        )
        self._kept: dict[Hashable, Any] = {}
        self._tags: dict[str, str] = {}
        self._names: dict[str, str] = {}

    def root(self, word: str, **attributes: str) -> Any:
        """Return the root element of a document."""
        dialect = self.dialect
        root = self.etree.Element(
            self._tag(word), nsmap={None: dialect.namespace, "xsi": _XSI}
        )
        place = f"{dialect.namespace} {dialect.schema}"
        root.set(f"{{{_XSI}}}schemaLocation", place)
        for name, value in attributes.items():
            root.set(self._name(name), value)
        return root

    def add(self, parent: Any, word: str, text: str = "", **attributes: str) -> Any:
        """Add an element to `parent` and return it."""
        names = {self._name(name): value for name, value in attributes.items()}
        element = self.etree.SubElement(parent, self._tag(word), names)
        if text:
            element.text = text
        return element

    def again(self, parent: Any, key: Hashable, build: Callable[[Any], Any]) -> None:
        """Add what ``build(parent)`` adds and returns; the next time, a copy of it.

        Building costs ten times as much as copying, and questions of one family have
        most of their scoring in common.
        """
        kept = self._kept.get(key)
        if kept is None:
            if len(self._kept) >= _MOST_KEPT:
                self._kept.clear()
            # To lxml a copy is a deep one.
            self._kept[key] = copy(build(parent))
        else:
            parent.append(copy(kept))

    def html(self, parent: Any, word: str, markup: str) -> None:
        """Add an element of HTML; rows that stand bare in a table get a body."""
        name = word if word == "div" else self.dialect.name(word)
        space = self.dialect.namespace
        whole = f'<{name} xmlns="{space}">{legal(markup)}</{name}>'
        fragment = self.etree.fromstring(whole.encode(), self._parser)
        space = f"{{{self.dialect.namespace}}}"
        for table in fragment.iter(f"{space}table"):
            rows = table.findall(f"{space}tr")
            if rows:
                body = self.etree.SubElement(table, f"{space}tbody")
                body.extend(rows)
        parent.append(fragment)

    def paragraph(self, parent: Any, words: str) -> None:
        """Add a paragraph of plain words."""
        space = f"{{{self.dialect.namespace}}}"
        self.etree.SubElement(parent, f"{space}p").text = legal(words)

    def document(self, root: Any) -> bytes:
        """Return a document as bytes."""
        return bytes(self.etree.tostring(root, xml_declaration=True, encoding="UTF-8"))

    def _tag(self, word: str) -> str:
        if word not in self._tags:
            name = self.dialect.name(word)
            self._tags[word] = f"{{{self.dialect.namespace}}}{name}"
        return self._tags[word]

    def _name(self, word: str) -> str:
        if word not in self._names:
            self._names[word] = self.dialect.attribute(word)
        return self._names[word]
