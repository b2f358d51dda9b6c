"""Shapes agree with PyTorch: 1,000 variants a family, on tensors without data."""

import numpy as np
import pytest

from grader.quiz import audit, registry

VARIANTS = 1_000


@pytest.fixture
def drawn():
    """Draw questions of a family, as pairs of parameters and question."""

    def sample(name):
        questions = audit.sample(registry.load(name), VARIANTS)
        return [(question.parameters, question) for question in questions]

    return sample


@pytest.fixture(scope="module")
def shape(torch):
    """Return what a layer makes of height, width and depth, as an answer reads."""

    def run(layer, height, width, depth):
        image = torch.empty(1, depth, height, width, device="meta")
        _, channels, rows, columns = layer(image).shape
        return f"{rows} × {columns} × {channels}"

    return run


@pytest.fixture(scope="module")
def conv(torch):
    """Return a convolution without data."""

    def layer(depth, filters, kernel, **options):
        return torch.nn.Conv2d(depth, filters, kernel, device="meta", **options)

    return layer


def test_pooling_makes_the_shapes_of_torch(drawn, shape, torch):
    for p, question in drawn("pooling-output-shape"):
        kinds = {"max": torch.nn.MaxPool2d, "average": torch.nn.AvgPool2d}
        layer = kinds[p["kind"]](p["window"], p["stride"])

        assert question.answer == shape(layer, p["height"], p["width"], p["depth"])


def test_solved_layers_make_the_map_that_the_prompt_names(drawn, shape, conv):
    for p, question in drawn("padding-stride-or-kernel"):
        asked = {key: p[key] for key in ("kernel", "stride", "padding")}
        asked[p["unknown"]] = question.answer
        kernel = asked.pop("kernel")
        size = p["size"]
        out = shape(conv(1, 1, kernel, **asked), size, size, 1)

        assert f" {out.removesuffix(' × 1')} map." in question.prompt[0]


def test_solved_layers_have_one_solution():
    for question in audit.sample(registry.load("padding-stride-or-kernel"), VARIANTS):
        p = question.parameters
        layer = {key: p[key] for key in ("kernel", "stride", "padding")}
        out = (p["size"] + 2 * p["padding"] - p["kernel"]) // p["stride"] + 1
        fitting = []
        for number in range(p["unknown"] != "padding", 3 * p["size"]):
            one = {**layer, p["unknown"]: number}
            reached = (out - 1) * one["stride"] + one["kernel"]
            if reached == p["size"] + 2 * one["padding"]:
                fitting.append(number)

        assert fitting == [question.answer]


def test_same_padding_keeps_the_size_and_is_missing_only_where_there_is_none(
    drawn, shape, conv
):
    for p, question in drawn("same-padding"):
        size, depth = p["size"], p["depth"]
        same = f"{size} × {size} × {p['filters']}"

        def padded(number, p=p):
            options = {"padding": number, "dilation": p["dilation"]}
            return conv(p["depth"], p["filters"], p["kernel"], **options)

        if question.answer.startswith("none"):
            near = p["dilation"] * (p["kernel"] - 1) // 2
            assert shape(padded(near), size, size, depth) != same
            assert shape(padded(near + 1), size, size, depth) != same
        else:
            assert shape(padded(int(question.answer)), size, size, depth) == same


def test_transposed_convolutions_make_the_shapes_of_torch(drawn, shape, torch):
    for p, question in drawn("transposed-output-size"):
        layer = torch.nn.ConvTranspose2d(
            p["depth"],
            p["filters"],
            p["kernel"],
            stride=p["stride"],
            padding=p["padding"],
            device="meta",
        )

        assert question.answer == shape(layer, p["height"], p["width"], p["depth"])


def test_dilated_convolutions_make_the_sizes_of_torch(drawn, shape, conv):
    for p, question in drawn("dilated-output-size"):
        options = {key: p[key] for key in ("dilation", "stride", "padding")}
        layer = conv(1, 1, p["kernel"], **options)
        taps = np.arange(p["kernel"]) * p["dilation"]
        covered, out, weights = question.answer

        assert covered == taps[-1] - taps[0] + 1
        assert f"{out} × {out} × 1" == shape(layer, p["size"], p["size"], 1)
        assert weights == layer.weight.numel()


def test_pointwise_convolutions_make_the_shapes_and_parameters_of_torch(
    drawn, shape, conv
):
    for p, question in drawn("pointwise-convolution"):
        layer = conv(p["depth"], p["filters"], 1, bias=p["bias"])
        made = shape(layer, p["height"], p["width"], p["depth"])
        shown, count = question.answer.removesuffix(" parameters").rsplit(", ", 1)

        assert shown == made
        assert int(count.replace(",", "")) == sum(w.numel() for w in layer.parameters())


def test_traced_networks_have_the_shapes_and_parameters_of_torch(drawn, torch):
    for p, question in drawn("trace-a-network"):
        assert question.answer == traced(torch, p["size"], p["depth"], p["layers"])


def traced(torch, size, depth, layers):
    """Return the numbers of the table as PyTorch's modules give them."""
    nn, numbers = torch.nn, []
    x = torch.empty(1, depth, size, size, device="meta")
    for layer in layers:
        sizes = layer._asdict()
        match type(layer).__name__:
            case "Conv":
                kernel, filters = sizes.pop("kernel"), sizes.pop("filters")
                made = nn.Conv2d(x.shape[1], filters, kernel, **sizes, device="meta")
            case "Pool":
                made = nn.MaxPool2d(sizes["window"], sizes["stride"])
            case "Dense":
                x = x.flatten(1)
                made = nn.Linear(x.shape[1], sizes["neurons"], device="meta")
        x = made(x)
        numbers += [x.shape[2]] if x.ndim == 4 else []
        numbers += [x.shape[1], sum(weight.numel() for weight in made.parameters())]
    return tuple(numbers)


def known(name):
    """Return the named network among the cases of the tracing family."""
    cases = registry.load("trace-a-network").cases(3)
    return next(case for case in cases if case.name == name)


def test_lenet_5_has_its_61_706_parameters(draft):
    answer = draft("trace-a-network", *known("LeNet-5")).answer

    assert answer[:3] == (28, 6, 156)
    assert sum(answer[2:12:3]) + sum(answer[13::2]) == 61_706


def test_alexnet_starts_with_the_numbers_of_the_lectures(draft):
    answer = draft("trace-a-network", *known("The start of AlexNet")).answer

    assert answer[:6] == (55, 96, 34_944, 27, 96, 0)
