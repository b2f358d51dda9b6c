"""Beliefs about grouped and depthwise separable convolution."""

from __future__ import annotations

from grader.misconception import Misconception

GROUPED = (
    Misconception(
        "groups-ignored",
        "Every filter was given all channels.",
        "A filter sees the channels of its own group only: C / groups of them.",
        (4,),
    ),
    Misconception(
        "groups-first-channels-for-all",
        "All groups read the channels of the first group.",
        "Group g reads its own channels, from g * C / groups on.",
        (4,),
    ),
    Misconception(
        "groups-interleaved",
        "The channels were dealt to the groups in turn.",
        "A group takes neighbouring channels: the first C / groups belong to group 0.",
        (4,),
    ),
    Misconception(
        "groups-filters-interleaved",
        "The filters were dealt to the groups in turn.",
        "A group takes neighbouring filters: the first K / groups belong to group 0.",
        (4,),
    ),
    Misconception(
        "groups-summed",
        "The maps of the groups were added.",
        "The maps of the groups are put one after another: K maps in all.",
        (4,),
    ),
    Misconception(
        "groups-in-reverse-order",
        "The groups were put together in reverse order.",
        "The maps of group 0 come first.",
        (4,),
    ),
    Misconception(
        "groups-number-taken-as-size",
        "The number of groups was used as the number of channels in a group.",
        "A group has C / groups channels.",
        (4,),
    ),
    Misconception(
        "depthwise-channels-summed",
        "The depthwise step added the channels.",
        "The depthwise step keeps the channels apart: one map for each.",
        (4,),
    ),
    Misconception(
        "depthwise-first-kernel-for-all",
        "The first depthwise kernel was used for every channel.",
        "Channel c has its own kernel: depthwise[c].",
        (4,),
    ),
    Misconception(
        "depthwise-missing",
        "The depthwise step is missing.",
        "Each channel is first convolved with its own kernel, then the 1x1 step mixes "
        "them.",
        (4,),
    ),
)
