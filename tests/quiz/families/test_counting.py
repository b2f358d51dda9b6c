"""Parameters, neurons and products agree with PyTorch, 1,000 variants a family."""

from grader.quiz import audit, registry

VARIANTS = 1_000


def drawn(name):
    """Return questions of a family, as pairs of parameters and question."""
    questions = audit.sample(registry.load(name), VARIANTS)
    return [(question.parameters, question) for question in questions]


def parameters(layer):
    """Return how many numbers a module learns."""
    return sum(weight.numel() for weight in layer.parameters())


def test_dense_layers_and_convolutions_have_the_parameters_of_torch(torch):
    for p, question in drawn("dense-against-convolution"):
        options = {"bias": p["bias"], "device": "meta"}
        inputs = torch.empty(p["height"], p["width"], p["depth"], device="meta").numel()
        dense = torch.nn.Linear(inputs, p["neurons"], **options)
        conv = torch.nn.Conv2d(p["depth"], p["filters"], p["kernel"], **options)

        assert question.answer == (parameters(dense), parameters(conv))


def test_layers_of_equal_outputs_have_them(torch):
    for p, question in drawn("dense-against-convolution"):
        if "equally many outputs" in question.prompt[0]:
            shape = (p["depth"], p["filters"], p["kernel"])
            image = torch.empty(1, p["depth"], p["height"], p["width"], device="meta")
            maps = torch.nn.Conv2d(*shape, device="meta")(image)

            assert maps.numel() == p["neurons"]


def test_the_megapixel_example_has_sixty_million_weights(draft):
    made = draft("dense-against-convolution", 1000, 1000, 3, 20, 20, 5, False)
    beliefs = {belief: value for belief, value, _ in made.wrong}

    assert made.answer == (60_000_000, 1_500)
    assert beliefs["dense-input-without-colours"][0] == 20_000_000


def test_unshared_layers_have_weights_for_every_patch_of_torch(torch):
    for p, question in drawn("unshared-against-shared"):
        image = torch.empty(1, p["depth"], p["size"], p["size"], device="meta")
        patches = torch.nn.functional.unfold(image, p["kernel"], stride=p["stride"])
        _, cells, places = patches.shape
        shape = (p["depth"], p["filters"], p["kernel"])
        shared = torch.nn.Conv2d(*shape, bias=p["bias"], device="meta")
        own = torch.nn.Linear(cells, p["filters"], bias=p["bias"], device="meta")

        assert question.answer == (parameters(shared), places * parameters(own))


def test_the_unshared_layer_of_the_lectures_has_a_hundred_million_weights(draft):
    made = draft("unshared-against-shared", 227, 3, 96, 11, 4, True)

    assert made.answer == (34_944, 105_705_600)


def test_neurons_and_parameters_are_those_of_torch(torch):
    for p, question in drawn("neurons-against-parameters"):
        layer = torch.nn.Conv2d(
            p["depth"],
            p["filters"],
            p["kernel"],
            stride=p["stride"],
            padding=p["padding"],
            bias=p["bias"],
            device="meta",
        )
        image = torch.empty(1, p["depth"], p["size"], p["size"], device="meta")

        assert question.answer == (layer(image).numel(), parameters(layer))


def test_the_first_layer_of_the_lectures_has_290_400_neurons(draft):
    made = draft("neurons-against-parameters", 227, 3, 96, 11, 4, 0, True)

    assert made.answer == (290_400, 34_944)


def test_multiply_adds_are_half_the_operations_that_torch_counts(torch):
    from torch.utils.flop_counter import FlopCounterMode  # noqa: PLC0415

    for p, question in drawn("layer-multiply-adds"):
        image = torch.empty(1, p["depth"], p["size"], p["size"], device="meta")
        shape = (p["filters"], p["depth"], p["kernel"], p["kernel"])
        filters = torch.empty(shape, device="meta")
        options = {"stride": p["stride"], "padding": p["padding"]}
        with FlopCounterMode(display=False) as counter:
            torch.nn.functional.conv2d(image, filters, **options)

        assert 2 * question.answer == counter.get_total_flops()


def test_products_without_the_zeros_are_what_ones_sum_up_to(torch):
    for p, question in drawn("layer-multiply-adds"):
        beliefs = {each.misconception: each.answer for each in question.wrong}
        if "multiplications-zeros-not-counted" in beliefs:
            image = torch.ones(1, 1, p["size"], p["size"], dtype=torch.float64)
            ones = torch.ones(1, 1, p["kernel"], p["kernel"], dtype=torch.float64)
            map_ = torch.nn.functional.conv2d(image, ones, padding=p["padding"])
            real = int(map_.sum()) * p["depth"] * p["filters"]

            assert beliefs["multiplications-zeros-not-counted"] == real
