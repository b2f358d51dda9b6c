"""Statements and depths of the concept families hold for real layers of PyTorch."""

import pytest

from grader.quiz import audit, registry


def statements(name, count=1_000):
    """Yield the parameters, text and truth of every statement that is offered."""
    for question in audit.sample(registry.load(name), count):
        for choice in question.choices:
            yield question.parameters, choice.text, choice.correct


def number(text, word):
    """Return the number that stands just before or after `word`."""
    before, _, after = text.partition(word)
    near = (*before.split()[-1:], *after.split()[:1])
    return next(int(n.replace(",", "")) for n in near if n.replace(",", "").isdigit())


@pytest.fixture
def moved(torch):
    """Tell how a layer's answer to an object changes when the object moves."""

    def maps(layer, size, depth, step):
        generator = torch.Generator().manual_seed(0)
        thing = torch.rand(depth, 4, 4, generator=generator, dtype=torch.float64)
        images = torch.zeros(2, depth, size, size, dtype=torch.float64)
        images[0, :, 8:12, 8:12] = thing
        images[1, :, 8 + step : 12 + step, 8:12] = thing
        return layer.double()(images)

    return maps


def pooled_depth_and_rows(torch, p):
    image = torch.rand(1, p["depth"], p["size"], p["size"])
    layer = torch.nn.MaxPool2d if p["kind"] == "max" else torch.nn.AvgPool2d
    pooled = layer(p["window"])(image)
    return pooled.shape[1], pooled.shape[2], image.numel() // pooled.numel()


def test_numbers_in_true_statements_on_pooling_are_those_of_torch(torch):
    for p, text, correct in statements("what-pooling-does", 300):
        depth, rows, ratio = pooled_depth_and_rows(torch, p)
        if text.startswith("Later layers"):
            assert correct
            assert number(text, " in ") == ratio or f"in {ratio} is" in text
        elif text.startswith("The output has"):
            assert correct
            assert text == (
                f"The output has {rows} × {rows} numbers for each of its {depth} "
                "channels"
            )


@pytest.mark.parametrize("name", ["MaxPool2d", "AvgPool2d"])
@pytest.mark.parametrize("window", [2, 3, 4])
def test_pooling_is_what_the_statements_say(torch, moved, name, window):
    layer = getattr(torch.nn, name)(window)
    image = torch.rand(1, 3, 12, 12, dtype=torch.float64, requires_grad=True)
    layer(image).sum().backward()
    shuffled = image.detach().clone()
    shuffled[..., :window, :window] = shuffled[..., :window, :window].flip(2, 3)
    far = moved(layer, 32, 2, 12)

    assert not list(layer.parameters())
    assert torch.allclose(layer(shuffled), layer(image))
    assert not torch.equal(far[0], far[1])
    assert image.grad.abs().sum() > 0


def test_true_and_false_statements_on_pooling_are_told_apart():
    true = (
        "Later layers", "It has no parameters", "change places", "for each of its",
        "does not tell",
    )  # fmt: skip
    for _, text, correct in statements("what-pooling-does"):
        assert correct == any(words in text for words in true)


def test_numbers_in_statements_on_convolutions_are_those_of_torch(torch):
    for p, text, correct in statements("why-convolutions"):
        size, depth = p["size"], p["depth"]
        conv = torch.nn.Conv2d(
            depth, p["filters"], p["kernel"], bias=False, device="meta"
        )
        inputs = size * size * depth
        dense = torch.nn.Linear(inputs, p["neurons"], bias=False, device="meta")
        if text.startswith("An output of the convolution reads"):
            assert correct
            assert number(text, " numbers, a dense") == conv.weight[0].numel()
            assert number(text, " neuron reads ") == dense.weight[0].numel()
        elif text.startswith("The convolution has"):
            assert correct
            assert number(text, " weights, the dense") == conv.weight.numel()
            assert number(text, " dense layer ") == dense.weight.numel()


def test_an_object_that_moves_takes_its_responses_along(torch, moved):
    for kernel in (3, 5):
        maps = moved(torch.nn.Conv2d(3, 8, kernel, bias=False), 32, 3, kernel)

        assert torch.allclose(maps[0, :, :-kernel], maps[1, :, kernel:])
        assert not torch.allclose(maps[0], maps[1])


def test_a_turned_image_does_not_just_turn_the_maps(torch):
    image = torch.rand(1, 3, 12, 12)
    conv = torch.nn.Conv2d(3, 2, 3)

    assert not torch.allclose(
        conv(image.rot90(1, (2, 3))), conv(image).rot90(1, (2, 3))
    )


def test_a_dense_layer_does_not_mind_a_fixed_rearrangement(torch):
    images = torch.rand(5, 48, dtype=torch.float64)
    dense = torch.nn.Linear(48, 4).double()
    order = torch.randperm(48)
    other = torch.nn.Linear(48, 4).double()
    other.weight.data, other.bias.data = dense.weight[:, order], dense.bias

    assert torch.allclose(other(images[:, order]), dense(images))


def test_opposite_corners_meet_in_later_layers_only(torch):
    image = torch.zeros(1, 1, 5, 5, dtype=torch.float64, requires_grad=True)
    first = torch.nn.Conv2d(1, 1, 3).double()
    second = torch.nn.Conv2d(1, 1, 3).double()
    once = torch.autograd.grad(first(image)[0, 0, 0, 0], image)[0][0, 0]
    twice = torch.autograd.grad(second(first(image)).sum(), image)[0][0, 0]

    assert once[0, 0] != 0
    assert once[4, 4] == 0
    assert twice[0, 0] != 0
    assert twice[4, 4] != 0


def test_true_and_false_statements_on_convolutions_are_told_apart():
    true = (
        "a dense neuron reads", "the dense layer ", "and no more in the",
        "in any other place", "learned by gradient", "in the maps move by",
        "could learn as well", "but they can in later",
    )  # fmt: skip
    for _, text, correct in statements("why-convolutions"):
        assert correct == any(words in text for words in true)


def test_depths_of_filters_and_maps_are_those_of_torch(torch):
    for question in audit.sample(registry.load("filters-and-channels"), 1_000):
        depth, expected = question.parameters["depth"], []
        maps = torch.empty(1, depth, 64, 64, device="meta")
        for filters in question.parameters["filters"]:
            if filters:
                layer = torch.nn.Conv2d(maps.shape[1], filters, 3, device="meta")
                expected.append(layer.weight.shape[1])
            else:
                layer = torch.nn.MaxPool2d(2)
            maps = layer(maps)
            expected.append(maps.shape[1])

        assert question.answer == tuple(expected)
        assert all(wrong.answer != question.answer for wrong in question.wrong)
