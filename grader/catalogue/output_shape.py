"""Beliefs about the size and the depth of an output."""

from __future__ import annotations

from grader.misconception import Misconception

OUTPUT_SHAPE = (
    Misconception(
        "output-size-without-plus-one",
        "The steps between the windows were counted, so the first window is missing.",
        "Add 1 at the end: (size - kernel_size + 2 * padding) // stride + 1.",
        (3, 4),
    ),
    Misconception(
        "output-size-plus-one-before-division",
        "The 1 was added before dividing by the stride.",
        "Divide first, then add 1 for the first window: (size - kernel_size + 2 * "
        "padding) // stride + 1.",
        (3, 4),
    ),
    Misconception(
        "padding-counted-once",
        "The padding was counted on one side only.",
        "Zeros are added on both sides, so the size grows by 2 * padding.",
        (3, 4),
    ),
    Misconception(
        "padding-left-out-of-size",
        "The padding was left out of the output size.",
        "Padding makes the image larger by 2 * padding before the kernel slides over "
        "it.",
        (3, 4),
    ),
    Misconception(
        "padding-subtracted-from-size",
        "The padding was subtracted from the size instead of added.",
        "Padding enlarges the image: the kernel slides over size + 2 * padding cells.",
        (3, 4),
    ),
    Misconception(
        "stride-left-out-of-size",
        "The output size was computed as if the window moved by one cell.",
        "The window moves stride cells at a time, so divide by the stride before "
        "adding 1.",
        (3, 4),
    ),
    Misconception(
        "kernel-left-out-of-size",
        "The output size was computed as if the kernel covered a single cell.",
        "The window must stay inside the image: subtract kernel_size before dividing "
        "by the stride.",
        (3, 4),
    ),
    Misconception(
        "output-size-equals-input-size",
        "The output was taken to be as large as the input.",
        "Without enough padding the output shrinks: size - kernel_size + 1 positions "
        "at stride 1.",
        (3, 4),
    ),
    Misconception(
        "output-size-rounded-up",
        "The division by the stride was rounded up.",
        "A window that would leave the image is not used, so round down.",
        (3, 4),
    ),
    Misconception(
        "output-size-rounded-to-nearest",
        "The division by the stride was rounded to the nearest integer.",
        "A window that would leave the image is not used, so always round down.",
        (3, 4),
    ),
    Misconception(
        "output-size-not-rounded",
        "The division by the stride was not rounded, so the size need not be a whole "
        "number.",
        "Sizes are whole numbers: a window that does not fit is dropped, so round "
        "down.",
        (3, 4),
    ),
    Misconception(
        "oversized-kernel-accepted",
        "A size was computed although the kernel is larger than the padded image.",
        "A kernel that does not fit has no output: refuse it with a ValueError.",
        (3, 4),
    ),
    Misconception(
        "oversized-kernel-clamped-to-zero",
        "A kernel that does not fit was given the output size 0.",
        "A kernel that does not fit is a mistake of the caller: refuse it with a "
        "ValueError.",
        (3, 4),
    ),
    Misconception(
        "kernel-fit-checked-without-padding",
        "The kernel was compared with the image before padding, so a kernel that fits "
        "was refused.",
        "Compare kernel_size with size + 2 * padding.",
        (3, 4),
    ),
    Misconception(
        "exact-fit-refused",
        "A kernel exactly as large as the padded image was refused.",
        "Such a kernel fits once: the output size is 1.",
        (3, 4),
    ),
    Misconception(
        "stride-required-to-divide",
        "A stride that does not divide the distance was refused.",
        "It is allowed: the cells left over are dropped, because the size is rounded "
        "down.",
        (3, 4),
    ),
    Misconception(
        "height-and-width-exchanged",
        "Height stands where width belongs, so the result is right for square inputs "
        "only.",
        "Compute rows from heights and columns from widths.",
        (3, 4),
    ),
    Misconception(
        "width-computed-from-height",
        "The output width was computed from the height.",
        "Compute each output size from its own input size: H' from H, W' from W.",
        (3, 4),
    ),
    Misconception(
        "height-computed-from-width",
        "The output height was computed from the width.",
        "Compute each output size from its own input size: H' from H, W' from W.",
        (3, 4),
    ),
    Misconception(
        "output-transposed",
        "Rows and columns of the result are exchanged.",
        "The rows of the output follow the rows of the input: (H', W'), not (W', H').",
        (3, 4),
    ),
    Misconception(
        "flat-index-stepped-by-height",
        "A flat index was split into row and column with the height instead of the "
        "width.",
        "Cells are numbered row by row: row * width + column.",
        (3, 4),
    ),
    Misconception(
        "filter-count-used-as-kernel-size",
        "The number of filters was used as the size of the kernel.",
        "The kernel's size is its height and width; how many filters there are is "
        "another number.",
        (2, 4),
    ),
    Misconception(
        "loop-bound-from-input",
        "The loop runs over input positions instead of output positions.",
        "Loop over the H' by W' output cells; the output size formula says how many "
        "there are.",
        (4,),
    ),
    Misconception(
        "kernel-subtracted-twice",
        "The kernel was subtracted a second time from the output size, so the last "
        "cells are missing.",
        "The output size already accounts for the kernel: fill all of it.",
        (4,),
    ),
    Misconception(
        "output-depth-equals-input-depth",
        "The output was given as many maps as the input has channels.",
        "A filter sums over all input channels and gives one map, so the depth is the "
        "number of filters.",
        (2, 4),
    ),
    Misconception(
        "output-depth-filters-times-channels",
        "Every filter was given one map for each input channel.",
        "A filter sums over all input channels and gives one map, so the depth is the "
        "number of filters.",
        (2, 4),
    ),
    Misconception(
        "output-depth-one",
        "The maps of all filters were merged into a single one.",
        "Each filter keeps its own map, so the depth is the number of filters.",
        (2, 4),
    ),
    Misconception(
        "pooling-depth-one",
        "Pooling was taken to merge the channels.",
        "Pooling works on each channel alone and keeps the depth.",
        (2, 4),
    ),
    Misconception(
        "pooling-depth-divided",
        "Pooling was taken to shrink the depth as it shrinks height and width.",
        "Pooling works on each channel alone and keeps the depth.",
        (2, 4),
    ),
    Misconception(
        "reshape-instead-of-transpose",
        "Axes were exchanged with a reshape, which keeps the shape right and "
        "scrambles the values.",
        "A reshape keeps the order in memory; exchange axes with a transpose.",
        (4,),
    ),
    Misconception(
        "solved-without-plus-one",
        "The 1 for the first window was forgotten when solving the size formula "
        "backwards.",
        "Subtract that 1 first: output - 1 steps of stride cells lie between first "
        "and last window.",
        (3, 4),
    ),
    Misconception(
        "solved-padding-not-halved",
        "The padding of both sides together was given.",
        "The padding is counted for one side, so halve the total.",
        (3,),
    ),
)
