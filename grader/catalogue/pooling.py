"""Beliefs about what pooling makes of one window."""

from __future__ import annotations

from grader.misconception import Misconception

POOLING = (
    Misconception(
        "pooling-whole-map",
        "The whole map was pooled every time instead of the window.",
        "Take the maximum or mean of the cells in the window only.",
        (4,),
    ),
    Misconception(
        "pooling-maximum-from-zero",
        "The running maximum started at 0, so windows of negative numbers give 0.",
        "Start from the first cell of the window or from minus infinity.",
        (4,),
    ),
    Misconception(
        "pooling-pads-with-zero",
        "Zeros of the border were allowed to win the maximum.",
        "A cell outside the image must never win: treat it as minus infinity.",
        (4,),
    ),
    Misconception(
        "pooling-mean-instead-of-maximum",
        "The mean of the window was taken.",
        "Max pooling keeps the largest value of the window.",
        (4,),
    ),
    Misconception(
        "pooling-maximum-instead-of-mean",
        "The maximum of the window was taken.",
        "Average pooling takes the mean of the window.",
        (4,),
    ),
    Misconception(
        "pooling-minimum",
        "The smallest value of the window was taken.",
        "Max pooling keeps the largest value of the window.",
        (4,),
    ),
    Misconception(
        "pooling-maximum-of-absolute-values",
        "The sign was ignored when looking for the maximum.",
        "Compare the values themselves: 1 is larger than -5.",
        (4,),
    ),
    Misconception(
        "pooling-first-cell",
        "The first cell of the window was taken instead of the winner.",
        "The maximum may lie anywhere in the window: compare all its cells.",
        (4,),
    ),
    Misconception(
        "pooling-last-cell",
        "The last cell of the window was taken instead of the winner.",
        "The maximum may lie anywhere in the window: compare all its cells.",
        (4,),
    ),
    Misconception(
        "pooling-sum-instead-of-mean",
        "The cells were added but not divided by their number.",
        "The mean is the sum divided by the number of cells in the window.",
        (4,),
    ),
    Misconception(
        "pooling-mean-divided-by-stride",
        "The sum was divided by the area of the stride instead of the window.",
        "Divide by the number of cells in the window: height * width.",
        (4,),
    ),
    Misconception(
        "pooling-mean-divided-by-side",
        "The sum was divided by one side of the window.",
        "Divide by the number of cells in the window: height * width.",
        (4,),
    ),
    Misconception(
        "pooling-mean-divided-by-real-cells",
        "Windows at the border were divided by the cells that lie inside the image.",
        "Divide every window by its full number of cells: height * width.",
        (4,),
    ),
    Misconception(
        "pooling-mean-over-rows-only",
        "Each row of the window was averaged, and only one row was kept.",
        "The mean runs over all cells of the window.",
        (4,),
    ),
    Misconception(
        "pooling-mean-rounded",
        "The mean was rounded to a whole number.",
        "Keep the fraction: the result is a float64 array.",
        (4,),
    ),
    Misconception(
        "pooling-across-channels",
        "The channels were pooled together.",
        "Every channel is pooled on its own.",
        (2,),
    ),
    Misconception(
        "pooling-across-samples",
        "The images of the batch were pooled together.",
        "Every image is pooled on its own.",
        (2,),
    ),
    Misconception(
        "pooling-has-weights",
        "Pooling was given weights.",
        "Pooling has nothing to learn: 0 parameters.",
        (4,),
    ),
    Misconception(
        "pooling-stops-shifts-altogether",
        "Pooling was taken to make the network blind to any shift.",
        "Pooling absorbs small shifts only, those that keep the maximum inside its "
        "window.",
        (3, 4),
    ),
)
