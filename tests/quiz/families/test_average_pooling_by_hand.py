"""Average pooling by hand agrees with PyTorch."""

import pytest

from grader.quiz import audit, registry

torch = pytest.importorskip("torch", reason="torch is not installed")


def test_answers_are_what_torch_pools():
    for question in audit.sample(registry.load("average-pooling-by-hand"), 1_000):
        image = torch.tensor(question.prompt[1].cells, dtype=torch.float64)
        pooled = torch.nn.functional.avg_pool2d(
            image[None, None], 2, question.parameters["stride"]
        )

        assert question.answer == tuple(pooled.flatten().tolist())
