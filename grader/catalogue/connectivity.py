"""Beliefs about which inputs an output cell sees."""

from __future__ import annotations

from grader.misconception import Misconception

CONNECTIVITY = (
    Misconception(
        "connected-stride-ignored",
        "The neighbouring output was taken to look one cell further.",
        "The window moves by the stride: output (row, col) starts at cell (row * "
        "stride, col * stride).",
        (1, 4),
    ),
    Misconception(
        "connected-to-every-input",
        "Every input was connected to the output.",
        "In a convolution an output sees only the cells of its own window.",
        (1,),
    ),
    Misconception(
        "connected-row-and-column-exchanged",
        "Row and column were exchanged.",
        "A cell is (row, column): the row comes first.",
        (1,),
    ),
    Misconception(
        "connected-in-column-order",
        "The cells were listed column by column.",
        "Row-major order lists the first row from left to right, then the next.",
        (1,),
    ),
    Misconception(
        "connected-window-centred",
        "The window was centred on the output's place.",
        "The window starts there: its top left cell is (row * stride, col * stride).",
        (1,),
    ),
    Misconception(
        "connected-last-cell-missing",
        "The last row and column of the window are missing.",
        "The window has as many rows and columns as the kernel.",
        (1,),
    ),
    Misconception(
        "connected-one-cell-too-many",
        "The window reaches one cell too far.",
        "The window has as many rows and columns as the kernel, the first ones "
        "included.",
        (1,),
    ),
    Misconception(
        "connected-corner-only",
        "Only the first cell of the window was given.",
        "The output sees every cell of its window.",
        (1,),
    ),
    Misconception(
        "connected-diagonal-only",
        "Only the diagonal of the window was given.",
        "Pair every row of the window with every column.",
        (1,),
    ),
    Misconception(
        "connected-counted-from-one",
        "The cells were counted from 1.",
        "Rows and columns are counted from 0.",
        (1,),
    ),
    Misconception(
        "connected-flat-numbers",
        "The cells were given as single numbers.",
        "Give each cell as a pair (row, column): an array of shape (n, 2).",
        (1,),
    ),
)
