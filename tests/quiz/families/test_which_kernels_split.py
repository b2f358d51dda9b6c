"""Kernels that split have rank one."""

import numpy as np

from grader.quiz import audit, registry


def test_right_choices_have_rank_one_and_wrong_ones_more():
    for question in audit.sample(registry.load("which-kernels-split"), 1_000):
        for choice in question.choices:
            kernel = [line.split() for line in choice.text.split(" / ")]
            rank = np.linalg.matrix_rank(np.array(kernel, dtype=float))

            assert choice.correct == (rank == 1)
