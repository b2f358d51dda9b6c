"""Variants of convolution by hand agree with PyTorch."""

import pytest

from grader.quiz import audit, registry

VARIANTS = 1_000


@pytest.fixture
def dilated(torch):
    """Return what PyTorch computes from a question on dilation."""

    def outputs(question, turn=False, **options):
        shown = [item.cells for item in question.prompt[1].items]
        image, kernel = (
            torch.tensor(cells, dtype=torch.float64)[None, None] for cells in shown
        )
        kernel = kernel.flip(2, 3) if turn else kernel
        return torch.nn.functional.conv2d(image, kernel, **options)[0, 0]

    return outputs


def test_dilated_convolutions_are_those_of_torch(dilated):
    for question in audit.sample(
        registry.load("dilated-convolution-by-hand"), VARIANTS
    ):
        result = dilated(question, dilation=question.parameters["dilation"])

        assert question.answer == tuple(result.flatten().tolist())


def test_slips_of_dilation_are_what_torch_makes_of_them(dilated):
    seen = set()
    for question in audit.sample(registry.load("dilated-convolution-by-hand"), 500):
        p = question.parameters
        rows, columns, dilation = p["rows"], p["columns"], p["dilation"]
        slips = {
            "dilation-ignored": dilated(question),
            "dilation-taken-as-stride": dilated(question, stride=dilation),
            "kernel-flipped": dilated(question, turn=True, dilation=dilation),
            "dilation-rows-only": dilated(question, dilation=(dilation, 1)),
            "dilation-columns-only": dilated(question, dilation=(1, dilation)),
        }
        for wrong in question.wrong:
            if wrong.misconception in slips:
                seen.add(wrong.misconception)
                corner = slips[wrong.misconception][:rows, :columns]
                assert wrong.answer == tuple(corner.flatten().tolist())
    assert len(seen) == 5


def test_spread_images_and_repeated_weights_are_slips(torch, dilated):
    seen = set()
    for question in audit.sample(registry.load("dilated-convolution-by-hand"), 300):
        if question.parameters["tall"] > 1:
            continue
        step, count = question.parameters["dilation"], question.parameters["columns"]
        image, kernel = (item.cells[0] for item in question.prompt[1].items)
        spread = [n for cell in image for n in (cell, *[0] * (step - 1))]
        repeated = [n for weight in kernel for n in [weight] * step][: 1 - step]
        slips = {
            "dilation-spreads-image": (spread, kernel),
            "dilation-repeats-weights": (image, repeated),
        }
        for wrong in question.wrong:
            if wrong.misconception in slips:
                seen.add(wrong.misconception)
                cells, weights = slips[wrong.misconception]
                assert wrong.answer == tuple(
                    sum(a * b for a, b in zip(cells[i:], weights, strict=False))
                    for i in range(count)
                )
    assert len(seen) == 2
