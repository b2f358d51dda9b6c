"""Families are found by file name."""

import pytest

from grader.errors import QuizError
from grader.quiz import registry


def test_every_family_is_named_like_its_file():
    for name in registry.names():
        assert registry.load(name).name == name


def test_an_unknown_family_is_answered_with_the_nearest():
    with pytest.raises(QuizError, match="did you mean 'convolution-output-shape'"):
        registry.load("convolution-output-shap")
