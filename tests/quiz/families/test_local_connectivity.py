"""Connections are the inputs that PyTorch's gradients reach."""

import pytest

from grader.quiz import audit, registry

torch = pytest.importorskip("torch", reason="torch is not installed")


def connections(size, depth, kernel):
    """Return how many inputs one output reads, and how many outputs a map has."""
    image = torch.ones(1, depth, size, size, requires_grad=True)
    maps = torch.nn.functional.conv2d(image, torch.ones(1, depth, kernel, kernel))
    maps[0, 0, 0, -1].backward()
    return int((image.grad != 0).sum()), maps.numel()


def test_answers_are_the_inputs_that_gradients_reach():
    for question in audit.sample(registry.load("local-connectivity"), 1_000):
        p = question.parameters
        one, neurons = connections(p["size"], p["depth"], p["kernel"])
        expected = one * neurons if p["map"] else one

        assert question.answer.replace(",", "") == str(expected)
