"""Read the key of a quiz: the JSON that ``quiz new`` wrote, for all or for a class."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grader.errors import QuizError
from grader.quiz.question import Choice, WrongAnswer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from grader.quiz.question import Answer, Number

FORMAT_VERSION = 1
TYPES = ("single", "multiple", "numeric", "cloze")


@dataclass(frozen=True, slots=True)
class KeyQuestion:
    """What scoring needs of a question; see `grader.quiz.question.Question`."""

    title: str
    pool: str
    type: str
    answer: Answer
    tolerance: float
    choices: tuple[Choice, ...]
    wrong: tuple[WrongAnswer, ...]
    points: Number
    concept: str


@dataclass(frozen=True, slots=True)
class Key:
    """The right answers: one list for everyone, or one for each student.

    Parameters
    ----------
    quiz : str
        The quiz's name.
    seed : int
        The seed it was drawn with.
    shared : tuple of KeyQuestion
        What everyone was asked; empty for a class with papers of their own.
    papers : mapping of str to tuple of KeyQuestion
        What each student was asked.
    """

    quiz: str
    seed: int
    shared: tuple[KeyQuestion, ...]
    papers: Mapping[str, tuple[KeyQuestion, ...]]

    def of(self, student: str) -> tuple[KeyQuestion, ...]:
        """Return what a student was asked.

        Raises
        ------
        QuizError
            When the key is of a class that the student is not in.
        """
        if not self.papers:
            return self.shared
        if student not in self.papers:
            raise QuizError(
                f"the key has no paper for the student {student!r}. "
                "Are these the responses to another quiz?"
            )
        return self.papers[student]


def read(path: Path) -> Key:
    """Return the key that a file holds.

    Raises
    ------
    QuizError
        When the file cannot be read or is no key.
    """
    try:
        top = json.loads(path.read_bytes())
    except OSError as error:
        raise QuizError(f"cannot read {path}: {error.strerror}.") from None
    except (ValueError, RecursionError):
        raise QuizError(
            f"{path} is not JSON. The key is what `quiz new --format json` writes."
        ) from None
    if not isinstance(top, dict) or not {"quiz", "seed"} <= set(top):
        raise QuizError(f"{path} is not the key of a quiz.")
    if top.get("format_version") != FORMAT_VERSION:
        raise QuizError(
            f"{path} has format_version {top.get('format_version')!r}; this grader "
            f"reads {FORMAT_VERSION}."
        )
    try:
        return Key(
            quiz=str(top["quiz"]),
            seed=int(top["seed"]),
            shared=_questions(top.get("questions", [])),
            papers={
                str(paper["student"]): _questions(paper["questions"])
                for paper in top.get("papers", [])
            },
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise QuizError(f"{path} is not a sound key: {error!r}.") from None


def _questions(records: list[dict[str, Any]]) -> tuple[KeyQuestion, ...]:
    return tuple(_question(record) for record in records)


def _question(record: dict[str, Any]) -> KeyQuestion:
    if record["type"] not in TYPES:
        raise ValueError(f"unknown type {record['type']!r}")
    return KeyQuestion(
        title=record["title"],
        pool=record.get("pool", record["title"]),
        type=record["type"],
        answer=_answer(record["answer"]),
        tolerance=float(record.get("tolerance", 0)),
        choices=tuple(
            Choice(c["text"], c["correct"], c["misconception"], c["feedback"])
            for c in record["choices"]
        ),
        wrong=tuple(
            WrongAnswer(_answer(w["answer"]), w["misconception"], w["feedback"])
            for w in record["wrong"]
        ),
        points=record.get("points", 1),
        concept=record.get("concept", ""),
    )


def _answer(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
