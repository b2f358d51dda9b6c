"""Read Moodle XML: what Moodle would have in its question bank."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from grader.quiz.reading import Answer, Item
from grader.quiz.reading.page import plain, read
from grader.quiz.reading.source import number, tree

if TYPE_CHECKING:
    from collections.abc import Iterator

BLANK = re.compile(
    r"\{(?P<weight>\d{0,9}):(?P<type>[A-Z_]+):(?P<answers>.*?)(?<!\\)\}", re.DOTALL
)
_CLOSED = re.compile(r"(?<!\\)\}")
_ANSWER = re.compile(
    r"(?:(?P<right>=)|%(?P<percent>-?[\d.,]+)%)?"
    r"(?P<text>.*?)(?:(?<!\\)\#(?P<feedback>.*))?",
    re.DOTALL,
)
_FILE = re.compile(r"@@PLUGINFILE@@/([^\"'?\s<>]+)")
_BETWEEN = re.compile(r"(?<!\\)~")
_NUMERIC = ("NUMERICAL", "NM")
_TYPES = {"numerical": "numeric", "cloze": "cloze", "multianswer": "cloze"}
_SCORED = ("single", "multiple", "numeric", "cloze", "truefalse", "shortanswer")
_SILENT = ("category", "description")


def looks_like(content: bytes) -> bool:
    """Tell whether a file's root is a ``<quiz>``."""
    head = content[:4000].lstrip(b"\xef\xbb\xbf \t\r\n")
    return head.startswith(b"<") and re.search(rb"<quiz[\s>/]", head) is not None


def items(content: bytes) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    """Return the questions of a file and notes on what could not be read."""
    found: list[Item] = []
    notes: list[str] = []
    pool = ""
    for element in tree(content).iter("question"):
        kind = element.get("type", "")
        if kind == "category":
            pool = _last_name(_text(element, "category"))
        elif kind not in _SILENT:
            found.append(_item(element, kind, pool))
            notes += [
                f"line {element.sourceline}: {what}"
                for what in _troubles(element, kind, found[-1])
            ]
    return tuple(found), tuple(notes)


def _troubles(element: Any, kind: str, item: Item) -> Iterator[str]:
    """Yield what Moodle would stumble over."""
    if not item.answers and item.type in _SCORED:
        yield f"a {kind or 'question'} without answers"
    if kind == "ordering" and len(element.findall("hint")) < 2:
        yield "an ordering without two hints: Moodle loses what comes after it"
    held = {file.get("name") for file in element.iter("file")}
    for text in element.iter("text"):
        for name in _FILE.findall(text.text or ""):
            if unquote(unescape(name)) not in held:
                yield f"the picture {name} is not in the file"


def _last_name(path: str) -> str:
    return re.split(r"(?<!/)/(?!/)", path)[-1].replace("//", "/").strip()


def _item(element: Any, kind: str, pool: str) -> Item:
    page = _text(element, "questiontext")
    if _type(element, kind) == "cloze":
        # After the last brace no blank can end: nothing there is worth a search.
        end = max((found.end() for found in _CLOSED.finditer(page)), default=0)
        blanks, rest = page[:end], page[end:]
        answers, points = tuple(_cloze(blanks)), _weights(blanks)
        page = BLANK.sub("____", blanks) + rest
    else:
        answers = tuple(_all(element))
        points = number(_leaf(element, "defaultgrade"), 1.0)
    prompt, shown = read(page)
    said, worked = read(_text(element, "generalfeedback"))
    return Item(
        title=_text(element, "name").strip(),
        type=_type(element, kind),
        answers=answers,
        feedback=said,
        figures=shown + worked,
        points=points,
        pool=pool,
        prompt=prompt,
        unscored=_type(element, kind) in _SCORED
        and max((answer.fraction for answer in answers), default=0) <= 0,
    )


def _type(element: Any, kind: str) -> str:
    if kind == "multichoice":
        # Moodle's own default: one answer.
        one = _leaf(element, "single").strip().lower() not in ("false", "0")
        return "single" if one else "multiple"
    return _TYPES.get(kind, kind or "unnamed")


def _all(element: Any) -> Iterator[Answer]:
    html = element.get("type") in ("multichoice", "ordering")
    for answer in element.findall("answer"):
        text = "".join(answer.xpath("./text/text()"))
        yield Answer(
            text=plain(text) if html else text.strip(),
            fraction=number(answer.get("fraction", "0"), 0.0) / 100,
            feedback=plain(_text(answer, "feedback")),
            tolerance=number(_leaf(answer, "tolerance"), 0.0),
        )


def _cloze(page: str) -> Iterator[Answer]:
    for place, blank in enumerate(BLANK.finditer(page), 1):
        for written in _BETWEEN.split(blank["answers"]):
            found = _ANSWER.fullmatch(written)
            assert found is not None  # every part may be empty
            text, tolerance = found["text"], 0.0
            if blank["type"] in _NUMERIC:
                text, _, margin = text.partition(":")
                tolerance = number(margin, 0.0)
            share = 100.0 if found["right"] else number(found["percent"] or "0", 0.0)
            yield Answer(
                text=plain(unescape(text)),
                fraction=share / 100,
                feedback=plain(unescape(found["feedback"] or "").replace(r"\}", "}")),
                tolerance=tolerance,
                blank=place,
            )


def _weights(page: str) -> float:
    return float(sum(int(found["weight"] or 1) for found in BLANK.finditer(page)))


def _leaf(element: Any, name: str) -> str:
    return str(element.findtext(name) or "")


def _text(element: Any, name: str) -> str:
    return str(element.findtext(f"{name}/text") or "")
