"""Read GIFT, as Moodle reads it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from grader.quiz.reading import Answer, Item, MalformedError
from grader.quiz.reading.page import read
from grader.quiz.reading.source import decoded, number

if TYPE_CHECKING:
    from collections.abc import Iterator

_SIGNS = "\\~=#{}:"
# An escaped sign becomes a control character while the others are looked for.
_HIDDEN = {sign: chr(place) for place, sign in enumerate(_SIGNS, 1)}
_SHOWN = {ord(hidden): sign for sign, hidden in _HIDDEN.items()}
_ESCAPE = re.compile(r"\\([\\~=#{}:])")
_FORMAT = re.compile(r"\s*\[(html|plain|moodle|markdown)\]")
_WEIGHT = re.compile(r"%(-?\d[\d.]*)%")
_SIGN = re.compile(
    rb"^\s*(\$CATEGORY:|::.*::)|\{\s*([=~#][^}]*|T|F|TRUE|FALSE)?\s*\}", re.MULTILINE
)
_TRUTH = ("T", "TRUE", "F", "FALSE")


def looks_like(content: bytes) -> bool:
    """Tell whether a text holds answers in braces, or a category line."""
    if content[:200].lstrip().startswith((b"<", b'{"', b"[", b"PK")):
        return False
    if b"\0" in content:
        return False
    return _SIGN.search(content) is not None


def items(content: bytes) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    """Return the questions of a file and notes on what could not be read."""
    found: list[Item] = []
    notes: list[str] = []
    pool = ""
    for line, whole in _blocks(decoded(content)):
        block = whole.strip()
        if block.startswith("$CATEGORY:"):
            path, _, block = block.partition("\n")
            names = re.split(r"(?<!/)/(?!/)", _shown(path[10:]))
            pool = names[-1].replace("//", "/").strip()
        if not block:
            continue
        item = _item(block.strip(), pool, line)
        if item.type == "description":
            notes.append(f"line {line}: a text without answers, not a question")
        else:
            found.append(item)
    return tuple(found), tuple(notes)


def _blocks(text: str) -> Iterator[tuple[int, str]]:
    """Yield the first line's number and the text of each block, without comments."""
    lines: list[str] = []
    start = 1
    for place, line in enumerate([*text.replace("\r", "").split("\n"), ""], 1):
        if line.strip().startswith("//"):
            continue
        if line.strip():
            if not lines:
                start = place
            lines.append(line)
        elif lines:
            joined = "\n".join(lines)
            lines = []
            yield start, _ESCAPE.sub(lambda found: _HIDDEN[found[1]], joined)


def _item(block: str, pool: str, line: int) -> Item:
    title = ""
    if block.startswith("::"):
        title, _, block = block[2:].partition("::")
    start, end = block.find("{"), block.find("}")
    if (start < 0) != (end < 0) or end < start:
        missing = "}" if end < 0 else "{"
        raise MalformedError(
            f"line {line}: the question lacks a {missing!r}. "
            "Escape braces in a text with a backslash."
        )
    if start < 0:
        return Item(_shown(title), "description", (), prompt=_shown(block))
    asked = block[:start] + ("_____" if block[end + 1 :].strip() else "")
    asked += block[end + 1 :]
    inside, _, general = block[start + 1 : end].partition("####")
    match = _FORMAT.match(asked)
    form = match[1] if match else "moodle"
    prompt, figures = _said(asked, form)
    feedback, worked = _said(general, form)
    kind, answers = _answers(inside.strip(), form)
    return Item(
        title=_shown(title).strip() or prompt[:80],
        type=kind,
        answers=answers,
        feedback=feedback,
        figures=figures + worked,
        pool=pool,
        prompt=prompt,
        unscored=max((a.fraction for a in answers), default=0) <= 0 and kind != "essay",
    )


def _answers(inside: str, form: str) -> tuple[str, tuple[Answer, ...]]:
    """Return the type and the answers that stand between the braces."""
    if not inside:
        return "essay", ()
    if inside.startswith("#"):
        parts = re.findall(r"(=?)([^=~]+)", inside[1:])
        return "numeric", tuple(
            _numeric(text, form) for _, text in parts if text.strip()
        )
    bare = inside.partition("#")[0].strip().upper()
    if bare in _TRUTH:
        right = bare[0] == "T"
        return "truefalse", (Answer("True", float(right)), Answer("False", 1.0 - right))
    parts = re.findall(r"([=~])([^=~]+)", inside)
    if "~" not in inside:
        typed = tuple(_choice(*_weighed(text, 1.0), form) for _, text in parts)
        return ("match" if "->" in inside else "shortanswer"), typed
    ticked = tuple(_ticked(sign, text, form) for sign, text in parts)
    return ("single" if "=" in inside else "multiple"), ticked


def _weighed(text: str, otherwise: float) -> tuple[float, str]:
    found = _WEIGHT.match(text.strip())
    if found is None:
        return otherwise, text
    return number(found[1], 0.0) / 100, text.strip()[found.end() :]


def _ticked(sign: str, text: str, form: str) -> Answer:
    # Among choices, only the wrong ones carry a weight.
    share, words = (1.0, text) if sign == "=" else _weighed(text, 0.0)
    return _choice(share, words, form)


def _choice(share: float, text: str, form: str) -> Answer:
    words, _, feedback = text.partition("#")
    return Answer(_said(words, form)[0], share, _said(feedback, form)[0])


def _numeric(text: str, form: str) -> Answer:
    share, text = _weighed(text, 1.0)
    value, _, feedback = text.partition("#")
    said = _said(feedback, form)[0]
    if ".." in value:
        low, high = (number(part, 0.0) for part in value.split("..", 1))
        return Answer(repr((low + high) / 2), share, said, (high - low) / 2)
    value, _, margin = value.partition(":")
    return Answer(value.strip(), share, said, number(margin, 0.0))


def _said(text: str, form: str) -> tuple[str, int]:
    """Return a text without its marks, and how many pictures it shows."""
    match = _FORMAT.match(text)
    if match:
        form, text = match[1], text[match.end() :]
    shown = _shown(text)
    return (shown.strip(), 0) if form == "plain" else read(shown)


def _shown(text: str) -> str:
    return text.translate(_SHOWN)
