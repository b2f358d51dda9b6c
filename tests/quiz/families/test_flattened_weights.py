"""Weights of flattened filters agree with PyTorch."""

import pytest

from grader.quiz import audit, registry

torch = pytest.importorskip("torch", reason="torch is not installed")


def test_answers_are_the_weights_of_three_layers():
    for question in audit.sample(registry.load("flattened-weights"), 1_000):
        p = question.parameters
        triple = torch.nn.Sequential(
            torch.nn.Conv2d(p["channels"], 1, 1, bias=False, device="meta"),
            torch.nn.Conv2d(1, 1, (p["height"], 1), bias=False, device="meta"),
            torch.nn.Conv2d(1, 1, (1, p["width"]), bias=False, device="meta"),
        )
        each = sum(weight.numel() for weight in triple.parameters())

        assert question.answer == p["filters"] * each
