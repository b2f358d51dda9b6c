"""The list of all families, for people and for programs."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from grader.quiz import registry
from grader.quiz.variants import space


@dataclass(frozen=True, slots=True)
class FamilyRow:
    """What the list says of a family; `exact` tells whether `size` is."""

    name: str
    title: str
    type: str
    concept: str
    levels: tuple[str, ...]
    size: int
    exact: bool


def families() -> tuple[FamilyRow, ...]:
    """Return every family in alphabetical order, its variants counted."""
    rows = []
    for name in registry.names():
        family = registry.load(name)
        size = space(family)
        rows.append(
            FamilyRow(
                name=name,
                title=family.title,
                type=family.type,
                concept=family.concept,
                levels=family.levels,
                size=size.count,
                exact=size.exact,
            )
        )
    return tuple(rows)


def as_json(rows: tuple[FamilyRow, ...]) -> str:
    """Return the list as JSON."""
    families = [asdict(row) for row in rows]
    return json.dumps({"format_version": 1, "families": families}, ensure_ascii=False)


def as_text(rows: tuple[FamilyRow, ...]) -> str:
    """Return the list as a table."""
    cells = [
        [row.name, row.type, str(len(row.levels)), number(row), row.title]
        for row in rows
    ]
    header = ["family", "type", "levels", "variants", "title"]
    widths = [max(len(line[i]) for line in (header, *cells)) for i in range(5)]
    lines = []
    for name, kind, levels, variants, title in (header, *cells):
        counts = f"{levels:>{widths[2]}}  {variants:>{widths[3]}}"
        lines.append(f"{name:<{widths[0]}}  {kind:<{widths[1]}}  {counts}  {title}")
    return "\n".join(lines)


def number(row: FamilyRow) -> str:
    """Return the size of the space, short: exact, or as a power of ten."""
    if row.exact or row.size < 1_000_000:
        return f"{row.size:,}"
    return f"≈ 10^{len(str(row.size)) - 1}"
