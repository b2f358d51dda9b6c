"""Parameter counts agree with PyTorch."""

import pytest

from grader.quiz import audit, registry

torch = pytest.importorskip("torch", reason="torch is not installed")


def test_answers_are_the_parameters_that_torch_makes():
    family = registry.load("conv-layer-parameters")

    for question in audit.sample(family, 1_000):
        p = question.parameters
        layer = torch.nn.Conv2d(
            p["depth"], p["filters"], p["kernel"], bias=p["bias"], device="meta"
        )

        assert question.answer == sum(weight.numel() for weight in layer.parameters())
