"""Beliefs about the window of a pooling layer: its size and how it moves."""

from __future__ import annotations

from grader.misconception import Misconception

POOLING_WINDOW = (
    Misconception(
        "pooling-stride-taken-as-window-size",
        "The stride was used as the size of the window.",
        "Two numbers: a window starts at i * stride and is size cells long.",
        (4,),
    ),
    Misconception(
        "pooling-window-size-taken-as-stride",
        "The window moved by its own size although a stride was given.",
        "Two numbers: a window starts at i * stride and is size cells long.",
        (4,),
    ),
    Misconception(
        "pooling-default-stride-one",
        "Without a stride the window moved by one cell.",
        "When no stride is given it equals the window, so windows do not overlap.",
        (4,),
    ),
    Misconception(
        "pooling-default-stride-two",
        "Without a stride the window moved by two cells, whatever its size.",
        "When no stride is given it equals the window.",
        (4,),
    ),
    Misconception(
        "pooling-default-stride-from-height",
        "Without a stride the window moved by its height along both axes.",
        "Without a stride the window moves by its height down and by its width across.",
        (4,),
    ),
    Misconception(
        "pooling-default-stride-from-width",
        "Without a stride the window moved by its width along both axes.",
        "Without a stride the window moves by its height down and by its width across.",
        (4,),
    ),
    Misconception(
        "pooling-stride-axes-exchanged",
        "The two strides were exchanged.",
        "A stride given as a pair is (down, right): the step along the height comes "
        "first.",
        (4,),
    ),
    Misconception(
        "pooling-stride-down-for-both",
        "The stride down the image was also used across it.",
        "A stride given as a pair is (down, right), and the two may differ.",
        (4,),
    ),
    Misconception(
        "pooling-stride-right-for-both",
        "The stride across the image was also used down it.",
        "A stride given as a pair is (down, right), and the two may differ.",
        (4,),
    ),
    Misconception(
        "pooling-size-fixed-at-two",
        "The window was taken to be 2 by 2, whatever was asked for.",
        "Use the parameter size, in the window and in the output size.",
        (4,),
    ),
    Misconception(
        "pooling-window-axes-exchanged",
        "The window's height and width were exchanged.",
        "A size given as a pair is (height, width): the height comes first.",
        (4,),
    ),
    Misconception(
        "pooling-window-height-for-both",
        "The window's height was also used as its width.",
        "A size given as a pair is (height, width), and the two may differ.",
        (4,),
    ),
    Misconception(
        "pooling-window-width-for-both",
        "The window's width was also used as its height.",
        "A size given as a pair is (height, width), and the two may differ.",
        (4,),
    ),
    Misconception(
        "pooling-size-rounded-up",
        "Cells left over at the end were given a window of their own.",
        "A window that does not fit is dropped: the size is rounded down.",
        (4,),
    ),
    Misconception(
        "pooling-leftovers-from-start",
        "The leftover cells were dropped at the start of the axis.",
        "The first window starts at cell 0; what is left over at the end is dropped.",
        (4,),
    ),
)
