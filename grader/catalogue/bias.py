"""Beliefs about the bias of a filter."""

from __future__ import annotations

from grader.misconception import Misconception

BIAS = (
    Misconception(
        "bias-forgotten",
        "The bias was not added.",
        "The bias of a filter is added once to every cell of its map.",
        (3,),
    ),
    Misconception(
        "bias-per-element",
        "The bias was added to every product in the window.",
        "Sum the products first, then add the bias once.",
        (3,),
    ),
    Misconception(
        "bias-per-channel",
        "The bias was added once for every input channel.",
        "A filter has one bias, added once after summing over the channels.",
        (3,),
    ),
    Misconception(
        "bias-of-first-filter",
        "All maps got the bias of the first filter.",
        "Map k gets its own bias: b[k].",
        (3,),
    ),
    Misconception(
        "bias-summed-over-filters",
        "Every map got the sum of all biases.",
        "Map k gets its own bias alone: b[k].",
        (3,),
    ),
    Misconception(
        "bias-subtracted",
        "The bias was subtracted.",
        "The bias is added.",
        (3,),
    ),
    Misconception(
        "bias-along-columns",
        "The biases were spread along the columns of a map instead of over the maps.",
        "Give b the shape (K, 1, 1), so that map k gets b[k] everywhere.",
        (3,),
    ),
    Misconception(
        "bias-chosen-by-sample",
        "The bias was chosen by the number of the image.",
        "Map k gets b[k], in every image.",
        (3,),
    ),
)
