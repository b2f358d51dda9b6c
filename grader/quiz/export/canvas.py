"""A quiz as the dialect of QTI 1.2 that Canvas reads.

Each pool is a question group of which Canvas picks one. Groups of more than a hundred
hardly import, and two groups would ask twice; so the first hundred variants are
written, the very ones that ``--variants 100`` draws. Canvas knows no wrong number,
so the beliefs behind them are told in the general feedback; and it compares blanks as
text, so each blank accepts every usual spelling of its number.
"""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from grader.quiz.export.canvas_item import ItemWriter
from grader.quiz.export.inline import legal
from grader.quiz.export.losses import Losses
from grader.quiz.export.mould import SLOT, Maker
from grader.quiz.export.package import Package, digest, number, paper_identifier
from grader.quiz.xmllib import etree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from grader.quiz.paper import Paper
    from grader.quiz.question import Number

SUFFIX = ".zip"
MOST_IN_A_GROUP = 100
_TOO_MANY = (
    f"a group holds the first {MOST_IN_A_GROUP} variants, the others are left out: "
    "larger ones hardly import"
)
_HEAD = b'<?xml version="1.0" encoding="UTF-8"?>\n'
_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
_MANIFEST = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_BASE = "web_resources"
_META_TYPE = "associatedcontent/imscc_xmlv1p1/learning-application-resource"


def pieces(paper: Paper, *, solutions: bool = True) -> Iterator[bytes]:
    """Return the package piece by piece; it always holds the key."""
    del solutions
    # First, before a file is open: an interrupt is lost while lxml loads.
    return _pieces(paper, etree("Canvas's QTI"))


def _pieces(paper: Paper, library: ModuleType) -> Iterator[bytes]:
    losses = Losses("canvas")
    # Readers do not agree where a link begins: for a QTI zip Canvas says at its top,
    # PrairieLearn in the folder that Canvas's own exports keep files in.
    base = "$IMS-CC-FILEBASE$/figures/"
    with Package("figures", base, again=f"{_BASE}/figures") as package:
        quiz = _Quiz(Maker(library), paper, package, losses)
        name = quiz.name
        with package.growing(f"{name}/{name}.xml") as assessment:
            assessment.writelines(quiz.assessment())
        package.add(f"{name}/assessment_meta.xml", quiz.settings())
        yield package.ready()
        package.add("imsmanifest.xml", quiz.manifest())
        yield package.end()
    losses.say()


class _Quiz:
    """The three documents of a package, the questions first."""

    def __init__(
        self, make: Maker, paper: Paper, package: Package, losses: Losses
    ) -> None:
        self.make, self.paper, self.package = make, paper, package
        self.losses = losses
        self.name = paper_identifier(paper)
        self.points: Number = 0

    def assessment(self) -> Iterator[bytes]:
        """Yield all questions, those of a pool in a group."""
        items = ItemWriter(self.make, self.package, self.losses, self.name)
        before, after = self.make.parts(self._frame())
        yield _HEAD + before
        for pool, questions in groupby(self.paper.questions, key=attrgetter("pool")):
            end = b""
            count = 0
            for question in questions:
                pooled = question.title != question.pool
                if pooled and not count:
                    start, end = self.make.parts(self._group(pool, question.points))
                    yield start
                count += pooled
                if count > MOST_IN_A_GROUP:
                    self.losses.add(_TOO_MANY, question.title)
                    continue
                if count < 2:
                    self.points += question.points
                yield items.item(question) + b"\n"
            yield end
        yield after

    def _group(self, pool: str, points: Number) -> Any:
        """Return a group of which Canvas picks one question."""
        make = self.make
        ordering = make(
            "selection_ordering",
            make(
                "selection",
                make("selection_number", "1"),
                make(
                    "selection_extension",
                    make("points_per_item", number(points)),
                ),
            ),
        )
        ordering.tail = SLOT
        ident = f"group-{digest(self.name, pool)}"
        return make("section", ordering, ident=ident, title=legal(pool))

    def _frame(self) -> Any:
        """Return what stands around the questions."""
        make = self.make
        field = make(
            "qtimetadatafield",
            make("fieldlabel", "cc_maxattempts"),
            make("fieldentry", "1"),
        )
        assessment = make(
            "assessment",
            make("qtimetadata", field),
            make("section", SLOT, ident="root_section"),
            ident=self.name,
            title=legal(self.paper.title),
        )
        return make("questestinterop", assessment, xmlns=_QTI)

    def settings(self) -> bytes:
        """Return the settings of the quiz."""
        make = self.make
        settings = {
            "title": legal(self.paper.title),
            "description": "",
            "shuffle_answers": "false",
            "scoring_policy": "keep_highest",
            "quiz_type": "assignment",
            "points_possible": number(self.points),
            "show_correct_answers": "true",
            "allowed_attempts": "1",
            "one_question_at_a_time": "false",
            "cant_go_back": "false",
            "available": "false",
        }
        listed = [make(word, text) for word, text in settings.items()]
        return self._document(
            make("quiz", *listed, identifier=self.name, xmlns=_CANVAS)
        )

    def manifest(self) -> bytes:
        """Return what is in the package."""
        make, name = self.make, self.name
        settings = f"{name}/assessment_meta.xml"
        about = make(
            "metadata",
            make("schema", "IMS Content"),
            make("schemaversion", "1.1.3"),
        )
        quiz = make(
            "resource",
            make("file", href=f"{name}/{name}.xml"),
            make("dependency", identifierref=f"{name}-settings"),
            identifier=name,
            type="imsqti_xmlv1p2",
        )
        about_quiz = self._resource(f"{name}-settings", _META_TYPE, settings)
        about_quiz.tail = SLOT
        whole = make(
            "manifest",
            about,
            make("organizations"),
            make("resources", quiz, about_quiz),
            identifier=f"manifest-{name}",
            xmlns=_MANIFEST,
        )
        before, after = make.parts(whole)
        shown = make.cast(self._figure)
        figures = [
            shown(f"figure-{digest(path)}", path, path, f"{_BASE}/{path}")
            for path in self.package.figures
        ]
        return b"".join([_HEAD, before, *figures, after])

    def _figure(self) -> Any:
        return self._resource(SLOT, "webcontent", SLOT, SLOT)

    def _resource(self, name: str, kind: str, path: str, *more: str) -> Any:
        files = [self.make("file", href=each) for each in (path, *more)]
        return self.make("resource", *files, identifier=name, type=kind, href=path)

    def _document(self, root: Any) -> bytes:
        return _HEAD + self.make.whole(root)
