"""Beliefs about im2col: windows as columns, a convolution as one product."""

from __future__ import annotations

from grader.misconception import Misconception

PATCHES = (
    Misconception(
        "patches-channel-fastest",
        "Inside a patch the channel changes fastest.",
        "The channel changes slowest: all cells of channel 0, then those of channel 1.",
        (4,),
    ),
    Misconception(
        "patches-on-first-axis",
        "Each patch was stored as a row.",
        "Each patch is a column: the result has shape (N, C * KH * KW, L).",
        (4,),
    ),
    Misconception(
        "patches-in-column-order",
        "The patches were listed column by column.",
        "Windows are taken row by row: the first row of windows from left to right, "
        "then the next.",
        (4,),
    ),
    Misconception(
        "patch-cells-in-column-order",
        "The cells of a patch were listed column by column.",
        "Inside a patch the cells are read row by row.",
        (4,),
    ),
    Misconception(
        "patches-of-all-samples-joined",
        "The patches of all images were put into one matrix.",
        "Every image keeps its own matrix: the first axis is N.",
        (4,),
    ),
    Misconception(
        "patches-side-by-side",
        "The windows were cut side by side, without overlap.",
        "The windows start stride cells apart, and may overlap.",
        (4,),
    ),
    Misconception(
        "patches-reshaped-to-wrong-axes",
        "The axes were joined without first being put in order, which scrambles the "
        "values.",
        "Bring the axes into the order N, C, KH, KW, H', W' before reshaping.",
        (4,),
    ),
    Misconception(
        "patch-product-reshaped-wrongly",
        "The product was cut into maps along the wrong axis.",
        "The product has shape (N, K, L); unfold its last axis into H' rows of W' "
        "cells.",
        (4,),
    ),
    Misconception(
        "patch-weights-reshaped-wrongly",
        "The weights were flattened in another order than the patches.",
        "Each filter is one row: w.reshape(K, C * KH * KW).",
        (4,),
    ),
    Misconception(
        "patches-computed-cell-by-cell",
        "The result was computed one cell at a time in Python.",
        "Cut all patches first, then let one matrix product do the sums.",
        (4,),
    ),
)
