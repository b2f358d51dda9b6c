"""Beliefs about kernels that split into a column and a row."""

from __future__ import annotations

from grader.misconception import Misconception

SEPARABLE = (
    Misconception(
        "any-kernel-separable",
        "Every kernel was taken to split into a column and a row.",
        "Only a kernel whose rows are multiples of one row does (rank one).",
        (4,),
    ),
    Misconception(
        "separable-same-part-twice",
        "The same vector was used for both directions.",
        "Column and row differ: Sobel is the column (1, 2, 1) times the row (-1, 0, "
        "1).",
        (4,),
    ),
    Misconception(
        "separable-parts-exchanged",
        "Column and row were exchanged.",
        "The column runs down the image, the row runs across it.",
        (4,),
    ),
    Misconception(
        "separable-parts-added",
        "The two one-dimensional results were added.",
        "The second filter is applied to the result of the first.",
        (4,),
    ),
    Misconception(
        "separable-second-part-missing",
        "Only the column was applied.",
        "Apply the column first, then the row to its result.",
        (4,),
    ),
    Misconception(
        "separable-first-part-missing",
        "Only the row was applied.",
        "Apply the column first, then the row to its result.",
        (4,),
    ),
    Misconception(
        "separable-parts-flipped",
        "The column and the row were reversed before sliding.",
        "They slide as they are: a cross-correlation.",
        (4,),
    ),
    Misconception(
        "separable-cost-multiplied",
        "The weights of column and row were multiplied to count them.",
        "They are applied one after the other: KH + KW weights.",
        (4,),
    ),
)
