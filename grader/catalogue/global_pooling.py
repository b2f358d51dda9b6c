"""Beliefs about global average pooling."""

from __future__ import annotations

from grader.misconception import Misconception

GLOBAL_POOLING = (
    Misconception(
        "global-pooling-over-channels",
        "The mean was taken over the channels.",
        "The mean runs over height and width: one number for each image and channel.",
        (4,),
    ),
    Misconception(
        "global-pooling-over-samples",
        "The mean was taken over the batch as well.",
        "The mean runs over height and width: one number for each image and channel.",
        (4,),
    ),
    Misconception(
        "global-pooling-whole-image",
        "All channels of an image were averaged into one number.",
        "Every channel keeps its own mean: the result has shape (N, C).",
        (4,),
    ),
    Misconception(
        "global-pooling-keeps-axes",
        "Height and width were kept as axes of length 1.",
        "The result has shape (N, C).",
        (4,),
    ),
    Misconception(
        "global-pooling-one-axis",
        "The mean was taken over one of height and width only.",
        "The mean runs over both: one number for each image and channel.",
        (4,),
    ),
    Misconception(
        "global-pooling-height-squared",
        "The sum was divided by the square of one side, which is right for square "
        "maps only.",
        "Divide by the number of cells: H * W.",
        (4,),
    ),
    Misconception(
        "global-pooling-transposed",
        "Images and channels were exchanged in the result.",
        "The result has shape (N, C): one row for each image.",
        (4,),
    ),
)
