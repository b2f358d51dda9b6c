"""Beliefs about 3D convolution."""

from __future__ import annotations

from grader.misconception import Misconception

VOLUMES = (
    Misconception(
        "depth-not-slid",
        "The kernel was taken to span the whole depth.",
        "In 3D the kernel slides along depth as well, so the output keeps a depth "
        "axis.",
        (4,),
    ),
    Misconception(
        "depth-summed",
        "The results along the depth were added.",
        "Every position along depth gives its own output slice.",
        (4,),
    ),
    Misconception(
        "depth-flipped",
        "The kernel was reversed along depth.",
        "The kernel slides as it is along all three axes.",
        (4,),
    ),
    Misconception(
        "depth-window-missing",
        "Each slice was convolved alone, with one slice of the kernel.",
        "A 3D window also spans KD slices: sum over them.",
        (4,),
    ),
    Misconception(
        "depth-and-channels-exchanged",
        "Depth and channels were exchanged.",
        "The shape of x is (N, C, D, H, W): sum over channels, slide along depth.",
        (4,),
    ),
    Misconception(
        "depth-axes-exchanged",
        "Depth was exchanged with height or width.",
        "The order is depth, height, width.",
        (4,),
    ),
)
