"""What is computed by hand agrees with PyTorch and scipy."""

import numpy as np
import pytest

from grader.quiz import audit, registry

signal = pytest.importorskip("scipy.signal", reason="scipy is not installed")


@pytest.fixture
def given(torch):
    """Return the image, the filter and the bias that a question shows."""

    def tensors(question):
        image, weights = (
            torch.tensor([item.cells for item in block.items], dtype=torch.float64)
            for block in question.prompt[1:3]
        )
        words = question.prompt[0]
        bias = words.partition("The bias of the filter is ")[2].partition(".")[0]
        return image[None], weights[None], torch.tensor([float(bias or 0)]).double()

    return tensors


def test_cells_over_several_channels_are_what_torch_computes(torch, given):
    for question in audit.sample(registry.load("several-channels-by-hand"), 1_000):
        image, weights, bias = given(question)
        result = torch.nn.functional.conv2d(image, weights, bias)

        assert question.answer == result.item()


def test_slips_with_channels_are_what_torch_computes_from_other_weights(torch, given):
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


def written(cells):
    return " / ".join(" ".join(map(str, line)) for line in cells.tolist())


def test_maps_to_choose_from_are_those_of_scipy():
    seen = set()
    for question in audit.sample(registry.load("convolution-or-correlation"), 1_000):
        image, kernel = (np.array(item.cells) for item in question.prompt[1].items)
        convolved = signal.convolve2d(image, kernel, mode="valid")
        correlated = signal.correlate2d(image, kernel, mode="valid")
        flip = "true convolution" in question.prompt[0]
        right, other = (convolved, correlated) if flip else (correlated, convolved)
        vertical = signal.correlate2d(image, kernel[::-1], mode="valid")
        horizontal = signal.correlate2d(image, kernel[:, ::-1], mode="valid")
        slips = {
            "kernel-flipped": other,
            "kernel-not-flipped": other,
            "kernel-transposed": signal.correlate2d(image, kernel.T, mode="valid"),
            "kernel-flipped-vertically-only": vertical,
            "kernel-flipped-horizontally-only": horizontal,
            "kernel-turned-by-90-degrees": signal.correlate2d(
                image, np.rot90(kernel, -1), mode="valid"
            ),
        }

        assert question.answer == written(right)
        for choice in question.choices:
            if not choice.correct:
                seen.add(choice.misconception)
                assert choice.text == written(slips[choice.misconception])
    assert seen == set(slips)


def test_new_maps_are_what_a_fitting_kernel_makes_of_the_shifted_image():
    """No kernel is shown: find one that gives the map, and use it again."""
    for question in audit.sample(registry.load("shifted-map-by-hand"), 3_000):
        p = question.parameters
        image, shown = (np.array(block.cells) for block in question.prompt[1:3])
        step = p["stride"]
        moved = np.roll(image, (p["down"], p["right"]), axis=(0, 1))

        def windows(cells, p=p, step=step):
            views = np.lib.stride_tricks.sliding_window_view(
                cells, (p["tall"], p["wide"])
            )[::step, ::step]
            return views.reshape(-1, p["tall"] * p["wide"])

        kernel = np.linalg.lstsq(windows(image), shown.ravel(), rcond=None)[0]

        assert np.allclose(windows(image) @ kernel, shown.ravel())
        assert np.allclose(windows(moved) @ kernel, question.answer)
        for place, by, size in zip(
            np.nonzero(image), (p["down"], p["right"]), image.shape, strict=True
        ):  # nothing left the image and came back on the other side
            assert 0 <= (place + by).min() <= (place + by).max() < size
