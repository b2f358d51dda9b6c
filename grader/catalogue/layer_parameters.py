"""Beliefs about the parameters of dense, unshared, grouped and depthwise layers."""

from __future__ import annotations

from grader.misconception import Misconception

LAYER_PARAMETERS = (
    Misconception(
        "dense-input-without-colours",
        "The pixels were counted once although each has three colours.",
        "A colour image has 3 numbers per pixel: one megapixel and 20 neurons make "
        "60,000,000 weights.",
        (4,),
    ),
    Misconception(
        "dense-bias-per-input",
        "A bias was counted for every input.",
        "Each output neuron has one bias: inputs * outputs + outputs.",
        (4,),
    ),
    Misconception(
        "dense-inputs-and-outputs-added",
        "Inputs and outputs were added instead of multiplied.",
        "Every output is connected to every input: inputs * outputs weights.",
        (4,),
    ),
    Misconception(
        "dense-bias-as-extra-output",
        "The bias was counted as one more neuron on both sides.",
        "The bias acts as one more input, not as one more output: (inputs + 1) * "
        "outputs.",
        (4,),
    ),
    Misconception(
        "dense-neurons-counted",
        "The neurons were counted instead of the connections.",
        "Every connection has a weight: inputs * outputs, and one bias per output.",
        (4,),
    ),
    Misconception(
        "unshared-bias-per-filter",
        "One bias per filter was counted although nothing is shared.",
        "Without sharing every output cell has its own weights and its own bias.",
        (1, 3),
    ),
    Misconception(
        "unshared-weights-shared",
        "The weights were counted as if all positions shared them.",
        "Without sharing every output cell has its own kernel height * kernel width * "
        "in_channels weights.",
        (1, 3),
    ),
    Misconception(
        "unshared-one-weight-per-cell",
        "One weight was counted for every output cell.",
        "Each output cell has a whole filter: kernel height * kernel width * "
        "in_channels weights.",
        (1, 3),
    ),
    Misconception(
        "unshared-counted-as-dense",
        "Every output cell was connected to the whole image.",
        "Without sharing a cell still sees its own window only.",
        (1, 3),
    ),
    Misconception(
        "unshared-positions-of-input",
        "One filter was counted for every input cell instead of every output cell.",
        "There are as many positions as output cells: H' * W'.",
        (1, 3),
    ),
    Misconception(
        "unshared-positions-not-squared",
        "The positions were counted along one axis only.",
        "There are H' * W' positions: output height times output width.",
        (1, 3),
    ),
    Misconception(
        "grouped-parameters-not-divided",
        "Every filter was given weights for all channels.",
        "A filter of a group sees in_channels / groups channels.",
        (4,),
    ),
    Misconception(
        "grouped-parameters-divided-twice",
        "The filters were divided by the groups as well.",
        "There are still out_channels filters; only their depth is divided by groups.",
        (4,),
    ),
    Misconception(
        "depthwise-counted-as-full",
        "The depthwise step was counted as a full convolution.",
        "It has one kernel per channel: kernel height * kernel width * in_channels "
        "weights.",
        (4,),
    ),
    Misconception(
        "pointwise-step-not-counted",
        "The pointwise step was not counted.",
        "The 1x1 step adds in_channels * out_channels weights.",
        (4,),
    ),
    Misconception(
        "depthwise-step-not-counted",
        "The depthwise step was not counted.",
        "The depthwise step adds one kernel per channel: kernel height * kernel width "
        "* in_channels weights.",
        (4,),
    ),
    Misconception(
        "depthwise-and-pointwise-multiplied",
        "The weights of the two steps were multiplied.",
        "The steps follow one another, so their weights are added.",
        (4,),
    ),
)
