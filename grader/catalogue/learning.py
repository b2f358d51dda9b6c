"""Beliefs about learning a kernel by gradient descent."""

from __future__ import annotations

from grader.misconception import Misconception

LEARNING = (
    Misconception(
        "learning-uphill",
        "The step went along the gradient, so the error grows.",
        "Step against the gradient: kernel -= rate * gradient.",
        (4,),
    ),
    Misconception(
        "learning-never-steps",
        "The kernel was returned as it was at the start.",
        "Repeat steps times: compute the error, its gradient, and take a step.",
        (4,),
    ),
    Misconception(
        "learning-one-step-only",
        "Only one step was taken.",
        "Repeat the step as many times as steps says.",
        (4,),
    ),
    Misconception(
        "learning-starts-again-each-step",
        "Every step started from the first kernel again.",
        "Each step continues from the kernel of the step before.",
        (4,),
    ),
    Misconception(
        "learning-gradient-of-one-window",
        "The gradient was taken from one window only.",
        "All windows share the kernel: sum their contributions.",
        (4,),
    ),
    Misconception(
        "learning-same-step-for-all-weights",
        "All weights were moved by the same amount.",
        "Each weight has its own gradient: the errors times the cells that this "
        "weight has seen.",
        (4,),
    ),
    Misconception(
        "learning-ignores-input",
        "The error was used as the gradient, without the image.",
        "The gradient of a weight is the sum of error times the input cell under it.",
        (4,),
    ),
    Misconception(
        "learning-ignores-error",
        "The gradient was computed from the target map instead of the error.",
        "The error is the difference: prediction - feature_map.",
        (4,),
    ),
    Misconception(
        "learning-step-too-large",
        "The steps were too large, so the error grew without limit.",
        "Choose a smaller rate: the error must shrink from step to step.",
        (4,),
    ),
    Misconception(
        "learning-step-too-small",
        "The steps were too small to get near the kernel.",
        "Choose a larger rate, just small enough that the error still shrinks.",
        (4,),
    ),
    Misconception(
        "learning-returns-map",
        "The predicted map was returned.",
        "Return the kernel that was learned.",
        (4,),
    ),
    Misconception(
        "learning-known-kernel-returned",
        "A fixed edge kernel was returned, whatever the map.",
        "The kernel must be found from the image and its feature map.",
        (0, 4),
    ),
    Misconception(
        "learning-kernel-shape-fixed",
        "The learned kernel has a fixed shape.",
        "Its shape is given by kernel_size.",
        (4,),
    ),
)
