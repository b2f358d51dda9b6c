"""Every solution keeps the contract: signature, docstring, markers, inputs, dtype."""

import ast
import doctest
import inspect
from pathlib import Path

import numpy as np
import pytest

SOLUTIONS = Path(__file__).parents[2] / "solutions"

SIGNATURES = {
    "convolution": [
        "correlate2d(image, kernel)",
        "convolve2d(image, kernel)",
        "conv_volume(x, w, b)",
    ],
    "padding": ["zero_pad(x, pad)", "same_padding(kernel_size)"],
    "stride": [
        "output_size(size, kernel_size, stride=1, padding=0)",
        "conv2d(x, w, b, stride=1, padding=0)",
    ],
    "pooling": [
        "max_pool2d(x, size, stride=None)",
        "avg_pool2d(x, size, stride=None)",
        "global_avg_pool2d(x)",
    ],
    "parameters": [
        "dense_parameters(inputs, outputs, bias=True)",
        "conv_parameters(in_channels, out_channels, kernel_size, bias=True)",
        "unshared_parameters(in_channels, in_size, out_channels, kernel_size,"
        " stride=1, padding=0, bias=True)",
        "conv_macs(in_channels, in_size, out_channels, kernel_size,"
        " stride=1, padding=0)",
    ],
    "maxpool_backward": [
        "max_pool2d_backward(dout, x, size, stride=None)",
        "avg_pool2d_backward(dout, x, size, stride=None)",
    ],
    "connectivity": [
        "connected_inputs(row, col, kernel_size, stride=1)",
        "receptive_field(layers)",
        "correlation_matrix(kernel, height, width)",
    ],
    "conv_backward": ["conv2d_backward(dout, x, w, stride=1, padding=0)"],
    "variants": [
        "dilated_conv2d(x, w, b, dilation)",
        "transposed_conv1d(x, w, stride)",
        "transposed_conv2d(x, w, b, stride=1, padding=0)",
        "grouped_conv2d(x, w, b, groups)",
        "pointwise_conv2d(x, w, b)",
        "depthwise_separable_conv2d(x, depthwise, pointwise)",
        "spatially_separable_conv2d(image, column, row)",
        "conv3d(x, w, b)",
        "flattened_conv(x, channel, column, row)",
    ],
    "im2col": [
        "im2col(x, kernel_size, stride=1, padding=0)",
        "conv2d_im2col(x, w, b, stride=1, padding=0)",
    ],
    "learn_kernel": ["learn_kernel(image, feature_map, kernel_size, steps)"],
}


def ints(*shape):
    """Draw integers, of the platform's integer type, for an input of this shape."""
    return np.random.default_rng(0).integers(-5, 6, shape)


# A call for every function that takes arrays, with integers in them.
CALLS = {
    "convolution.correlate2d": (ints(4, 5), ints(2, 3)),
    "convolution.convolve2d": (ints(4, 5), ints(2, 3)),
    "convolution.conv_volume": (ints(2, 4, 5), ints(3, 2, 2, 3), ints(3)),
    "padding.zero_pad": (ints(2, 3, 4), 1),
    "stride.conv2d": (ints(2, 2, 4, 5), ints(3, 2, 2, 3), ints(3), 2, 1),
    "pooling.max_pool2d": (ints(2, 3, 4, 5), (2, 3), 1),
    "pooling.avg_pool2d": (ints(2, 3, 4, 5), (2, 3), 1),
    "pooling.global_avg_pool2d": (ints(2, 3, 4, 5),),
    "maxpool_backward.max_pool2d_backward": (
        ints(2, 3, 2, 2),
        ints(2, 3, 4, 5),
        2,
    ),
    "maxpool_backward.avg_pool2d_backward": (
        ints(2, 3, 2, 2),
        ints(2, 3, 4, 5),
        2,
    ),
    "connectivity.correlation_matrix": (ints(2, 3), 4, 5),
    "conv_backward.conv2d_backward": (
        ints(2, 3, 3, 3),
        ints(2, 2, 4, 5),
        ints(3, 2, 2, 3),
        2,
        1,
    ),
    "variants.dilated_conv2d": (ints(2, 2, 5, 6), ints(3, 2, 2, 3), ints(3), 2),
    "variants.transposed_conv1d": (ints(4), ints(3), 2),
    "variants.transposed_conv2d": (
        ints(2, 3, 4, 5),
        ints(3, 2, 2, 3),
        ints(2),
        2,
        1,
    ),
    "variants.grouped_conv2d": (ints(2, 4, 4, 5), ints(6, 2, 2, 3), ints(6), 2),
    "variants.pointwise_conv2d": (ints(2, 3, 4, 5), ints(4, 3), ints(4)),
    "variants.depthwise_separable_conv2d": (
        ints(2, 3, 4, 5),
        ints(3, 2, 3),
        ints(4, 3),
    ),
    "variants.spatially_separable_conv2d": (ints(4, 5), ints(2), ints(3)),
    "variants.conv3d": (ints(2, 2, 3, 4, 5), ints(3, 2, 2, 2, 3), ints(3)),
    "variants.flattened_conv": (ints(3, 4, 5), ints(3), ints(2), ints(3)),
    "im2col.im2col": (ints(2, 3, 4, 5), (2, 3), 2, 1),
    "im2col.conv2d_im2col": (ints(2, 2, 4, 5), ints(3, 2, 2, 3), ints(3), 2, 1),
    "learn_kernel.learn_kernel": (ints(5, 6), ints(4, 4), (2, 3), 20),
}

NAMES = sorted(SIGNATURES)
FUNCTIONS = [
    f"{module}.{signature.partition('(')[0]}"
    for module, signatures in SIGNATURES.items()
    for signature in signatures
]


@pytest.fixture
def function(request, solution):
    module, _, name = request.param.partition(".")
    return getattr(solution(module), name)


def results(value):
    return value if isinstance(value, tuple) else (value,)


def as_type(arguments, dtype):
    return [a.astype(dtype) if isinstance(a, np.ndarray) else a for a in arguments]


def test_the_eleven_exercises_are_there():
    assert sorted(path.stem for path in SOLUTIONS.glob("*.py")) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_signatures_are_those_of_the_contract(solution, name):
    actual = []
    for function_name, function in vars(solution(name)).items():
        if inspect.isfunction(function) and function.__module__ == f"solution_{name}":
            bare = [
                parameter.replace(annotation=inspect.Parameter.empty)
                for parameter in inspect.signature(function).parameters.values()
            ]
            actual.append(f"{function_name}{inspect.Signature(bare)}")

    public = [signature for signature in actual if not signature.startswith("_")]
    assert public == SIGNATURES[name]


@pytest.mark.parametrize("name", NAMES)
def test_worked_examples_are_right(solution, name):
    outcome = doctest.testmod(solution(name))

    assert outcome.failed == 0
    assert outcome.attempted >= len(SIGNATURES[name])


@pytest.mark.parametrize("function", FUNCTIONS, indirect=True)
def test_every_docstring_has_its_sections(function):
    text = inspect.getdoc(function)

    for section in ["Parameters", "Returns", "Examples"]:
        assert f"\n{section}\n{'-' * len(section)}\n" in text
    for parameter in inspect.signature(function).parameters:
        assert (
            f"{parameter} :" in text
            or f"{parameter}, " in text
            or (f", {parameter} :" in text)
        )


@pytest.mark.parametrize("name", NAMES)
def test_a_solution_needs_numpy_and_no_other_exercise(name):
    tree = ast.parse((SOLUTIONS / f"{name}.py").read_text(encoding="utf-8"))
    imported = {
        alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    } | {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}

    assert imported <= {"numpy", "numpy.lib.stride_tricks"}


@pytest.mark.parametrize("name", NAMES)
def test_all_that_runs_in_a_function_lies_between_the_markers(name):
    source = (SOLUTIONS / f"{name}.py").read_text(encoding="utf-8")
    lines = source.splitlines()
    tree = ast.parse(source)
    public = [
        node
        for node in tree.body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    ]
    for node in public:
        docstring, *body = node.body
        assert lines[docstring.end_lineno].strip() == "# BEGIN SOLUTION"
        assert lines[body[-1].end_lineno].strip() == "# END SOLUTION"
    private = len([n for n in lines if n == "# BEGIN SOLUTION"])
    assert source.count("# BEGIN SOLUTION") == len(public) + private
    assert source.count("# END SOLUTION") == len(public) + private


def test_every_function_that_takes_arrays_has_a_call_here():
    counting = {"same_padding", "output_size", "connected_inputs", "receptive_field"}
    expected = {
        name
        for name in FUNCTIONS
        if not name.startswith("parameters.") and name.split(".")[1] not in counting
    }

    assert set(CALLS) == expected


@pytest.mark.parametrize("function", CALLS, indirect=True)
def test_integers_in_give_float64_out(function, request):
    arguments = CALLS[request.node.callspec.params["function"]]

    for result in results(function(*arguments)):
        assert result.dtype == np.float64
        assert np.isfinite(result).all()


@pytest.mark.parametrize("dtype", [np.int8, np.float32, np.float64])
@pytest.mark.parametrize("function", CALLS, indirect=True)
def test_the_type_of_the_input_changes_no_value(function, dtype, request):
    arguments = CALLS[request.node.callspec.params["function"]]

    actual = results(function(*as_type(arguments, dtype)))

    for one, other in zip(actual, results(function(*arguments)), strict=True):
        assert one.dtype == np.float64
        assert np.array_equal(one, other)


@pytest.mark.parametrize("function", CALLS, indirect=True)
def test_inputs_may_be_read_only_and_stay_as_they_are(function, request):
    arguments = as_type(CALLS[request.node.callspec.params["function"]], np.float64)
    before = as_type(arguments, np.float64)
    for argument in arguments:
        if isinstance(argument, np.ndarray):
            argument.flags.writeable = False

    function(*arguments)

    for argument, copy in zip(arguments, before, strict=True):
        assert np.array_equal(argument, copy)


@pytest.mark.parametrize("function", CALLS, indirect=True)
def test_results_are_not_views_of_the_inputs(function, request):
    arguments = as_type(CALLS[request.node.callspec.params["function"]], np.float64)

    for result in results(function(*arguments)):
        for argument in arguments:
            assert not np.shares_memory(result, np.asarray(argument))
