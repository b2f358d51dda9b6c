"""A quiz as the dialect of QTI 1.2 that Canvas reads.

Each pool is a question group of which Canvas picks one. Canvas knows no wrong number,
so the beliefs behind them are told in the general feedback; and it compares blanks as
text, so each blank accepts every usual spelling of its number.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from grader.quiz.export.canvas_item import ItemWriter, add
from grader.quiz.export.inline import legal
from grader.quiz.export.losses import Losses
from grader.quiz.export.package import Package, digest, number, paper_identifier
from grader.quiz.xmllib import etree

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

    from grader.quiz.paper import Paper
    from grader.quiz.question import Number

SUFFIX = ".zip"
MOST_IN_A_GROUP = 100
_QTI = "http://www.imsglobal.org/xsd/ims_qtiasiv1p2"
_CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
_MANIFEST = "http://www.imsglobal.org/xsd/imsccv1p1/imscp_v1p1"
_META_TYPE = "associatedcontent/imscc_xmlv1p1/learning-application-resource"
_PLACE = "<!--here-->"


def pieces(paper: Paper, *, solutions: bool = True) -> Iterator[bytes]:
    """Return the package piece by piece; it always holds the key."""
    del solutions
    # First, before a file is open: an interrupt is lost while lxml loads.
    return _pieces(paper, etree("Canvas's QTI"))


def _pieces(paper: Paper, xml: ModuleType) -> Iterator[bytes]:
    losses = Losses("canvas")
    # Canvas resolves the token to the course's files, other importers to this folder.
    with Package("web_resources/figures", "$IMS-CC-FILEBASE$/figures/") as package:
        name = paper_identifier(paper)
        assessment, points = _assessment(xml, paper, package, losses)
        package.add(f"{name}/{name}.xml", assessment)
        package.add(f"{name}/assessment_meta.xml", _settings(xml, paper, name, points))
        package.add("imsmanifest.xml", _manifest(xml, name, package.figures))
        yield from package.pieces()
    losses.say()


def _assessment(
    xml: ModuleType, paper: Paper, package: Package, losses: Losses
) -> tuple[bytearray, Number]:
    """Return all questions, those of a pool in a group, and what they are worth."""
    name = paper_identifier(paper)
    writer = ItemWriter(xml, package, losses, name)
    before, after = _frame(xml, paper, name)
    # One growing array: thousands of items are not held a second time to join them.
    whole = bytearray(b'<?xml version="1.0" encoding="UTF-8"?>\n' + before)
    points: Number = 0
    for pool, questions in groupby(paper.questions, key=lambda q: q.pool):
        end = b""
        count = 0
        for question in questions:
            if question.title != question.pool:
                if not count:
                    start, end = _group(xml, paper, pool, question.points)
                    whole += start
                    points += question.points
                count += 1
            else:
                points += question.points
            whole += writer.item(question)
        whole += end
        if count > MOST_IN_A_GROUP:
            losses.add(
                f"Canvas imports groups of more than {MOST_IN_A_GROUP} variants slowly",
                pool,
            )
    whole += after
    return whole, points


def _group(
    xml: ModuleType, paper: Paper, pool: str, points: Number
) -> tuple[bytes, bytes]:
    """Return the start and the end of a group of which one question is picked."""
    ident = f"group-{digest(paper_identifier(paper), pool)}"
    section = xml.Element("section", ident=ident, title=legal(pool))
    selection = add(add(section, "selection_ordering"), "selection")
    add(selection, "selection_number", "1")
    extension = add(selection, "selection_extension")
    add(extension, "points_per_item", number(points))
    return _around(xml, section, section)


def _around(xml: ModuleType, root: Any, inside: Any) -> tuple[bytes, bytes]:
    """Return what stands before and after the content of an element."""
    inside.append(xml.Comment("here"))
    before, _, after = xml.tostring(root, encoding="unicode").rpartition(_PLACE)
    return before.encode() + b"\n", after.encode() + b"\n"


def _frame(xml: ModuleType, paper: Paper, name: str) -> tuple[bytes, bytes]:
    """Return what stands before and after the questions."""
    root = xml.Element("questestinterop", nsmap={None: _QTI})
    assessment = add(root, "assessment", ident=name, title=legal(paper.title))
    field = add(add(assessment, "qtimetadata"), "qtimetadatafield")
    add(field, "fieldlabel", "cc_maxattempts")
    add(field, "fieldentry", "1")
    section = add(assessment, "section", ident="root_section")
    return _around(xml, root, section)


def _settings(xml: ModuleType, paper: Paper, name: str, points: Number) -> bytes:
    root = xml.Element("quiz", nsmap={None: _CANVAS})
    root.set("identifier", name)
    for word, text in {
        "title": legal(paper.title),
        "description": "",
        "shuffle_answers": "false",
        "scoring_policy": "keep_highest",
        "quiz_type": "assignment",
        "points_possible": number(points),
        "show_correct_answers": "true",
        "allowed_attempts": "1",
        "one_question_at_a_time": "false",
        "cant_go_back": "false",
        "available": "false",
    }.items():
        add(root, word, text)
    return bytes(xml.tostring(root, xml_declaration=True, encoding="UTF-8"))


def _manifest(xml: ModuleType, name: str, figures: list[str]) -> bytes:
    root = xml.Element("manifest", nsmap={None: _MANIFEST})
    root.set("identifier", f"manifest-{name}")
    about = add(root, "metadata")
    add(about, "schema", "IMS Content")
    add(about, "schemaversion", "1.1.3")
    add(root, "organizations")
    listed = add(root, "resources")
    quiz = add(listed, "resource", identifier=name, type="imsqti_xmlv1p2")
    add(quiz, "file", href=f"{name}/{name}.xml")
    add(quiz, "dependency", identifierref=f"{name}-settings")
    settings = f"{name}/assessment_meta.xml"
    about_quiz = add(
        listed,
        "resource",
        identifier=f"{name}-settings",
        type=_META_TYPE,
        href=settings,
    )
    add(about_quiz, "file", href=settings)
    for path in figures:
        figure = add(
            listed,
            "resource",
            identifier=f"figure-{digest(path)}",
            type="webcontent",
            href=path,
        )
        add(figure, "file", href=path)
    return bytes(xml.tostring(root, xml_declaration=True, encoding="UTF-8"))
