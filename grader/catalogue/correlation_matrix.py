"""Beliefs about the matrix that does the work of a convolution."""

from __future__ import annotations

from grader.misconception import Misconception

CORRELATION_MATRIX = (
    Misconception(
        "matrix-transposed",
        "The matrix came out transposed.",
        "One row per output cell and one column per input cell: (H' * W', H * W).",
        (1,),
    ),
    Misconception(
        "matrix-kernel-rows-joined",
        "The kernel's rows were written one directly after the other.",
        "In the flat image the next row lies width cells further on, so leave width - "
        "KW zeros between.",
        (1,),
    ),
    Misconception(
        "matrix-wraps-at-row-end",
        "Windows run over the end of a row into the next one.",
        "Only windows inside the image count: after the last one, jump to the next "
        "row.",
        (1,),
    ),
    Misconception(
        "matrix-wraps-around-image",
        "There is a row for every cell of the image, and windows wrap around its "
        "border.",
        "Only windows inside the image count: (H - KH + 1) * (W - KW + 1) rows.",
        (1,),
    ),
    Misconception(
        "matrix-row-step-from-output-width",
        "The width of the output was used to step from row to row in the image.",
        "The columns stand for input cells: one image row is width columns.",
        (1,),
    ),
    Misconception(
        "matrix-cells-in-column-order",
        "The cells of the image were numbered column by column.",
        "Row-major order: cell (row, column) has number row * width + column.",
        (1,),
    ),
    Misconception(
        "matrix-outputs-in-column-order",
        "The outputs were numbered column by column.",
        "Row-major order: the first row of outputs from left to right, then the next.",
        (1,),
    ),
    Misconception(
        "matrix-same-row-repeated",
        "The window did not move from one row of the matrix to the next.",
        "Every row of the matrix holds the kernel at its own place.",
        (1,),
    ),
    Misconception(
        "matrix-marks-instead-of-weights",
        "Connections were marked with 1 instead of the weight.",
        "Each entry is the weight that links the input cell to the output cell.",
        (1,),
    ),
    Misconception(
        "matrix-kept-four-axes",
        "The result has separate axes for rows and columns.",
        "Flatten the outputs and the inputs: the result is a matrix of shape (H' * "
        "W', H * W).",
        (1,),
    ),
)
