"""Beliefs about the gradient of average pooling."""

from __future__ import annotations

from grader.misconception import Misconception

AVERAGE_POOLING_GRADIENT = (
    Misconception(
        "average-pool-gradient-not-divided",
        "Each cell of the window received the whole gradient.",
        "Each cell made up one part of the mean: divide by the number of cells.",
        (4,),
    ),
    Misconception(
        "average-pool-gradient-divided-by-perimeter",
        "The gradient was divided by height plus width.",
        "Divide by the number of cells: height * width.",
        (4,),
    ),
    Misconception(
        "average-pool-gradient-divided-by-side",
        "The gradient was divided by one side of the window.",
        "Divide by the number of cells: height * width.",
        (4,),
    ),
    Misconception(
        "average-pool-gradient-divided-by-stride",
        "The gradient was divided by the area of the stride.",
        "Divide by the number of cells in the window: height * width.",
        (4,),
    ),
    Misconception(
        "average-pool-gradient-assigned",
        "A later window overwrote the share that an earlier one had given to a cell.",
        "A cell in several windows receives the sum of their shares: use +=.",
        (4,),
    ),
    Misconception(
        "average-pool-gradient-to-winner",
        "The gradient went to the largest cell only, as in max pooling.",
        "Every cell of the window took part in the mean and receives an equal share.",
        (4,),
    ),
    Misconception(
        "average-pool-gradient-to-one-cell",
        "The share went to the first cell of the window only.",
        "Every cell of the window receives an equal share.",
        (4,),
    ),
    Misconception(
        "average-pool-gradient-times-input",
        "The gradient was shared in proportion to the input.",
        "Every cell receives an equal share, whatever its value.",
        (4,),
    ),
    Misconception(
        "average-pool-gradient-divided-by-visits",
        "Where windows overlap, the shares of a cell were averaged.",
        "A cell in several windows receives the sum of their shares.",
        (4,),
    ),
)
