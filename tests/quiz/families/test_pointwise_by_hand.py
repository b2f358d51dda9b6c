"""1 × 1 convolutions by hand agree with PyTorch."""

import pytest

from grader.quiz import audit, registry

torch = pytest.importorskip("torch", reason="torch is not installed")


def test_answers_are_what_torch_mixes():
    for question in audit.sample(registry.load("pointwise-by-hand"), 1_000):
        grids = [item for item in question.prompt[1].items if not isinstance(item, str)]
        pixel, weights = (torch.tensor(g.cells, dtype=torch.float64) for g in grids[:2])
        bias = None
        if question.parameters["bias"]:
            bias = torch.tensor(grids[2].cells[0], dtype=torch.float64)
        mixed = torch.nn.functional.conv2d(
            pixel[0][None, :, None, None], weights[:, :, None, None], bias
        )

        assert question.answer == tuple(mixed.flatten().tolist())
