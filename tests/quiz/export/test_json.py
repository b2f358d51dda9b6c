"""The JSON contract of a quiz."""

import json
from xml.etree import ElementTree

import pytest

from grader.quiz import registry
from grader.quiz.export import json as export
from grader.quiz.paper import Draws, of_families, paper

KEYS = {
    "id", "family", "title", "prompt", "type", "answer", "tolerance", "choices",
    "wrong", "solution", "figure",
}  # fmt: skip
THREE = ("convolution-output-shape", "conv-layer-parameters", "max-pooling-by-hand")

GOLDEN = [
    ("convolution-output-shape-0f5fc6394c35", "4 × 6 × 12"),
    ("conv-layer-parameters-b75ddd79d986", 2520),
    ("max-pooling-by-hand-26e763eb2157", [9, 8, 9]),
]


def written(names, **options):
    return b"".join(export.pieces(paper(of_families(names), Draws("key", **options))))


@pytest.mark.parametrize("name", registry.names())
def test_every_family_keeps_the_contract(name):
    whole = json.loads(written((name,), seed=5, variants=10))

    assert (whole["format_version"], whole["quiz"], whole["seed"]) == (1, "families", 5)
    assert len({question["title"] for question in whole["questions"]}) == 10
    for question in whole["questions"]:
        assert set(question) >= KEYS
        right = [c["text"] for c in question["choices"] if c["correct"]]
        answer = question["answer"]
        match question["type"]:
            case "single":
                assert right == [answer]
            case "multiple":
                assert sorted(right) == sorted(answer)
            case "numeric":
                assert isinstance(answer, (int, float))
            case "cloze":
                assert all(isinstance(number, (int, float)) for number in answer)
        if question["figure"] is not None:
            assert ElementTree.fromstring(question["figure"]).get("aria-label")


def test_the_numbers_of_a_seed_never_change():
    questions = json.loads(written(THREE, seed=1, student="ada"))["questions"]

    assert [(q["id"], q["answer"]) for q in questions] == GOLDEN


def test_the_first_variant_is_the_same_in_a_larger_pool():
    one, two = (
        json.loads(written(THREE[:1], variants=count))["questions"] for count in (1, 9)
    )

    assert one == two[:1]
