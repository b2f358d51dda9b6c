"""Beliefs about how far a stack of layers sees."""

from __future__ import annotations

from grader.misconception import Misconception

RECEPTIVE_FIELD = (
    Misconception(
        "receptive-field-kernels-added",
        "The kernel sizes were added.",
        "Neighbouring windows overlap: each layer adds (kernel - 1) times the strides "
        "before it.",
        (1, 4),
    ),
    Misconception(
        "receptive-field-own-stride",
        "The stride of a layer was used for that layer's own growth.",
        "A layer grows the field by (kernel - 1) times the strides of the layers "
        "before it.",
        (4,),
    ),
    Misconception(
        "receptive-field-kernels-multiplied",
        "The kernel sizes were multiplied.",
        "Fields add up: each layer adds (kernel - 1) times the strides before it.",
        (4,),
    ),
    Misconception(
        "receptive-field-pooling-ignored",
        "Pooling layers were left out.",
        "Pooling has a window and a stride, and widens the field as a convolution "
        "does.",
        (4,),
    ),
    Misconception(
        "receptive-field-padding-added",
        "The padding was added to the field.",
        "Padding adds zeros outside the image; how far a neuron sees does not change.",
        (4,),
    ),
    Misconception(
        "receptive-field-strides-ignored",
        "The strides were left out.",
        "After a stride, each step is worth that many input cells: multiply by the "
        "strides before.",
        (4,),
    ),
    Misconception(
        "receptive-field-strides-added",
        "The strides were added up instead of multiplied.",
        "Strides of successive layers multiply: 2 then 2 moves 4 input cells.",
        (4,),
    ),
    Misconception(
        "receptive-field-without-first-cell",
        "The field was started at 0.",
        "Even without a layer a neuron sees one cell: start at 1.",
        (4,),
    ),
    Misconception(
        "receptive-field-previous-stride-only",
        "Only the stride of the layer just before was used.",
        "Multiply the strides of all layers before this one.",
        (4,),
    ),
    Misconception(
        "receptive-field-last-layer-only",
        "Only the last layer was counted.",
        "Every layer widens the field; go through all of them.",
        (1, 4),
    ),
    Misconception(
        "receptive-field-layers-reversed",
        "The layers were read from the last to the first.",
        "The strides that count are those between the input and the layer.",
        (4,),
    ),
    Misconception(
        "receptive-field-largest-kernel",
        "The largest kernel was taken as the field.",
        "Each layer adds (kernel - 1) times the strides before it.",
        (1, 4),
    ),
    Misconception(
        "receptive-field-squared",
        "The field was given as an area.",
        "The field is given along one axis, as a length.",
        (1, 4),
    ),
)
