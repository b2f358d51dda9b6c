"""Beliefs about kernels with gaps."""

from __future__ import annotations

from grader.misconception import Misconception

DILATION = (
    Misconception(
        "dilation-size-multiplied",
        "The dilated kernel was taken to cover dilation * kernel_size cells.",
        "Gaps lie between the weights only: dilation * (kernel_size - 1) + 1 cells.",
        (4,),
    ),
    Misconception(
        "dilation-size-added",
        "The dilation was added to the kernel size.",
        "Each of the kernel_size - 1 steps grows: dilation * (kernel_size - 1) + 1 "
        "cells.",
        (4,),
    ),
    Misconception(
        "dilation-off-by-one",
        "The dilation was taken as the number of gaps, so dilation 1 already leaves "
        "one.",
        "The dilation is the distance between neighbouring weights: 1 is the ordinary "
        "convolution.",
        (4,),
    ),
    Misconception(
        "dilation-ignored",
        "The kernel was applied without gaps.",
        "Neighbouring weights read cells that are dilation apart.",
        (4,),
    ),
    Misconception(
        "dilation-missing-from-shape",
        "The output size was computed with the kernel's size before dilation.",
        "Use the size it covers: dilation * (kernel_size - 1) + 1.",
        (4,),
    ),
    Misconception(
        "dilation-gaps-have-weights",
        "The gaps in the dilated kernel were counted as weights.",
        "Gaps hold no weights: the number of parameters does not depend on the "
        "dilation.",
        (4,),
    ),
    Misconception(
        "dilation-rows-only",
        "The rows of the kernel were spread, but not its columns.",
        "Spread both axes: row u reads u * dilation, column v reads v * dilation.",
        (4,),
    ),
    Misconception(
        "dilation-columns-only",
        "The columns of the kernel were spread, but not its rows.",
        "Spread both axes: row u reads u * dilation, column v reads v * dilation.",
        (4,),
    ),
    Misconception(
        "dilation-repeats-weights",
        "Each weight was repeated instead of leaving gaps between the weights.",
        "Between two neighbouring weights there are dilation - 1 cells that are not "
        "read.",
        (4,),
    ),
    Misconception(
        "dilation-spreads-image",
        "Zeros were inserted between the cells of the image instead of the kernel.",
        "Dilation spreads the kernel; the image stays as it is.",
        (4,),
    ),
)
