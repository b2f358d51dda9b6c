"""Parameters of grouped convolutions agree with PyTorch."""

import pytest

from grader.quiz import audit, registry

torch = pytest.importorskip("torch", reason="torch is not installed")


def test_answers_are_the_parameters_that_torch_makes():
    for question in audit.sample(registry.load("grouped-parameters"), 1_000):
        p = question.parameters
        layer = torch.nn.Conv2d(
            p["channels"],
            p["filters"],
            p["kernel"],
            groups=p["groups"],
            bias=p["bias"],
            device="meta",
        )

        assert question.answer == sum(weight.numel() for weight in layer.parameters())
