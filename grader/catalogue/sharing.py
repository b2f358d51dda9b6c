"""Beliefs about shared weights, shifted inputs and learned kernels."""

from __future__ import annotations

from grader.misconception import Misconception

SHARING = (
    Misconception(
        "sharing-across-filters",
        "All output channels were taken to share the same weights.",
        "Weights are shared across positions; each output channel has a filter of its "
        "own.",
        (3,),
    ),
    Misconception(
        "sharing-between-channels",
        "All input channels were taken to share the same weights.",
        "Weights are shared across positions; each channel has its own slice of the "
        "filter.",
        (3,),
    ),
    Misconception(
        "sharing-makes-connections-dense",
        "Sharing weights was mixed up with being connected to everything.",
        "Local connections say which cells are seen; sharing says that all positions "
        "use the same weights.",
        (0, 1),
    ),
    Misconception(
        "locality-mixed-up-with-sharing",
        "Seeing a small window was mixed up with sharing weights.",
        "They are two ideas: a local layer may still have separate weights for every "
        "position.",
        (0, 1),
    ),
    Misconception(
        "equivariance-taken-as-invariance",
        "A shifted input was taken to leave the feature map unchanged.",
        "The map shifts along with the input; pooling can then make small shifts "
        "disappear.",
        (3,),
    ),
    Misconception(
        "shift-lost-in-convolution",
        "A shifted input was taken to give an unrelated feature map.",
        "The same weights are used everywhere, so the map shifts along with the input.",
        (3,),
    ),
    Misconception(
        "shift-in-opposite-direction",
        "The feature map was shifted against the input.",
        "The map moves in the same direction as the input.",
        (3,),
    ),
    Misconception(
        "shift-not-divided-by-stride",
        "The feature map was shifted as many cells as the input although the stride "
        "is larger.",
        "One cell of the map is worth stride input cells: divide the shift by the "
        "stride.",
        (3,),
    ),
    Misconception(
        "convolution-invariant-to-rotation",
        "A turned input was taken to give the turned feature map.",
        "Only shifts carry over; the kernel itself is not turned.",
        (3,),
    ),
    Misconception(
        "kernels-designed-by-hand",
        "The kernels were taken to be chosen by hand.",
        "In a network the kernels are learned from data by gradient descent.",
        (0, 4),
    ),
    Misconception(
        "distant-pixels-never-meet",
        "Pixels farther apart than a window were taken never to act together.",
        "They meet in later layers, where a window holds what came from both.",
        (1, 4),
    ),
    Misconception(
        "dense-layer-knows-neighbours",
        "A dense layer was taken to know which pixels lie side by side.",
        "Flattening puts all pixels on a par; only a window keeps neighbours together.",
        (4,),
    ),
)
