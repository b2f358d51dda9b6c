"""Beliefs about how far the window moves."""

from __future__ import annotations

from grader.misconception import Misconception

STRIDE = (
    Misconception(
        "stride-ignored",
        "The window moved by one cell at a time.",
        "The window of output cell (i, j) starts at row i * stride and column j * "
        "stride.",
        (4,),
    ),
    Misconception(
        "stride-rows-only",
        "The stride was used for the rows but not for the columns.",
        "Both starts are multiplied: row i * stride, column j * stride.",
        (4,),
    ),
    Misconception(
        "stride-columns-only",
        "The stride was used for the columns but not for the rows.",
        "Both starts are multiplied: row i * stride, column j * stride.",
        (4,),
    ),
    Misconception(
        "stride-on-output",
        "The stride was applied to the output, which leaves cells that were never "
        "filled.",
        "The window jumps in the input; in the output the cells lie side by side.",
        (4,),
    ),
    Misconception(
        "stride-added-to-index",
        "The stride was added to the output index.",
        "The window's start is the product: i * stride.",
        (4,),
    ),
    Misconception(
        "stride-counts-skipped-cells",
        "The stride was taken as the number of cells skipped between two windows.",
        "The stride is the distance from one start to the next: stride 1 skips "
        "nothing.",
        (4,),
    ),
    Misconception(
        "kernel-size-taken-as-stride",
        "The window moved by its own size.",
        "The stride alone says how far the window moves; windows may overlap or leave "
        "gaps.",
        (4,),
    ),
    Misconception(
        "stride-first-window-late",
        "The first window did not start at the first cell.",
        "The first window starts at row 0 and column 0, whatever the stride.",
        (4,),
    ),
    Misconception(
        "stride-applied-twice",
        "The stride was applied twice.",
        "The stride acts once: window (i, j) starts at row i * stride and column j * "
        "stride.",
        (4,),
    ),
    Misconception(
        "stride-taken-as-dilation",
        "The stride spread the cells inside the window.",
        "The stride moves the window; its cells stay next to each other.",
        (4,),
    ),
    Misconception(
        "dilation-taken-as-stride",
        "The dilation moved the window instead of spreading its cells.",
        "Dilation reads every dilation-th cell inside the window; the window moves by "
        "one.",
        (4,),
    ),
)
