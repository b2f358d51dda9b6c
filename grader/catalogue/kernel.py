"""Beliefs about the kernel and what it does inside one window."""

from __future__ import annotations

from grader.misconception import Misconception

KERNEL = (
    Misconception(
        "kernel-flipped",
        "The kernel was turned by 180 degrees before sliding it.",
        "Deep-learning layers slide the kernel as it is: a cross-correlation.",
        (0, 4),
    ),
    Misconception(
        "kernel-not-flipped",
        "The kernel was slid as it is, which is a cross-correlation.",
        "A true convolution turns the kernel by 180 degrees first.",
        (4,),
    ),
    Misconception(
        "kernel-flipped-vertically-only",
        "The kernel was turned upside down but not left to right.",
        "For a turn by 180 degrees both axes are reversed.",
        (4,),
    ),
    Misconception(
        "kernel-flipped-horizontally-only",
        "The kernel was turned left to right but not upside down.",
        "For a turn by 180 degrees both axes are reversed.",
        (4,),
    ),
    Misconception(
        "kernel-transposed",
        "The rows and columns of the kernel were exchanged.",
        "Exchanging rows and columns is not a turn: a flip reverses the order along "
        "both axes.",
        (4,),
    ),
    Misconception(
        "kernel-turned-by-90-degrees",
        "The kernel was turned by a quarter turn.",
        "Cross-correlation does not turn the kernel; true convolution turns it by 180 "
        "degrees.",
        (4,),
    ),
    Misconception(
        "kernel-channels-reversed",
        "The order of the channels was reversed together with the kernel.",
        "Only height and width are ever reversed; channel c of the kernel meets "
        "channel c of the image.",
        (4,),
    ),
    Misconception(
        "image-flipped",
        "The image was turned instead of the kernel, so the result is turned as well.",
        "Turn the kernel and leave the image as it is.",
        (4,),
    ),
    Misconception(
        "output-flipped",
        "The result came out turned by 180 degrees.",
        "The first output cell belongs to the window at the top left.",
        (4,),
    ),
    Misconception(
        "output-kept-at-input-size",
        "The output was filled up to the size of the image.",
        "Without padding only windows inside the image count: (H - KH + 1, W - KW + "
        "1).",
        (3, 4),
    ),
    Misconception(
        "output-keeps-full-overlap",
        "Windows that reach over the border were counted too.",
        "Only windows that lie fully inside the image count: (H - KH + 1, W - KW + 1).",
        (3, 4),
    ),
    Misconception(
        "window-averaged",
        "The products in the window were averaged.",
        "Add the products; do not divide by their number.",
        (0, 4),
    ),
    Misconception(
        "window-maximum-of-products",
        "The largest product in the window was taken.",
        "Add all products in the window.",
        (0, 4),
    ),
    Misconception(
        "window-summed-without-kernel",
        "The cells of the window were added without the weights.",
        "Multiply each cell by the weight that lies over it, then add.",
        (0, 4),
    ),
    Misconception(
        "window-matrix-product",
        "The window was multiplied with the kernel as matrices.",
        "Multiply cell by cell with *, then add; a convolution is not a matrix "
        "product of window and kernel.",
        (0, 4),
    ),
    Misconception(
        "negative-values-clipped",
        "Negative results were set to zero.",
        "A convolution keeps the sign; clipping is the job of an activation such as "
        "ReLU.",
        (0,),
    ),
    Misconception(
        "kernel-height-used-for-width",
        "The kernel's height was also used as its width.",
        "A kernel need not be square: rows use KH, columns use KW.",
        (4,),
    ),
    Misconception(
        "kernel-width-used-for-height",
        "The kernel's width was also used as its height.",
        "A kernel need not be square: rows use KH, columns use KW.",
        (4,),
    ),
    Misconception(
        "kernel-height-and-width-exchanged",
        "The kernel's height and width were exchanged.",
        "A kernel has shape (KH, KW): the height comes first.",
        (4,),
    ),
    Misconception(
        "kernel-size-fixed-at-three",
        "The kernel was treated as 3 by 3, whatever its size.",
        "Read the size from the kernel's shape.",
        (4,),
    ),
)
