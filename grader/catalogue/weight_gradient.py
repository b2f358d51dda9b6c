"""Beliefs about the gradient of a convolution for its weights and bias."""

from __future__ import annotations

from grader.misconception import Misconception

WEIGHT_GRADIENT = (
    Misconception(
        "weight-gradient-assigned",
        "Each window overwrote the weight gradient, so only the last window counts.",
        "The same weights served every window: add all contributions with +=.",
        (4,),
    ),
    Misconception(
        "weight-gradient-from-unpadded-image",
        "The weight gradient was computed from the image without its padding.",
        "The weights saw the padded image, so use that one.",
        (4,),
    ),
    Misconception(
        "weight-gradient-from-input-gradient",
        "The weight gradient was computed from dx instead of x.",
        "The weight gradient needs the input, the input gradient needs the weights.",
        (4,),
    ),
    Misconception(
        "weight-gradient-flipped",
        "The weight gradient came out turned by 180 degrees.",
        "Slide the output gradient over the input, not the other way round.",
        (4,),
    ),
    Misconception(
        "weight-gradient-channels-summed",
        "The channels were added together in the weight gradient.",
        "Each channel has its own weights and so its own gradient.",
        (4,),
    ),
    Misconception(
        "weight-gradient-one-sample",
        "The weight gradient comes from one image of the batch only.",
        "The same weights served all images: add their contributions.",
        (4,),
    ),
    Misconception(
        "weight-gradient-batch-mean",
        "The weight gradient was averaged over the batch.",
        "The gradient is the sum over the images; nothing is divided here.",
        (4,),
    ),
    Misconception(
        "weight-gradient-transposed",
        "The rows and columns of the weight gradient were exchanged.",
        "The gradient dw has the shape (K, C, KH, KW) of w: rows stay rows.",
        (4,),
    ),
    Misconception(
        "bias-gradient-wrong-axes",
        "The bias gradient was summed over the wrong axes.",
        "Sum dout over images, rows and columns: one number per filter.",
        (4,),
    ),
    Misconception(
        "bias-gradient-mean",
        "The bias gradient was averaged.",
        "The bias was added to every cell of every image, so add up all their "
        "gradients.",
        (4,),
    ),
    Misconception(
        "bias-gradient-batch-mean",
        "The bias gradient was divided by the number of images.",
        "Sum over images, rows and columns; nothing is divided here.",
        (4,),
    ),
    Misconception(
        "bias-gradient-one-sample",
        "The bias gradient comes from one image of the batch only.",
        "Sum over all images, rows and columns.",
        (4,),
    ),
    Misconception(
        "bias-gradient-per-sample",
        "A bias gradient was kept for every image.",
        "All images share the bias: sum over the images too.",
        (4,),
    ),
    Misconception(
        "bias-gradient-one-cell",
        "The bias gradient was taken from one output cell only.",
        "The bias was added to every cell of the map: sum over rows and columns.",
        (4,),
    ),
    Misconception(
        "bias-gradient-counts-cells",
        "The bias gradient counts the cells and leaves their gradients out.",
        "Add the values of dout over images, rows and columns.",
        (4,),
    ),
)
