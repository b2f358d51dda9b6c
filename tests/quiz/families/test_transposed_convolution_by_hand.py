"""Transposed convolutions by hand agree with PyTorch."""

import pytest

from grader.quiz import audit, registry

torch = pytest.importorskip("torch", reason="torch is not installed")


def test_answers_are_what_torch_pastes():
    for question in audit.sample(
        registry.load("transposed-convolution-by-hand"), 1_000
    ):
        inputs, kernel = (
            torch.tensor(item.cells, dtype=torch.float64)[None]
            for item in question.prompt[1].items[:2]
        )
        pasted = torch.nn.functional.conv_transpose1d(
            inputs, kernel, stride=question.parameters["stride"]
        )

        assert question.answer == tuple(pasted.flatten().tolist())
