"""Connections are the inputs that PyTorch's windows hold."""

import pytest

from grader.quiz import audit, registry

torch = pytest.importorskip("torch", reason="torch is not installed")


def connections(size, depth, kernel):
    """Return how many inputs one output reads, and how many outputs a map has."""
    numbers = torch.arange(depth * size * size, dtype=torch.float64)
    image = numbers.reshape(1, depth, size, size)
    columns = torch.nn.functional.unfold(image, kernel)[0]
    return columns[:, -1].unique().numel(), columns.shape[1]


def test_answers_are_the_inputs_in_the_windows_of_torch():
    for question in audit.sample(registry.load("local-connectivity"), 1_000):
        p = question.parameters
        one, neurons = connections(p["size"], p["depth"], p["kernel"])
        expected = one * neurons if p["map"] else one

        assert question.answer.replace(",", "") == str(expected)
