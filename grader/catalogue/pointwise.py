"""Beliefs about 1x1 convolution."""

from __future__ import annotations

from grader.misconception import Misconception

POINTWISE = (
    Misconception(
        "pointwise-missing",
        "The pointwise step is missing.",
        "After the depthwise step, 1x1 filters mix the channels.",
        (4,),
    ),
    Misconception(
        "pointwise-first",
        "The pointwise step was done first.",
        "First the depthwise step for each channel, then the 1x1 step mixes them.",
        (4,),
    ),
    Misconception(
        "pointwise-scales-channels",
        "Each channel was scaled by one weight and not mixed with the others.",
        "A 1x1 filter mixes all channels of a pixel: a weighted sum.",
        (4,),
    ),
    Misconception(
        "pointwise-weights-transposed",
        "The rows and columns of the 1x1 weights were exchanged.",
        "They have shape (K, C): row k mixes the C channels into map k.",
        (4,),
    ),
    Misconception(
        "pointwise-weights-on-wrong-axis",
        "The 1x1 weights were applied along rows or columns of the image.",
        "They act on the channel axis, alike at every pixel.",
        (4,),
    ),
    Misconception(
        "pointwise-does-nothing",
        "A 1x1 convolution was taken to leave the image unchanged.",
        "It mixes the channels of every pixel and can change their number.",
        (4,),
    ),
    Misconception(
        "pointwise-shrinks-image",
        "A 1x1 convolution was taken to change height and width.",
        "A 1x1 window fits on every pixel, so height and width stay.",
        (4,),
    ),
)
