"""Max pooling by hand agrees with PyTorch."""

import numpy as np
import pytest

from grader.quiz import audit, registry

torch = pytest.importorskip("torch", reason="torch is not installed")


def test_answers_are_what_torch_pools():
    family = registry.load("max-pooling-by-hand")

    for question in audit.sample(family, 1_000):
        p = question.parameters
        image = np.array(question.prompt[1].cells, dtype=float)
        pooled = torch.nn.functional.max_pool2d(
            torch.tensor(image)[None, None], p["window"], p["stride"]
        )

        assert question.answer == tuple(pooled.flatten().tolist())
