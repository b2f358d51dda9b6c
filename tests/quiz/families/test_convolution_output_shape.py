"""Output shapes agree with PyTorch."""

import pytest

from grader.quiz import audit, registry

torch = pytest.importorskip("torch", reason="torch is not installed")


def test_answers_are_the_shapes_that_torch_computes():
    family = registry.load("convolution-output-shape")

    for question in audit.sample(family, 1_000):
        p = question.parameters
        layer = torch.nn.Conv2d(
            p["depth"],
            p["filters"],
            p["kernel"],
            stride=p["stride"],
            padding=p["padding"],
            device="meta",
        )
        image = torch.empty(1, p["depth"], p["height"], p["width"], device="meta")
        _, depth, height, width = layer(image).shape

        assert question.answer == f"{height} × {width} × {depth}"
