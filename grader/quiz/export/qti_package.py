"""A paper as a package of QTI 2.1 or 3.0: items, a test that asks them, a manifest.

A pool becomes a section from which one item is selected for each student.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from grader.quiz.export.mould import SLOT
from grader.quiz.export.package import Package, digest, number, paper_identifier
from grader.quiz.export.qti_dialect import QtiMaker, document, title
from grader.quiz.export.qti_item import ItemWriter, identifier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from grader.quiz.export.qti_dialect import Dialect
    from grader.quiz.paper import Paper
    from grader.quiz.question import Number

TEST = "test.xml"


def written(paper: Paper, dialect: Dialect) -> Iterator[bytes]:
    """Return the package of a paper, piece by piece."""
    # First, before a file is open: an interrupt is lost while lxml loads.
    return _pieces(paper, QtiMaker(dialect))


def _pieces(paper: Paper, make: QtiMaker) -> Iterator[bytes]:
    # Beside the items: some importers do not follow a path out of a folder.
    with Package("figures", "figures/") as package:
        items = ItemWriter(make, package)
        test, manifest = _Test(make, paper), _Manifest(make, paper)
        for pool, questions in groupby(paper.questions, key=attrgetter("pool")):
            for question in questions:
                name = identifier(question)
                package.add(f"{name}.xml", items.document(question))
                test.ask(
                    name, pool if question.title != pool else None, question.points
                )
                manifest.add(name, package.shown())
                yield package.ready()
        package.add(TEST, test.document())
        package.add("imsmanifest.xml", manifest.document())
        yield package.end()


class _Test:
    """The test under construction: a section for each pool, and for what has none."""

    def __init__(self, make: QtiMaker, paper: Paper) -> None:
        self.make, self.paper = make, paper
        self._sections: list[tuple[str | None, list[str]]] = []
        self._most = Decimal(0)

    def ask(self, name: str, pool: str | None, points: Number) -> None:
        """Ask an item; of those of a pool, each student gets one."""
        new = not self._sections or self._sections[-1][0] != pool
        if new:
            self._sections.append((pool, []))
        if new or pool is None:
            self._most += Decimal(repr(points))
        self._sections[-1][1].append(name)

    def document(self) -> bytes:
        """Return the test."""
        sections = b"".join(
            self._section(place, pool, names)
            for place, (pool, names) in enumerate(self._sections, 1)
        )
        whole = self.make.cast(self._made_test, number(float(self._most)))
        names = paper_identifier(self.paper), title(self.paper.title)
        return document(whole(*names, sections))

    def _section(self, place: int, pool: str | None, names: list[str]) -> bytes:
        asked = self.make.cast(self._made_reference)
        items = b"".join([asked(name, f"{name}.xml") for name in names])
        heading = title(self.paper.title if pool is None else pool)
        section = self.make.cast(self._made_section, pool is not None)
        return section(f"section-{place}", heading, items)

    def _made_test(self, most: str) -> Any:
        """Return the test; what it counts at most is known before an item is taken."""
        make = self.make
        control = make(
            "itemSessionControl",
            maxAttempts="1",
            showFeedback="true",
            showSolution="false",
        )
        part = make(
            "testPart",
            control,
            identifier="part",
            navigationMode="nonlinear",
            submissionMode="individual",
        )
        control.tail = SLOT
        return make.root(
            "assessmentTest",
            make.outcome("SCORE", "float", "0"),
            make.outcome("MAXSCORE", "float", most),
            part,
            make(
                "outcomeProcessing",
                self._made_total("SCORE"),
                self._made_total("MAXSCORE"),
            ),
            identifier=SLOT,
            title=SLOT,
        )

    def _made_total(self, name: str) -> Any:
        """Add up the scores of the items that were asked."""
        total = self.make("sum", self.make("testVariables", variableIdentifier=name))
        return self.make("setOutcomeValue", total, identifier=name)

    def _made_section(self, pooled: bool) -> Any:
        """Return a section; students need not see it, only what it asks.

        Canvas would show the title of a visible one as a question without an answer.
        """
        make = self.make
        section = make(
            "assessmentSection",
            *([make("selection", select="1")] if pooled else []),
            identifier=SLOT,
            title=SLOT,
            visible="false",
        )
        if pooled:
            section[-1].tail = SLOT
        else:
            section.text = SLOT
        return section

    def _made_reference(self) -> Any:
        return self.make("assessmentItemRef", identifier=SLOT, href=SLOT)


class _Manifest:
    """The manifest under construction: what is in the package."""

    def __init__(self, make: QtiMaker, paper: Paper) -> None:
        self.make, self.paper = make, paper
        self._needed: list[bytes] = []
        self._items: list[bytes] = []

    def add(self, name: str, figures: tuple[str, ...]) -> None:
        """Add an item and the figures that it shows."""
        cast, kind = self.make.cast, self.make.dialect.item_type
        ident, href = f"resource-{name}", f"{name}.xml"
        self._needed.append(cast(self._made_dependency)(ident))
        resource = cast(self._made_resource, kind, 1 + len(figures))
        self._items.append(resource(ident, href, href, *figures, ""))

    def document(self) -> bytes:
        """Return the manifest: first the test, which needs every item."""
        cast, name = self.make.cast, paper_identifier(self.paper)
        test = cast(self._made_resource, self.make.dialect.test_type, 1)
        needed = b"".join(self._needed)
        listed = test(f"resource-{name}", TEST, TEST, needed) + b"".join(self._items)
        whole = cast(self._made_manifest)
        return document(whole(f"manifest-{digest(name)}", listed))

    def _made_manifest(self) -> Any:
        make, dialect = self.make.plain, self.make.dialect
        return self.make.manifest(
            make(
                "metadata",
                make("schema", dialect.schema_name),
                make("schemaversion", dialect.schema_version),
            ),
            make("organizations"),
            make("resources", SLOT),
        )

    def _made_resource(self, kind: str, files: int) -> Any:
        make = self.make.plain
        listed = [make("file", href=SLOT) for _ in range(files)]
        resource = make("resource", *listed, identifier=SLOT, type=kind, href=SLOT)
        listed[-1].tail = SLOT
        return resource

    def _made_dependency(self) -> Any:
        return self.make.plain("dependency", identifierref=SLOT)
