"""Beliefs about the number of multiply-adds."""

from __future__ import annotations

from grader.misconception import Misconception

MULTIPLICATIONS = (
    Misconception(
        "multiplications-include-bias",
        "The additions of the bias were counted.",
        "The bias is added, not multiplied: count the products in the windows only.",
        (4,),
    ),
    Misconception(
        "multiplications-at-input-size",
        "The window was counted once for every input cell.",
        "Count it once for every output cell: H' * W' positions.",
        (4,),
    ),
    Misconception(
        "multiplications-kernel-not-squared",
        "Only one side of the kernel was counted in the products.",
        "A window has height times width cells for each channel.",
        (4,),
    ),
    Misconception(
        "multiplications-without-channels",
        "The depth of the window was left out of the products.",
        "A window spans all channels: multiply by in_channels.",
        (4,),
    ),
    Misconception(
        "multiplications-without-filters",
        "The products of one filter only were counted.",
        "Every filter does its own products: multiply by out_channels.",
        (4,),
    ),
    Misconception(
        "multiplications-counted-as-parameters",
        "The weights were counted instead of the products.",
        "Each weight is used at every position: multiply by the number of output "
        "cells.",
        (4,),
    ),
    Misconception(
        "multiplications-and-additions-apart",
        "Products and additions were counted separately.",
        "One multiply-add is a product together with its addition: count it once.",
        (4,),
    ),
    Misconception(
        "multiplications-output-not-squared",
        "The positions of the window were counted along one axis only.",
        "The window takes H' * W' positions.",
        (4,),
    ),
    Misconception(
        "multiplications-zeros-not-counted",
        "Products with the zeros of the border were left out.",
        "The layer computes them like any other product, so they count.",
        (4,),
    ),
)
