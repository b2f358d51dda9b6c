"""Gradients by hand agree with PyTorch's autograd, slips with their own rule."""

import pytest

from grader.quiz import audit, registry

VARIANTS = 1_000


@pytest.fixture
def shown(torch):
    """Return the map and the incoming gradient of a question as images."""

    def images(question):
        return (
            torch.tensor(block.cells, dtype=torch.float64)[None, None]
            for block in question.prompt[1:3]
        )

    return images


def test_gradients_of_average_pooling_are_those_of_torch(torch, shown):
    name = "average-pooling-gradient-by-hand"
    for question in audit.sample(registry.load(name), VARIANTS):
        image, incoming = shown(question)
        image.requires_grad_()
        pooled = torch.nn.functional.avg_pool2d(image, 2, question.parameters["stride"])
        pooled.backward(incoming)

        assert question.answer == tuple(image.grad.flatten().tolist())


def test_slips_of_average_pooling_are_other_layers_gradients(torch, shown):
    """Not divided is sum pooling; to the winner is max pooling."""
    functional = torch.nn.functional
    layers = {
        "average-pool-gradient-not-divided": lambda x, s: (
            4 * functional.avg_pool2d(x, 2, s)
        ),
        "average-pool-gradient-divided-by-side": lambda x, s: (
            2 * functional.avg_pool2d(x, 2, s)
        ),
        "average-pool-gradient-to-winner": lambda x, s: functional.max_pool2d(x, 2, s),
        "average-pool-gradient-to-one-cell": lambda x, s: (
            x[..., : x.shape[2] - 1 : s, : x.shape[3] - 1 : s] / 4
        ),
    }
    seen = set()
    for question in audit.sample(
        registry.load("average-pooling-gradient-by-hand"), 200
    ):
        for wrong in question.wrong:
            if wrong.misconception in layers:
                image, incoming = shown(question)
                image.requires_grad_()
                stride = question.parameters["stride"]
                layers[wrong.misconception](image, stride).backward(incoming)
                seen.add(wrong.misconception)

                assert wrong.answer == tuple(image.grad.flatten().tolist())
    assert seen == set(layers)


def test_overlapping_shares_overwritten_in_order_are_a_slip():
    name = "average-pooling-gradient-by-hand"
    found = 0
    for question in audit.sample(registry.load(name), 200):
        stride = question.parameters["stride"]
        height, width = question.parameters["height"], question.parameters["width"]
        received = [[0.0] * width for _ in range(height)]
        for i, line in enumerate(question.prompt[2].cells):
            for j, gradient in enumerate(line):
                for u, v in ((0, 0), (0, 1), (1, 0), (1, 1)):
                    received[i * stride + u][j * stride + v] = gradient / 4
        expected = tuple(cell for line in received for cell in line)
        for wrong in question.wrong:
            if wrong.misconception == "average-pool-gradient-assigned":
                found += 1
                assert wrong.answer == expected
    assert found > 0
