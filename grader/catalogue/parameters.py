"""Beliefs about the number of parameters of a convolution."""

from __future__ import annotations

from grader.misconception import Misconception

PARAMETERS = (
    Misconception(
        "parameters-without-bias",
        "The biases were not counted.",
        "Each filter, or each neuron of a dense layer, has one bias of its own.",
        (2, 4),
    ),
    Misconception(
        "parameters-bias-although-off",
        "Biases were counted although the layer has none.",
        "With bias=False only the weights count.",
        (2, 4),
    ),
    Misconception(
        "parameters-one-bias-per-layer",
        "One bias was counted for the whole layer.",
        "Each filter, or each neuron of a dense layer, has one bias of its own.",
        (2, 4),
    ),
    Misconception(
        "parameters-without-channels",
        "The depth of the input was left out of the filter.",
        "A filter spans all channels: kernel height * kernel width * in_channels "
        "weights.",
        (4,),
    ),
    Misconception(
        "parameters-without-filters",
        "Only one filter was counted.",
        "Every output channel has a filter of its own: multiply by out_channels.",
        (2, 4),
    ),
    Misconception(
        "parameters-bias-per-channel",
        "A bias was counted for every input channel of every filter.",
        "A filter has one bias, whatever its depth.",
        (2, 4),
    ),
    Misconception(
        "parameters-bias-per-input-channel",
        "As many biases were counted as there are input channels.",
        "There is one bias per filter: out_channels biases.",
        (2, 4),
    ),
    Misconception(
        "parameters-bias-per-weight",
        "A bias was counted for every weight.",
        "A filter, or a neuron of a dense layer, has one bias for all its weights.",
        (2, 4),
    ),
    Misconception(
        "parameters-kernel-not-squared",
        "The kernel was counted with one side only.",
        "A kernel has height times width weights for each channel.",
        (4,),
    ),
    Misconception(
        "parameters-kernel-side-doubled",
        "The sides of the kernel were added instead of multiplied.",
        "A kernel has height times width weights for each channel.",
        (4,),
    ),
    Misconception(
        "parameters-channels-added",
        "Input and output channels were added instead of multiplied.",
        "Each of the out_channels filters has weights for each of the in_channels "
        "channels.",
        (4,),
    ),
    Misconception(
        "neurons-counted-as-parameters",
        "The outputs of the layer were counted instead of its weights.",
        "All neurons of a map share one filter, so its weights count once, however "
        "many neurons there are.",
        (1, 3, 4),
    ),
    Misconception(
        "parameters-counted-as-neurons",
        "The weights of the layer were counted instead of its outputs.",
        "The neurons are the cells of the output: H' * W' * out_channels.",
        (1, 3, 4),
    ),
    Misconception(
        "parameters-not-shared",
        "Separate weights were counted for every position.",
        "The same filter serves every position, so its weights count once.",
        (0, 1, 3),
    ),
    Misconception(
        "parameters-depend-on-image-size",
        "The image size was made part of the count.",
        "The filters are the same for an image of any size.",
        (3, 4),
    ),
)
