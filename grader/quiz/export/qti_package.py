"""A paper as a package of QTI 2.1 or 3.0: items, a test that asks them, a manifest.

A pool becomes a section from which one item is selected for each student.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from grader.quiz.export.inline import legal
from grader.quiz.export.package import Package, digest, paper_identifier
from grader.quiz.export.qti_dialect import Writer
from grader.quiz.export.qti_item import ItemWriter, identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.export.qti_dialect import Dialect
    from grader.quiz.paper import Paper

TEST = "test.xml"


def written(paper: Paper, dialect: Dialect) -> Iterator[bytes]:
    """Return the package of a paper, piece by piece."""
    # First, before a file is open: an interrupt is lost while lxml loads.
    return _pieces(paper, Writer(dialect))


def _pieces(paper: Paper, writer: Writer) -> Iterator[bytes]:
    # Beside the items: some importers do not follow a path out of a folder.
    with Package("figures", "figures/") as package:
        items = ItemWriter(writer, package)
        test = _Test(writer, paper)
        resources: list[tuple[str, tuple[str, ...]]] = []
        for pool, questions in groupby(paper.questions, key=lambda q: q.pool):
            section = None
            for question in questions:
                if section is None:
                    pooled = question.title != question.pool
                    section = test.section(pool) if pooled else test.plain()
                name = identifier(question)
                package.add(f"{name}.xml", items.document(question))
                test.ask(section, name)
                resources.append((name, package.shown()))
        package.add(TEST, writer.document(test.root))
        package.add("imsmanifest.xml", _manifest(writer, paper, resources))
        yield from package.pieces()


class _Test:
    """The test under construction."""

    def __init__(self, writer: Writer, paper: Paper) -> None:
        self.writer, self.add = writer, writer.add
        title = " ".join(legal(paper.title).split())
        self.root = writer.root(
            "assessmentTest", identifier=paper_identifier(paper), title=title
        )
        for name in ("SCORE", "MAXSCORE"):
            outcome = self.add(
                self.root,
                "outcomeDeclaration",
                identifier=name,
                cardinality="single",
                baseType="float",
            )
            self.add(self.add(outcome, "defaultValue"), "value", "0")
        self.part = self.add(
            self.root,
            "testPart",
            identifier="part",
            navigationMode="nonlinear",
            submissionMode="individual",
        )
        self.add(
            self.part,
            "itemSessionControl",
            maxAttempts="1",
            showFeedback="true",
            showSolution="false",
        )
        self.title = title
        self._open: Any = None
        self._sections = 0
        self._processing()

    def section(self, pool: str) -> Any:
        """Return a section of which each student gets one item."""
        self._open = None
        section = self._new(" ".join(legal(pool).split()))
        self.add(section, "selection", select="1")
        return section

    def plain(self) -> Any:
        """Return the section for questions that everyone gets."""
        if self._open is None:
            self._open = self._new(self.title)
        return self._open

    def ask(self, section: Any, name: str) -> None:
        """Ask an item."""
        self.add(section, "assessmentItemRef", identifier=name, href=f"{name}.xml")

    def _new(self, title: str) -> Any:
        self._sections += 1
        return self.add(
            self.part,
            "assessmentSection",
            identifier=f"section-{self._sections}",
            title=title,
            visible="true",
        )

    def _processing(self) -> None:
        """Add up the scores of the items that were asked."""
        processing = self.add(self.root, "outcomeProcessing")
        for name in ("SCORE", "MAXSCORE"):
            outcome = self.add(processing, "setOutcomeValue", identifier=name)
            total = self.add(outcome, "sum")
            self.add(total, "testVariables", variableIdentifier=name)


def _manifest(
    writer: Writer, paper: Paper, resources: list[tuple[str, tuple[str, ...]]]
) -> bytes:
    dialect, etree = writer.dialect, writer.etree
    space = f"{{{dialect.package}}}"
    schema = "{http://www.w3.org/2001/XMLSchema-instance}schemaLocation"
    add = etree.SubElement
    root = etree.Element(f"{space}manifest", nsmap={None: dialect.package})
    root.set("identifier", f"manifest-{digest(paper_identifier(paper))}")
    root.set(schema, f"{dialect.package} {dialect.package_schema}")
    about = add(root, f"{space}metadata")
    add(about, f"{space}schema").text = dialect.schema_name
    add(about, f"{space}schemaversion").text = dialect.schema_version
    add(root, f"{space}organizations")
    listed = add(root, f"{space}resources")

    def resource(name: str, kind: str, href: str) -> Any:
        made = add(
            listed,
            f"{space}resource",
            {"identifier": f"resource-{name}", "type": kind, "href": href},
        )
        add(made, f"{space}file", {"href": href})
        return made

    test = resource(paper_identifier(paper), dialect.test_type, TEST)
    for name, figures in resources:
        add(test, f"{space}dependency", {"identifierref": f"resource-{name}"})
        item = resource(name, dialect.item_type, f"{name}.xml")
        for figure in figures:
            add(item, f"{space}file", {"href": figure})
    return writer.document(root)
