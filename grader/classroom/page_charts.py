"""Charts of a class as inline SVG: drawn by matplotlib, coloured by the page.

Text stays text, so that it can be read aloud, searched and copied, and the colours
are the page's variables, so that one drawing serves light, dark and print.
"""

from __future__ import annotations

import io
import re
from importlib import import_module
from typing import TYPE_CHECKING, Any

from grader.classroom.marks import show
from grader.errors import GraderError
from grader.verdict import Verdict

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from grader.classroom.page_facts import ExerciseFacts

BINS = 10
WIDE = 7.6  # inches at 72 points: 547 pixels
_FONT = 12
_CHARACTER = 6.5  # pixels of a letter of that size: a little more than on average
_BELOW = 46  # pixels for numbers and a label
_WEEK = 7  # what came earlier or later is shown there

# Each stands for a variable of the page; none is a colour that matplotlib would draw.
_INK, _SOFT, _LINE, _ACCENT, _PAPER = (
    "#010203",
    "#010204",
    "#010205",
    "#010206",
    "#010207",
)
_TONES = {
    "passed": "#010211",
    "wrong answer": "#010212",
    "exception": "#010213",
    "crash or no end": "#010214",
    "not written": "#010215",
    "the grader failed": "#010216",
}
_VARIABLES = {
    _INK: "ink",
    _SOFT: "soft",
    _LINE: "line",
    _ACCENT: "accent",
    _PAPER: "paper",
    **{colour: name.replace(" ", "-") for name, colour in _TONES.items()},
}
GROUPS: dict[str, tuple[Verdict, ...]] = {
    "passed": (Verdict.PASS,),
    "wrong answer": (Verdict.WRONG,),
    "exception": (Verdict.ERROR,),
    "crash or no end": (Verdict.CRASH, Verdict.TIMEOUT),
    "not written": (Verdict.TODO, Verdict.SKIP),
    "the grader failed": (Verdict.INTERNAL,),
}
"""What a reader tells apart; each has a colour and a pattern of its own."""

_HATCHES = {"wrong answer": "//", "exception": "\\\\", "crash or no end": "xx"}
_HATCHES |= {"the grader failed": "++"}
_STYLE = {
    "svg.fonttype": "none",
    "svg.hashsalt": "class",  # the same class gives the same bytes
    "font.size": _FONT,
    "text.color": _INK,
    "axes.labelcolor": _INK,
    "axes.edgecolor": _LINE,
    "xtick.color": _SOFT,
    "ytick.color": _INK,
    "hatch.color": _PAPER,
    "hatch.linewidth": 1.2,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "ytick.left": False,
}


def need() -> None:
    """Complain kindly where the plotting library is missing.

    Raises
    ------
    GraderError
        With the command that installs it.
    """
    try:
        import_module("matplotlib.figure")
    except ImportError:
        raise GraderError(
            "the page of the class needs matplotlib. Run: pip install matplotlib"
        ) from None


def distribution(totals: Sequence[float], most: float) -> str:
    """Return how many students have which share of the points."""
    counts = [0] * BINS
    for total in totals:
        share = total / most if most else 0.0
        counts[min(BINS - 1, max(0, int(share * BINS + 1e-9)))] += 1
    said = ", ".join(
        f"{10 * index} to {10 * index + 10} percent: {count}"
        for index, count in enumerate(counts)
    )

    def draw(axes: Any) -> None:
        centres = [10 * index + 5 for index in range(BINS)]
        bars = axes.bar(centres, counts, width=9, color=_ACCENT, zorder=2)
        # On paper of their own, where the line of the median passes behind them.
        paper = {"facecolor": _PAPER, "edgecolor": "none", "pad": 1}
        said = [str(count) if count else "" for count in counts]
        axes.bar_label(bars, said, padding=3, bbox=paper)
        middle = sorted(totals)[len(totals) // 2] if totals else None
        if middle is not None and most:
            x = 100 * middle / most
            axes.axvline(x, color=_INK, linewidth=1.5, linestyle=(0, (4, 3)), zorder=1)
            side = "right" if x > 50 else "left"
            axes.text(
                x + (-1 if x > 50 else 1),
                max(counts) * 1.16,
                f"half of the class is below {show(round(middle, 1))}",
                ha=side,
            )
        axes.set_xticks(range(0, 101, 10), [f"{n}" for n in range(0, 101, 10)])
        axes.set_yticks([])
        axes.set_xlabel(f"percent of the {show(most)} points")
        axes.set_ylim(0, max([*counts, 1]) * 1.3)

    return _svg(draw, 3.0, "Students by share of the points", said)


def exercises(found: Sequence[ExerciseFacts], students: int) -> str:
    """Return how each exercise went: a bar of all students by outcome."""
    rows = [(each.title, _grouped(each)) for each in found]
    said = "; ".join(
        f"{title}: "
        + ", ".join(f"{count} {name}" for name, count in counts.items() if count)
        for title, counts in rows
    )

    def draw(axes: Any) -> None:
        titles = [title for title, _ in rows]
        left = [0.0] * len(rows)
        for name in GROUPS:
            wide = [float(counts[name]) for _, counts in rows]
            if not any(wide):
                continue
            bars = axes.barh(
                range(len(rows)),
                wide,
                left=left,
                height=0.7,
                color=_TONES[name],
                hatch=_HATCHES.get(name),
                edgecolor=_PAPER,
                linewidth=0.8,
                label=name,
            )
            if name == "passed":
                inside = [f"{w:g}" if w >= students / 14 else "" for w in wide]
                axes.bar_label(bars, inside, label_type="center", color=_PAPER)
            left = [a + b for a, b in zip(left, wide, strict=True)]
        axes.set_yticks(range(len(rows)), titles)
        axes.invert_yaxis()
        axes.set_xlim(0, max(students, 1))
        axes.set_xlabel("students")
        axes.xaxis.get_major_locator().set_params(integer=True)
        axes.legend(
            ncols=3, loc="lower center", bbox_to_anchor=(0.4, 1.0), frameon=False
        )

    left = 14 + _CHARACTER * max((len(title) for title, _ in rows), default=0)
    tall = 1.5 + 0.36 * len(rows)
    return _svg(draw, tall, "Outcomes by exercise", said, left=left, top=52)


def times(seconds: Sequence[float]) -> str:
    """Return how long judging took, the quickest student first."""
    ordered = sorted(seconds)
    said = f"from {ordered[0]:.2f} to {ordered[-1]:.2f} seconds"

    def draw(axes: Any) -> None:
        places = range(1, len(ordered) + 1)
        axes.fill_between(places, ordered, color=_ACCENT, alpha=0.2, linewidth=0)
        axes.plot(
            places, ordered, color=_ACCENT, marker="o" if len(ordered) < 9 else ""
        )
        axes.set_xlabel("students, the quickest first")
        axes.set_ylabel("CPU seconds")
        axes.set_ylim(bottom=0)
        axes.xaxis.get_major_locator().set_params(integer=True)

    title = "CPU seconds of judging, by student"
    return _svg(draw, 2.4, title, said, left=58)


def arrivals(moments: Sequence[datetime], due: datetime) -> str:
    """Return when hand-ins came, in days before or after they were due."""
    days = [(moment.timestamp() - due.timestamp()) / 86400 for moment in moments]
    late = sum(day > 0 for day in days)
    said = f"{len(days) - late} in time, {late} after it was due"

    def draw(axes: Any) -> None:
        shown = [min(max(day, -_WEEK), _WEEK) for day in days]
        bounds = (min([*shown, -1.0]), max([*shown, 0.25]))
        axes.hist(shown, bins=28, range=bounds, color=_ACCENT, rwidth=0.85)
        axes.axvline(0, color=_INK, linewidth=1.5, linestyle=(0, (4, 3)))
        axes.set_yticks([])
        axes.set_xlabel(f"days before and after it was due ({said})")

    return _svg(draw, 2.0, "When hand-ins came", said)


def _grouped(each: ExerciseFacts) -> dict[str, int]:
    counts = dict(each.counts)
    return {
        name: sum(counts.get(verdict, 0) for verdict in verdicts)
        for name, verdicts in GROUPS.items()
    }


def _svg(
    draw: Any,
    tall: float,
    title: str,
    said: str,
    *,
    left: float = 8,
    top: float = 8,
) -> str:
    """Draw, and return an SVG that a screen reader reads as one picture with words.

    `left` and `top` are pixels beside the axes. For matplotlib to find them out, it
    would have to draw everything twice.
    """
    need()
    matplotlib = import_module("matplotlib")
    figures = import_module("matplotlib.figure")
    stream = io.StringIO()
    with matplotlib.rc_context(_STYLE):
        figure = figures.Figure(figsize=(WIDE, tall), dpi=72)
        wide, high = figure.bbox.size
        figure.subplots_adjust(
            left=min(left / wide, 0.7),
            right=1 - 12 / wide,
            bottom=_BELOW / high,
            top=1 - top / high,
        )
        draw(figure.subplots())
        nothing = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        figure.savefig(stream, format="svg", transparent=True, metadata=nothing)
    drawn = stream.getvalue()
    body = drawn[drawn.index("<svg") :]
    for unneeded in (r"<metadata>.*?</metadata>", r"<style.*?</style>", r"<!--.*?-->"):
        body = re.sub(unneeded, "", body, flags=re.DOTALL)
    body = re.sub(r"\s*\n\s*", " ", body)
    for colour, name in _VARIABLES.items():
        body = body.replace(colour, f"var(--{name})")
    return _named(_unique(body, title), title, said)


def _unique(body: str, title: str) -> str:
    """Keep the ids of several drawings on one page apart, and drop those not used."""
    used = set(re.findall(r'(?:url\(#|href="#)([^)"]+)', body))
    mark = re.sub(r"\W+", "-", title.casefold())
    body = re.sub(
        r' id="([^"]+)"',
        lambda found: f' id="{mark}-{found[1]}"' if found[1] in used else "",
        body,
    )
    return re.sub(r'(url\(#|href="#)', rf"\1{mark}-", body)


def _named(body: str, title: str, said: str) -> str:
    head, rest = body.split(">", 1)
    head = " ".join(_attributes(head))
    return (
        f'{head} role="img" aria-label="{_escaped(title)}. {_escaped(said)}">'
        f"{rest.strip()}"
    )


def _attributes(head: str) -> Iterator[str]:
    yield "<svg"
    for name, value in re.findall(r'(\S+)="([^"]*)"', head):
        if name in {"width", "height", "viewBox"}:
            yield f'{name}="{value.removesuffix("pt")}"'


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace('"', "&quot;")
