"""Beliefs about channels, filters and the images of a batch."""

from __future__ import annotations

from grader.misconception import Misconception

CHANNELS = (
    Misconception(
        "last-channel-wins",
        "Each channel replaced the one before, so only the last one counts.",
        "Add the channels up: the map is the sum over all of them.",
        (2, 4),
    ),
    Misconception(
        "first-channel-only",
        "Only the first channel was used.",
        "A filter spans all channels: add up what each contributes.",
        (2, 4),
    ),
    Misconception(
        "channels-not-summed",
        "Each channel was given a map of its own.",
        "A filter spans all channels and sums them into one map.",
        (2, 4),
    ),
    Misconception(
        "channels-averaged",
        "The channels were averaged.",
        "Add what the channels contribute; do not divide by their number.",
        (2, 4),
    ),
    Misconception(
        "first-kernel-slice-for-all-channels",
        "The same slice of the filter was used for all channels.",
        "A filter has its own slice for each channel: w[k, c].",
        (2, 4),
    ),
    Misconception(
        "all-samples-in-window",
        "The window holds every image of the batch, so all images get the same result.",
        "A window belongs to one image: start the index with n.",
        (4,),
    ),
    Misconception(
        "sample-index-fixed",
        "The same image was read for every result.",
        "Result n comes from image n.",
        (4,),
    ),
    Misconception(
        "sample-index-missing",
        "The index of the image was left out, so the window was cut from the wrong "
        "axes.",
        "The first index is the image: x[n, c, rows, columns].",
        (4,),
    ),
    Misconception(
        "first-sample-only",
        "Only the first image was processed.",
        "Loop over all N images of the batch.",
        (4,),
    ),
    Misconception(
        "last-sample-only",
        "Only the last image was kept.",
        "Keep one result for each of the N images.",
        (4,),
    ),
    Misconception(
        "samples-averaged",
        "The images of the batch were averaged.",
        "Every image has its own result: the first axis keeps its length N.",
        (4,),
    ),
    Misconception(
        "samples-summed",
        "The images of the batch were added together.",
        "Every image has its own result: the first axis keeps its length N.",
        (4,),
    ),
    Misconception(
        "filter-chosen-by-sample",
        "The filter was chosen by the number of the image.",
        "The filter is chosen by the output channel: map k uses w[k].",
        (4,),
    ),
    Misconception(
        "filter-chosen-by-channel",
        "The filter was chosen by the input channel.",
        "The filter is chosen by the output channel: map k uses w[k], summed over all "
        "channels.",
        (4,),
    ),
    Misconception(
        "first-filter-only",
        "The first filter was used for every map.",
        "Map k uses its own filter w[k].",
        (2, 4),
    ),
    Misconception(
        "filters-in-reverse-order",
        "The maps come in the reverse order of the filters.",
        "Map k comes from filter k.",
        (2, 4),
    ),
    Misconception(
        "filter-and-channel-axes-exchanged",
        "The first two axes of the weights were exchanged.",
        "Weights have shape (K, C, KH, KW): the filter comes first, then the input "
        "channel.",
        (2, 4),
    ),
    Misconception(
        "channel-axis-last",
        "The channels were expected, or returned, on the last axis.",
        "Images have shape (N, C, H, W): the channel axis comes before height and "
        "width.",
        (2,),
    ),
    Misconception(
        "sample-and-channel-axes-exchanged",
        "The image axis and the channel axis were exchanged.",
        "Images have shape (N, C, H, W): images first, then channels.",
        (2,),
    ),
    Misconception(
        "filter-depth-of-the-image",
        "Filters of later layers were given the depth of the image.",
        "A filter is as deep as what it reads: the number of maps of the layer before.",
        (2, 4),
    ),
    Misconception(
        "filter-depth-is-number-of-filters",
        "The number of filters was taken as their depth.",
        "A filter is as deep as its input; how many filters there are is free.",
        (2, 4),
    ),
)
