"""Shapes of 3D convolutions agree with PyTorch."""

import pytest

from grader.quiz import audit, registry

torch = pytest.importorskip("torch", reason="torch is not installed")


def test_answers_are_the_shapes_that_torch_computes():
    for question in audit.sample(registry.load("conv3d-output-shape"), 1_000):
        p = question.parameters
        layer = torch.nn.Conv3d(
            p["channels"],
            p["filters"],
            (p["time"], p["kernel"], p["kernel"]),
            stride=p["stride"],
            padding=p["padding"],
            device="meta",
        )
        clip = torch.empty(
            1, p["channels"], p["frames"], p["size"], p["size"], device="meta"
        )
        _, maps, *axes = layer(clip).shape

        assert question.answer == " × ".join(map(str, (*axes, maps)))
