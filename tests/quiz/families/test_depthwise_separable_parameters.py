"""Weights of depthwise separable convolutions agree with PyTorch."""

import pytest

from grader.quiz import audit, registry

torch = pytest.importorskip("torch", reason="torch is not installed")


def conv(channels, filters, kernel, groups=1):
    layer = torch.nn.Conv2d(
        channels, filters, kernel, groups=groups, bias=False, device="meta"
    )
    return layer.weight.numel()


def test_answers_are_the_weights_that_torch_makes():
    family = registry.load("depthwise-separable-parameters")

    for question in audit.sample(family, 1_000):
        p = question.parameters
        c, k = p["channels"], p["filters"]
        total = conv(c, c, p["kernel"], groups=c) + conv(c, k, 1)
        full = conv(c, k, p["kernel"])

        assert question.answer == (full - total if p["saving"] else total)
