"""Beliefs about the border of zeros around an image."""

from __future__ import annotations

from grader.misconception import Misconception

PADDING = (
    Misconception(
        "padding-top-left-only",
        "Zeros were added above and on the left only, so the image is shifted.",
        "Zeros belong on all four sides, pad cells on each.",
        (3, 4),
    ),
    Misconception(
        "padding-bottom-right-only",
        "Zeros were added below and on the right only, so the image is shifted.",
        "Zeros belong on all four sides, pad cells on each.",
        (3, 4),
    ),
    Misconception(
        "padding-rows-only",
        "Rows of zeros were added above and below, but no columns at the sides.",
        "Pad both of the last two axes: height and width.",
        (3,),
    ),
    Misconception(
        "padding-columns-only",
        "Columns of zeros were added at the sides, but no rows above and below.",
        "Pad both of the last two axes: height and width.",
        (3,),
    ),
    Misconception(
        "padding-all-axes",
        "Every axis was padded, which adds empty images or channels.",
        "Pad height and width only, the last two axes.",
        (3,),
    ),
    Misconception(
        "padding-channel-axis",
        "The channels were padded as well, which adds empty ones.",
        "Pad height and width only, the last two axes.",
        (3,),
    ),
    Misconception(
        "padding-first-axes",
        "The first two axes were padded instead of the last two.",
        "Height and width are the last two axes, whatever stands before them.",
        (3,),
    ),
    Misconception(
        "padding-fixed-at-one",
        "The padding is always 1, whatever was asked for.",
        "Use the parameter: pad cells on each side.",
        (3, 4),
    ),
    Misconception(
        "crop-fixed-at-one",
        "The border that is cut off is always 1 cell wide.",
        "Cut off as many cells as were added: padding on each side.",
        (3, 4),
    ),
    Misconception(
        "padding-zero-breaks",
        "Without padding the code takes a path that does not work.",
        "Padding 0 is an ordinary case: the image stays as it is. Note that -0 is 0, "
        "so x[0:-0] is empty.",
        (4,),
    ),
    Misconception(
        "padding-dropped",
        "The padded array was made and then not used.",
        "Padding returns a new array: keep it under a name and read from it.",
        (4,),
    ),
    Misconception(
        "padding-ignored",
        "The image was not padded at all.",
        "Surround the image with zeros, padding cells deep on each side.",
        (3, 4),
    ),
    Misconception(
        "padding-repeats-edge",
        "The border repeats the outermost cells of the image.",
        "The border is zero.",
        (3,),
    ),
    Misconception(
        "padding-reflects",
        "The border mirrors the image.",
        "The border is zero.",
        (3,),
    ),
    Misconception(
        "padding-wraps-around",
        "The border continues with the opposite side of the image.",
        "The border is zero.",
        (3,),
    ),
    Misconception(
        "padding-with-ones",
        "The border was filled with ones.",
        "The border is zero: cells outside the image add nothing to a sum.",
        (3,),
    ),
    Misconception(
        "padding-filled-with-width",
        "The border was filled with the number pad.",
        "The number pad is the width of the border; its cells are zero.",
        (3,),
    ),
    Misconception(
        "padding-doubled",
        "Twice the padding was added on each side.",
        "The number pad counts the cells on one side, so each axis grows by 2 * pad.",
        (3,),
    ),
    Misconception(
        "padding-split-between-sides",
        "The padding was split between the two sides.",
        "The number pad counts the cells on one side, so each axis grows by 2 * pad.",
        (3,),
    ),
    Misconception(
        "padding-overwrites-border",
        "The border of the image itself was set to zero.",
        "Padding adds cells around the image; every pixel stays.",
        (3,),
    ),
    Misconception(
        "padding-between-cells",
        "Zeros were inserted between the cells instead of around the image.",
        "Padding surrounds the image; zeros between cells are another operation.",
        (3,),
    ),
    Misconception(
        "same-padding-even-rounded-up",
        "An even kernel was given kernel_size // 2, which makes the output one cell "
        "too large.",
        "No equal padding keeps the size for an even kernel: refuse it with a "
        "ValueError.",
        (3,),
    ),
    Misconception(
        "same-padding-even-rounded-down",
        "An even kernel was given (kernel_size - 1) // 2, which makes the output one "
        "cell too small.",
        "No equal padding keeps the size for an even kernel: refuse it with a "
        "ValueError.",
        (3,),
    ),
    Misconception(
        "same-padding-not-halved",
        "The padding of both sides together was returned.",
        "Each side gets half of it: (kernel_size - 1) // 2.",
        (3,),
    ),
    Misconception(
        "same-padding-rounded-up",
        "Half of the odd kernel was rounded up.",
        "The kernel's centre needs no padding: (kernel_size - 1) // 2 on each side.",
        (3,),
    ),
    Misconception(
        "same-padding-half-kernel",
        "Half the kernel size was returned as a fraction.",
        "Whole cells are added: (kernel_size - 1) // 2 on each side.",
        (3,),
    ),
    Misconception(
        "same-padding-as-float",
        "The right number was returned as a float.",
        "A number of cells is an int: divide with //.",
        (3,),
    ),
    Misconception(
        "same-padding-always-one",
        "Padding 1 was returned for every kernel.",
        "Padding 1 keeps the size for a kernel of 3; in general it is (kernel_size - "
        "1) // 2.",
        (3,),
    ),
    Misconception(
        "same-padding-zero",
        "No padding was taken to keep the size.",
        "Without padding the size shrinks by kernel_size - 1; add half of that on "
        "each side.",
        (3,),
    ),
    Misconception(
        "same-padding-kernel-size",
        "As many cells as the kernel is wide were added on each side.",
        "The size shrinks by kernel_size - 1, so add half of that on each side.",
        (3,),
    ),
    Misconception(
        "same-padding-parity-exchanged",
        "Odd kernels were refused, and even ones accepted.",
        "An odd kernel has a centre and works; an even one is refused with a "
        "ValueError.",
        (3,),
    ),
)
