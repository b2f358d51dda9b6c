"""One cell of a filter over several channels agrees with PyTorch."""

import pytest

from grader.quiz import audit, registry


@pytest.fixture
def given(torch):
    """Return the image, the filter and the bias that a question shows."""

    def tensors(question):
        image, weights = (
            torch.tensor([item.cells for item in block.items], dtype=torch.float64)
            for block in question.prompt[1:3]
        )
        words = question.prompt[0].parts[0]
        bias = words.partition("The bias of the filter is ")[2].partition(".")[0]
        return image[None], weights[None], torch.tensor([float(bias or 0)]).double()

    return tensors


def test_answers_are_what_torch_computes(torch, given):
    for question in audit.sample(registry.load("several-channels-by-hand"), 1_000):
        image, weights, bias = given(question)
        result = torch.nn.functional.conv2d(image, weights, bias)

        assert question.answer == result.item()


def test_slips_are_what_torch_computes_from_other_weights(torch, given):
    conv2d = torch.nn.functional.conv2d
    seen = set()
    for question in audit.sample(registry.load("several-channels-by-hand"), 500):
        image, weights, bias = given(question)
        channels = question.parameters["channels"]
        slips = {
            "first-channel-only": conv2d(image[:, :1], weights[:, :1], bias),
            "last-channel-wins": conv2d(image[:, -1:], weights[:, -1:], bias),
            "first-kernel-slice-for-all-channels": conv2d(
                image, weights[:, :1].expand_as(weights), bias
            ),
            "kernel-flipped": conv2d(image, weights.flip(2, 3), bias),
            "kernel-channels-reversed": conv2d(image, weights.flip(1), bias),
            "window-summed-without-kernel": conv2d(
                image, torch.ones_like(weights), bias
            ),
            "bias-forgotten": conv2d(image, weights),
            "bias-per-channel": conv2d(image, weights, channels * bias),
            "bias-per-element": conv2d(image, weights, weights.numel() * bias),
            "bias-subtracted": conv2d(image, weights, -bias),
        }
        for wrong in question.wrong:
            seen.add(wrong.misconception)
            assert wrong.answer == slips[wrong.misconception].item()
    assert seen == set(slips)
