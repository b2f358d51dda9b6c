"""Beliefs about the gradient of a convolution for its input."""

from __future__ import annotations

from grader.misconception import Misconception

INPUT_GRADIENT = (
    Misconception(
        "gradient-crop-empty-without-padding",
        "With padding 0 the crop [padding:-padding] selects nothing, because -0 is 0.",
        "Cut by length: [padding:padding + H] works for every padding.",
        (4,),
    ),
    Misconception(
        "input-gradient-not-copied",
        "The gradient was collected in a padded array that never reached the result.",
        "Return the padded gradient without its border.",
        (4,),
    ),
    Misconception(
        "input-gradient-not-cropped",
        "The gradient for the padded image was returned.",
        "Cut off the border: dx has the shape of x.",
        (4,),
    ),
    Misconception(
        "input-gradient-cropped-at-one-end",
        "The border was cut off at one end of each axis only, so the gradient is "
        "shifted.",
        "The image starts at index padding: cut [padding:padding + H].",
        (4,),
    ),
    Misconception(
        "input-gradient-assigned",
        "In dx, a later window overwrote what an earlier one had added.",
        "A cell under several windows receives the sum of all contributions: use +=.",
        (4,),
    ),
    Misconception(
        "input-gradient-last-filter",
        "The input gradient comes from the last filter only.",
        "All filters read the input: make the array before the loop over filters and "
        "add to it.",
        (4,),
    ),
    Misconception(
        "input-gradient-last-sample",
        "Only the last image received its input gradient.",
        "Crop and store the gradient inside the loop over the images.",
        (4,),
    ),
    Misconception(
        "input-gradient-first-channel",
        "The input gradient was computed with the first channel's weights for all "
        "channels.",
        "Channel c of dx uses w[:, c].",
        (4,),
    ),
    Misconception(
        "gradient-buffer-not-zero",
        "The gradient was collected in an array that did not start at zero.",
        "Start from zeros: empty_like holds whatever was in memory, and a copy of x "
        "holds x.",
        (4,),
    ),
    Misconception(
        "gradient-without-incoming",
        "The incoming gradient was left out, so the answer is the same for every dout.",
        "Multiply each contribution by dout at that output position.",
        (4,),
    ),
    Misconception(
        "input-gradient-kernel-not-turned",
        "The kernel was not turned on the way back.",
        "Going back the kernel is turned by 180 degrees; adding dout * w window by "
        "window does it by itself.",
        (4,),
    ),
    Misconception(
        "input-gradient-stride-ignored",
        "The gradients were set side by side although the windows were stride cells "
        "apart.",
        "Put stride - 1 zeros between the gradients, or add each window at its own "
        "place.",
        (4,),
    ),
    Misconception(
        "input-gradient-kernel-channels-exchanged",
        "Filters and channels of the weights were exchanged on the way back.",
        "Channel c of dx sums over the filters k: w[k, c].",
        (4,),
    ),
    Misconception(
        "gradients-in-wrong-order",
        "The gradients were returned in another order.",
        "Return (dx, dw, db), in the order of the parameters x, w, b.",
        (4,),
    ),
    Misconception(
        "gradient-sign-reversed",
        "The gradient has the wrong sign.",
        "A gradient points uphill; the minus sign belongs to the step of gradient "
        "descent.",
        (4,),
    ),
    Misconception(
        "input-gradient-times-input",
        "The input gradient was computed from the input instead of the weights.",
        "The input gradient needs the weights: the slope of a product is the other "
        "factor.",
        (4,),
    ),
)
