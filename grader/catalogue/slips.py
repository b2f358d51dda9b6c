"""Slips of index and loop, which happen in any function."""

from __future__ import annotations

from grader.misconception import Misconception

SLIPS = (
    Misconception(
        "sum-not-reset",
        "The running sum was not set back to zero for the next window.",
        "Every window starts its own sum at zero.",
        (0, 4),
    ),
    Misconception(
        "last-product-wins",
        "Each product replaced the one before, so only the last one counts.",
        "Add the products up: use += inside the loops over the kernel.",
        (0, 4),
    ),
    Misconception(
        "result-cut-to-integers",
        "The results lost their fractions because they were stored as integers.",
        "Store results as float64, also when the input holds integers.",
        (0,),
    ),
    Misconception(
        "arguments-changed",
        "The arrays that were passed in were changed.",
        "Work on a copy or a new array: what the caller passes in must stay as it is.",
        (),
    ),
    Misconception(
        "row-index-used-for-columns",
        "The column of the window was computed from the row index, so windows lie on "
        "the diagonal.",
        "Rows start from i, columns from j: two indices that move on their own.",
        (4,),
    ),
    Misconception(
        "column-index-used-for-rows",
        "The row of the window was computed from the column index, so windows lie on "
        "the diagonal.",
        "Rows start from i, columns from j: two indices that move on their own.",
        (4,),
    ),
    Misconception(
        "return-inside-loop",
        "The function returns after the first window, so the rest was never computed.",
        "Return after the loops, one level further out.",
        (),
    ),
    Misconception(
        "example-size-hard-coded",
        "A size of the example was written into the code, so no other shape works.",
        "Read every size from the shape of the arguments.",
        (),
    ),
    Misconception(
        "unfinished",
        "The result was never filled in.",
        "This part is still to be written.",
        (),
    ),
)
