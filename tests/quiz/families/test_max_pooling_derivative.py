"""Statements on the derivative agree with differences."""

from grader.quiz import audit, registry

STEP = 1e-3


def slopes(cells, place):
    """Return how the maximum changes when one cell is raised and when lowered."""
    changes = []
    for step in (STEP, -STEP):
        moved = [n + step * (i == place) for i, n in enumerate(cells)]
        changes.append(round((max(moved) - max(cells)) / step))
    return changes


def test_answers_agree_with_differences():
    for question in audit.sample(registry.load("max-pooling-derivative"), 1_000):
        cells = [n for line in question.prompt[1].cells for n in line]
        both = [slopes(cells, place) for place in range(4)]

        if any(up != down for up, down in both):
            assert question.answer.startswith("None exists at such a tie")
            assert f"the first cell with {max(cells)} " in question.answer
        else:
            winner = cells[[up for up, _ in both].index(1)]
            assert sum(up for up, _ in both) == 1
            assert (
                question.answer == f"1 for the cell with {winner} and 0 for the others"
            )
