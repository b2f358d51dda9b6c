"""Beliefs about flattened convolution: one filter per axis."""

from __future__ import annotations

from grader.misconception import Misconception

FLATTENED = (
    Misconception(
        "flattened-parts-exchanged",
        "Column and row filters were exchanged.",
        "First along the channels, then the column down H, then the row across W.",
        (4,),
    ),
    Misconception(
        "flattened-channel-filter-missing",
        "The filter along the channels is missing.",
        "The channel filter comes first: it weights the channels and adds them.",
        (4,),
    ),
    Misconception(
        "flattened-channels-all-summed",
        "All channels were added up without their weights.",
        "The channel filter gives every channel its own weight.",
        (4,),
    ),
    Misconception(
        "flattened-channel-filter-flipped",
        "The filter along the channels was reversed.",
        "The filters slide as they are: a cross-correlation.",
        (4,),
    ),
    Misconception(
        "flattened-row-filter-missing",
        "The filter across the width is missing.",
        "All three filters are applied, one after the other: C, then H, then W.",
        (4,),
    ),
    Misconception(
        "flattened-column-filter-missing",
        "The filter down the height is missing.",
        "All three filters are applied, one after the other: C, then H, then W.",
        (4,),
    ),
    Misconception(
        "flattened-filters-added",
        "The results of the three filters were added.",
        "Each filter is applied to the result of the one before.",
        (4,),
    ),
    Misconception(
        "flattened-cost-multiplied",
        "The weights of the three filters were multiplied to count them.",
        "They are applied one after the other, so their weights are added.",
        (4,),
    ),
)
