"""Statements on sharing hold the numbers of a real layer, and one is true."""

import re

import pytest

from grader.quiz import audit, registry

torch = pytest.importorskip("torch", reason="torch is not installed")


def numbers(text):
    return {int(number.replace(",", "")) for number in re.findall(r"[\d,]*\d", text)}


def test_true_statements_hold_numbers_of_the_layer():
    for question in audit.sample(registry.load("parameter-sharing"), 1_000):
        p = question.parameters
        layer = torch.nn.Conv2d(
            p["depth"], p["filters"], p["kernel"], bias=False, device="meta"
        )
        image = torch.empty(1, p["depth"], p["size"], p["size"], device="meta")
        places = layer(image)[0, 0].numel()
        one = layer.weight[0].numel()

        assert numbers(question.answer) <= {
            one,
            places,
            one * p["filters"],
            p["filters"],
        }


def test_statements_that_are_offered_as_wrong_are_wrong():
    # Each contradicts one of: sharing within a map, none across maps or channels,
    # a count without the image size, windows that stay small.
    false = (
        "has its own", "maps use the same", "for each of the", "four times as many",
        "Because weights are shared",
    )  # fmt: skip
    for question in audit.sample(registry.load("parameter-sharing"), 300):
        for choice in question.choices:
            assert choice.correct != any(words in choice.text for words in false)
