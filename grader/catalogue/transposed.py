"""Beliefs about transposed convolution."""

from __future__ import annotations

from grader.misconception import Misconception

TRANSPOSED = (
    Misconception(
        "transposed-size-of-convolution",
        "The size formula of the ordinary convolution was used.",
        "Here the output grows: (size - 1) * stride + kernel_size - 2 * padding.",
        (4,),
    ),
    Misconception(
        "transposed-size-multiplied",
        "The size was multiplied by the stride and nothing else.",
        "The last copy of the kernel adds its full length: (size - 1) * stride + "
        "kernel_size - 2 * padding.",
        (4,),
    ),
    Misconception(
        "transposed-stride-ignored",
        "The copies of the kernel were placed one cell apart.",
        "The copy of input i starts at i * stride.",
        (4,),
    ),
    Misconception(
        "transposed-stride-is-kernel-size",
        "The copies of the kernel were placed side by side without overlap.",
        "The copy of input i starts at i * stride, and copies may overlap.",
        (4,),
    ),
    Misconception(
        "transposed-overlap-assigned",
        "Where copies overlap, the later one replaced the earlier one.",
        "Overlapping copies are added: use +=.",
        (4,),
    ),
    Misconception(
        "transposed-overlap-averaged",
        "Where copies overlap, their mean was taken.",
        "Overlapping copies are added.",
        (4,),
    ),
    Misconception(
        "transposed-padding-enlarges",
        "The padding made the result larger.",
        "Here padding is the number of cells cut off each side of the result.",
        (4,),
    ),
    Misconception(
        "transposed-padding-ignored",
        "The padding was not used.",
        "Padding is the number of cells cut off each side of the result.",
        (4,),
    ),
    Misconception(
        "transposed-padding-cut-once",
        "The padding was cut off at one end only.",
        "Cells are cut off both ends: the size shrinks by 2 * padding.",
        (4,),
    ),
    Misconception(
        "transposed-crop-empty-without-padding",
        "With padding 0 the slice [padding:-padding] cuts everything away, because -0 "
        "is 0.",
        "Cut by length instead: it works for every padding.",
        (4,),
    ),
    Misconception(
        "transposed-restores-input",
        "The transposed convolution was taken to give the original values back.",
        "It brings back the shape, not the values.",
        (4,),
    ),
    Misconception(
        "transposed-kernel-flipped",
        "The kernel was turned before it was pasted.",
        "Each input cell pastes the kernel as it is, times its value.",
        (4,),
    ),
    Misconception(
        "transposed-kernel-axes-exchanged",
        "Input and output channels of the weights were exchanged.",
        "The weights have shape (C, K, KH, KW): input channel, then output channel.",
        (4,),
    ),
    Misconception(
        "transposed-bias-per-copy",
        "The bias was added with every copy of the kernel.",
        "Add the bias once to every output cell, after all copies.",
        (4,),
    ),
    Misconception(
        "transposed-gathers",
        "The kernel was slid over the input as in an ordinary convolution.",
        "It works the other way round: each input cell spreads a copy of the kernel "
        "into the output.",
        (4,),
    ),
)
