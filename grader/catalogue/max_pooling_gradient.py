"""Beliefs about the gradient of max pooling."""

from __future__ import annotations

from grader.misconception import Misconception

MAX_POOLING_GRADIENT = (
    Misconception(
        "max-pool-gradient-assigned",
        "Where windows overlap, a later window overwrote the gradient of an earlier "
        "one.",
        "A cell that wins several windows receives the sum of their gradients: use +=.",
        (4,),
    ),
    Misconception(
        "max-pool-gradient-window-overwritten",
        "Each window wrote all its cells, zeros too, over what earlier windows had "
        "left there.",
        "Add to the winner only, with +=, and leave the other cells alone.",
        (4,),
    ),
    Misconception(
        "max-pool-gradient-to-all-ties",
        "Every cell that equals the maximum received the gradient.",
        "Only one of them does: the first, reading the window row by row.",
        (4,),
    ),
    Misconception(
        "max-pool-gradient-to-last-tie",
        "Among equal maxima the last one received the gradient.",
        "By convention the first one receives it, reading the window row by row.",
        (4,),
    ),
    Misconception(
        "max-pool-gradient-split-among-ties",
        "The gradient was split among the cells that equal the maximum.",
        "Only one of them receives it, whole: the first, reading the window row by "
        "row.",
        (4,),
    ),
    Misconception(
        "max-pool-gradient-ties-column-first",
        "Among equal maxima the first one column by column received the gradient.",
        "Read the window row by row: the first maximum in that order receives it.",
        (4,),
    ),
    Misconception(
        "max-pool-gradient-by-value-everywhere",
        "The maximum was looked for in the whole array, so equal values elsewhere got "
        "the gradient too.",
        "Look for the winner inside its own window.",
        (4,),
    ),
    Misconception(
        "max-pool-gradient-to-near-maxima",
        "Cells close to the maximum received the gradient as well.",
        "Compare exactly, or use the position of the maximum.",
        (4,),
    ),
    Misconception(
        "max-pool-gradient-without-incoming",
        "The winners were given a gradient of 1, and the incoming gradient was left "
        "out.",
        "The winner receives the gradient of its output: dout at that position.",
        (4,),
    ),
    Misconception(
        "max-pool-gradient-times-input",
        "The mask that marks the winners was multiplied with the input instead of the "
        "gradient.",
        "The winner receives one number, the gradient of its output.",
        (4,),
    ),
    Misconception(
        "max-pool-gradient-times-slice",
        "The mask that marks the winner was multiplied with a whole slice of dout.",
        "One window has one output and so one number: dout at that position.",
        (4,),
    ),
    Misconception(
        "max-pool-gradient-mask-from-gradient",
        "The winner was looked for in the gradient that was still being filled.",
        "Look for the winner in the input x.",
        (4,),
    ),
    Misconception(
        "max-pool-gradient-spread-evenly",
        "The gradient was spread over the whole window, as in average pooling.",
        "Only the winner affected the output, so it receives the whole gradient.",
        (4,),
    ),
    Misconception(
        "max-pool-gradient-to-every-cell",
        "Every cell of the window received the whole gradient.",
        "Only the winner affected the output, so only it receives the gradient.",
        (4,),
    ),
    Misconception(
        "max-pool-gradient-to-first-cell",
        "The gradient went to the first cell of the window instead of the winner.",
        "The cell that holds the maximum receives it.",
        (4,),
    ),
    Misconception(
        "max-pool-gradient-to-minimum",
        "The gradient went to the smallest cell of the window.",
        "The cell that holds the maximum receives it.",
        (4,),
    ),
    Misconception(
        "max-pool-gradient-index-not-shifted",
        "The winner's place in its window was used as a place in the whole image.",
        "Add the window's corner: row i * stride + u, column j * stride + v.",
        (4,),
    ),
    Misconception(
        "max-pool-gradient-index-split-by-height",
        "The winner's flat place was split with the window's height instead of its "
        "width.",
        "In a window of width KW, place p lies in row p // KW, column p % KW.",
        (4,),
    ),
    Misconception(
        "max-pool-not-differentiable",
        "Max pooling was taken to have no gradient at all.",
        "It is differentiable except at ties, and there a fixed choice is made.",
        (4,),
    ),
    Misconception(
        "max-pool-gradient-zero-everywhere",
        "No cell received any gradient.",
        "The winner of each window receives the gradient of its output.",
        (4,),
    ),
    Misconception(
        "max-pool-gradient-output-sized",
        "The gradient was returned in the shape of the output.",
        "A gradient has the shape of what it belongs to: dx is shaped like x.",
        (4,),
    ),
    Misconception(
        "pooling-gradient-integer-buffer",
        "The gradient was collected in an array of integers, so fractions were lost.",
        "Collect it in float64: zeros_like of integers makes integers.",
        (4,),
    ),
)
