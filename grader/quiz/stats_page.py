"""The statistics of a class as one self-contained page with charts."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from grader.quiz.pages import asset, page
from grader.quiz.question import show
from grader.quiz.stats import RIGHT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from grader.quiz.stats import Belief, ClassStats, QuestionStats

BINS = 10
WIDE = 640


def stats_page(stats: ClassStats, title: str) -> str:
    """Return the page."""
    mean = sum(stats.scores) / stats.students
    parts = [
        f"<header><h1>{escape(title)}</h1><p>{stats.students} students, mean "
        f"{show(round(mean, 2))} of {show(stats.most)} points.</p></header>\n<main>",
        f"<h2>Points</h2>\n{histogram(stats.scores, stats.most)}",
        "<h2>What the class believes</h2>",
        _beliefs(stats.beliefs, stats.students),
        "<h2>Questions</h2>",
        '<p class="soft">Difficulty is the mean share of the points: 1 is easy. '
        "Discrimination is the point-biserial correlation with the points of all "
        "other questions: near 0 or below, look at the question.</p>",
        _table(stats.questions),
        *map(_answers, stats.questions),
        "</main>",
    ]
    return page(title, "\n".join(parts), asset("stats.css"))


def histogram(scores: Sequence[float], most: float) -> str:
    """Return how many students earned which share of the points, as SVG."""
    counts = [0] * BINS
    for score in scores:
        counts[min(BINS - 1, int(score / most * BINS)) if most else 0] += 1
    top, width = max(counts), WIDE / BINS
    parts = []
    for index, count in enumerate(counts):
        tall = 120 * count / top
        x = index * width
        parts.append(
            f'<rect class="bar" x="{x + 3:g}" y="{140 - tall:g}" width="{width - 6:g}" '
            f'height="{tall:g}"/>'
        )
        if count:
            parts.append(_text(x + width / 2, 134 - tall, str(count)))
        parts.append(
            _text(x + width / 2, 158, f"{index * 10}–{index * 10 + 10} %", size=11)
        )
    said = ", ".join(f"{i * 10} to {i * 10 + 10} %: {n}" for i, n in enumerate(counts))
    return _chart("".join(parts), 164, f"Students by share of the points. {said}")


def bars(rows: Sequence[tuple[str, int]], total: int, label: str) -> str:
    """Return horizontal bars with their names and counts, as SVG."""
    parts = []
    for index, (name, count) in enumerate(rows):
        y = index * 34
        tone = "good" if name == RIGHT else "bad"
        long = WIDE * count / total if total else 0
        parts.append(
            f'<text x="0" y="{y + 13}" fill="currentColor">{escape(name)}: {count}'
            f'</text><rect class="track" y="{y + 18}" width="{WIDE}" height="10"/>'
            f'<rect class="bar {tone}" y="{y + 18}" width="{long:g}" height="10"/>'
        )
    said = ", ".join(f"{name}: {count}" for name, count in rows)
    return _chart("".join(parts), 34 * len(rows), f"{label}. {said}")


def _chart(body: str, tall: float, label: str) -> str:
    return (
        f'<svg role="img" aria-label="{escape(label, quote=True)}" '
        f'viewBox="0 0 {WIDE} {tall:g}" style="max-width:100%" font-size="14" '
        f'fill="currentColor">{body}</svg>'
    )


def _text(x: float, y: float, words: str, size: int = 13) -> str:
    return (
        f'<text x="{x:g}" y="{y:g}" font-size="{size}" text-anchor="middle">'
        f"{escape(words)}</text>"
    )


def _beliefs(beliefs: Sequence[Belief], students: int) -> str:
    if not beliefs:
        return "<p>No answer shows a misconception.</p>"
    rows = [(each.name, each.students) for each in beliefs]
    explained = "".join(
        f"<tr><td>{each.students}</td><td>{each.answers}</td>"
        f'<td class="words"><b>{escape(each.name)}</b><br>{escape(each.belief)} '
        f"{escape(each.remedy)}</td></tr>"
        for each in beliefs
    )
    return (
        f"{bars(rows, students, 'Students by misconception')}\n"
        '<div class="scroll"><table><thead><tr><th scope="col">students</th>'
        '<th scope="col">answers</th><th scope="col" class="words">misconception</th>'
        f"</tr></thead><tbody>{explained}</tbody></table></div>"
    )


def _table(questions: Sequence[QuestionStats]) -> str:
    rows = []
    for each in questions:
        value = each.discrimination
        shown = "–" if value is None else f"{value:.2f}"
        rows.append(
            f'<tr><td class="words">{escape(each.title)}</td><td>{each.answered}</td>'
            f"<td>{each.difficulty:.2f}</td><td>{shown}</td></tr>"
        )
    return (
        '<div class="scroll"><table><thead><tr><th scope="col" class="words">question'
        '</th><th scope="col">answered</th><th scope="col">difficulty</th>'
        '<th scope="col">discrimination</th></tr></thead><tbody>'
        f"{''.join(rows)}</tbody></table></div>"
    )


def _answers(each: QuestionStats) -> str:
    total = sum(count for _, count in each.answers)
    chart = bars(each.answers, total, f"Answers to {each.title}")
    return f"<details open><summary>{escape(each.title)}</summary>{chart}</details>"
