"""Practice in a terminal: a session that remembers where it stopped.

The session is a value: what was asked and what it scored. `ask` and `mark` know
nothing of the terminal, so a pipe and a test can practise too.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, replace
from itertools import islice
from typing import TYPE_CHECKING

from grader.errors import QuizError
from grader.quiz import registry, save
from grader.quiz.draw import Draw
from grader.quiz.finish import question
from grader.quiz.key import KeyQuestion
from grader.quiz.response import Mark, score
from grader.quiz.variants import cases, variants

if TYPE_CHECKING:
    from pathlib import Path

    from grader.quiz.question import Question

FORMAT_VERSION = 1


@dataclass(frozen=True, slots=True)
class Session:
    """A student's practice so far.

    Parameters
    ----------
    seed : int
        What the numbers are drawn from.
    asked : dict of str to int
        How many questions of each family and level were asked.
    scores : dict of str to (float, int)
        For each concept, the points and how many questions earned them.
    streaks : dict of str to int
        How many right answers in a row each family saw last.
    """

    seed: int
    asked: dict[str, int] = field(default_factory=dict)
    scores: dict[str, tuple[float, int]] = field(default_factory=dict)
    streaks: dict[str, int] = field(default_factory=dict)


def ask(
    session: Session, names: tuple[str, ...], level: int | None = None
) -> tuple[Session, Question]:
    """Return the next question, and the session that has asked it.

    The family is drawn; without a level it rises by one for two right answers in a
    row and falls back to 1 after a wrong one.
    """
    turn = sum(session.asked.values())
    name = Draw("practice", session.seed, "family", turn).choice(names)
    family = registry.load(name)
    rising = 1 + session.streaks.get(name, 0) // 2
    reached = min(level or rising, len(family.levels))
    place = f"{name}/{reached}"
    count = session.asked.get(place, 0)
    # When a small family is used up it starts again from another seed.
    size = len(cases(family, reached)) if not family.draws else count + 1
    key = ("practice", session.seed, name, count // size)
    drawn = variants(family, *key, level=reached)
    made = next(islice(drawn, count % size, None), None)
    if made is None:
        made = next(variants(family, *key, "again", count, level=reached))
    asked = question(made, family.title, Draw(*key, "order", count))
    return replace(session, asked={**session.asked, place: count + 1}), asked


def mark(session: Session, asked: Question, written: str) -> tuple[Session, Mark]:
    """Score an answer, and return the session that remembers it."""
    got = score(key_of(asked), written)
    points, count = session.scores.get(asked.concept, (0.0, 0))
    streak = session.streaks.get(asked.family, 0) + 1 if got.share == 1 else 0
    return (
        replace(
            session,
            scores={**session.scores, asked.concept: (points + got.share, count + 1)},
            streaks={**session.streaks, asked.family: streak},
        ),
        got,
    )


def key_of(asked: Question) -> KeyQuestion:
    """Return what scoring needs of a question."""
    return KeyQuestion(
        title=asked.title,
        pool=asked.pool,
        type=asked.type,
        answer=asked.answer,
        tolerance=asked.tolerance,
        choices=asked.choices,
        wrong=asked.wrong,
        points=asked.points,
        concept=asked.concept,
    )


def feedback(asked: Question, got: Mark) -> list[str]:
    """Return what to say to a wrong answer: each misconception it shows."""
    shown = set(got.misconceptions)
    said = [w.feedback for w in asked.wrong if w.misconception in shown]
    said += [
        choice.feedback
        for choice in asked.choices
        if choice.text in got.chosen and not choice.correct
    ]
    if asked.type in ("cloze", "multiple"):
        said.append(f"{got.share:.0%} of the answer is right.")
    return said


def load(path: Path, seed: int) -> Session:
    """Return the session kept in a file, or a new one.

    Raises
    ------
    QuizError
        When the file is there and holds no session.
    """
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        known = kept.pop("format_version") == FORMAT_VERSION
        scores = {name: (p, n) for name, (p, n) in kept.pop("scores").items()}
        session = Session(scores=scores, **kept)
    except FileNotFoundError:
        return Session(seed)
    except OSError as error:
        raise QuizError(f"cannot read {path}: {error.strerror}.") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        known = False
    if not known:
        raise QuizError(
            f"{path} holds no practice session. Delete it, or name another --state."
        )
    return session


def keep(session: Session, path: Path) -> None:
    """Write the session to a file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    whole = {"format_version": FORMAT_VERSION, **asdict(session)}
    save.save(path, [json.dumps(whole, indent=1).encode()])


def summary(session: Session) -> str:
    """Return the score by concept."""
    if not session.scores:
        return "No answers yet."
    lines = [
        f"{points:>7.1f} of {count:<4} {concept}"
        for concept, (points, count) in sorted(session.scores.items())
    ]
    return "\n".join(["Your score:", *lines])
