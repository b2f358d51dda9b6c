"""The cost of split kernels, counted product by product."""

from grader.quiz import audit, registry


def products(height, width, cells):
    """Count the products of a kernel with so many rows and columns, one by one."""
    return sum(1 for _ in range(height) for _ in range(width)) * cells


def test_answers_count_every_product():
    for question in audit.sample(registry.load("separable-cost"), 1_000):
        p = question.parameters
        cells = 1 if p["ask"] == "cell" else p["size"] ** 2
        column = products(p["kernel"], 1, cells)
        row = products(1, p["kernel"], cells)
        full = products(p["kernel"], p["kernel"], cells)
        expected = full - column - row if p["ask"] == "saving" else column + row

        assert question.answer == expected
