"""Gradients of max pooling by hand agree with PyTorch, ties included."""

import pytest

from grader.quiz import audit, registry

torch = pytest.importorskip("torch", reason="torch is not installed")


def test_answers_are_the_gradients_of_torch():
    for question in audit.sample(registry.load("max-pooling-gradient-by-hand"), 1_000):
        image, incoming = (
            torch.tensor(block.cells, dtype=torch.float64)[None, None]
            for block in question.prompt[1:3]
        )
        image.requires_grad_()
        pooled = torch.nn.functional.max_pool2d(image, 2, question.parameters["stride"])
        pooled.backward(incoming)

        assert question.answer == tuple(image.grad.flatten().tolist())
