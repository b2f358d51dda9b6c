"""Every mistake seen in public coursework and forums has its entry.

The keys are the short names of the survey of 214 distinct wrong implementations,
forum threads and quiz questions on which the catalogue rests; the values are the
ids that tell the student.
"""

from __future__ import annotations

import pytest

from grader.catalogue import CATALOGUE

EVIDENCE = {
    "SHAPE-NO-PLUS1": ("output-size-without-plus-one",),
    "SHAPE-PLUS1-INSIDE": ("output-size-plus-one-before-division",),
    "SHAPE-PAD-ONCE": ("padding-counted-once",),
    "SHAPE-ROUND": (
        "output-size-rounded-up",
        "output-size-rounded-to-nearest",
        "output-size-not-rounded",
    ),
    "SHAPE-HW": (
        "height-and-width-exchanged",
        "width-computed-from-height",
        "height-computed-from-width",
        "output-transposed",
        "flat-index-stepped-by-height",
    ),
    "SHAPE-FILTERCOUNT": ("filter-count-used-as-kernel-size",),
    "SHAPE-FROM-INPUT": ("loop-bound-from-input",),
    "SHAPE-TWICE": ("kernel-subtracted-twice",),
    "SHAPE-DEPTH": (
        "output-depth-equals-input-depth",
        "output-depth-filters-times-channels",
    ),
    "SHAPE-POOL-DEPTH": ("pooling-depth-one",),
    "RESHAPE-NOT-TRANSPOSE": ("reshape-instead-of-transpose",),
    "PAD-ONE-SIDE": ("padding-top-left-only", "padding-bottom-right-only"),
    "PAD-ALL-AXES": ("padding-all-axes", "padding-channel-axis"),
    "PAD-FIXED-1": ("padding-fixed-at-one", "crop-fixed-at-one"),
    "PAD-ZERO-CASE": ("padding-zero-breaks",),
    "PAD-DROPPED": ("padding-dropped",),
    "PAD-MODE": ("padding-repeats-edge", "padding-reflects", "padding-wraps-around"),
    "PAD-SAME-EVEN": ("same-padding-even-rounded-up", "same-padding-even-rounded-down"),
    "STR-IGNORED": ("stride-ignored",),
    "STR-ONE-AXIS": ("stride-rows-only", "stride-columns-only"),
    "STR-ON-OUTPUT": ("stride-on-output",),
    "STR-VS-DILATION": ("stride-taken-as-dilation", "dilation-taken-as-stride"),
    "DIL-SIZE": ("dilation-size-multiplied", "dilation-size-added"),
    "DIL-OFF-BY-ONE": ("dilation-off-by-one",),
    "DIL-SHAPE": ("dilation-missing-from-shape",),
    "DIL-PARAMS": ("dilation-gaps-have-weights",),
    "FLIP-EXTRA": ("kernel-flipped",),
    "FLIP-MISSING": ("kernel-not-flipped",),
    "FLIP-ONE-AXIS": (
        "kernel-flipped-vertically-only",
        "kernel-flipped-horizontally-only",
    ),
    "FLIP-TRANSPOSE": ("kernel-transposed",),
    "FLIP-CHANNELS": ("kernel-channels-reversed",),
    "CH-LAST": ("last-channel-wins",),
    "CH-NOT-SUMMED": ("channels-not-summed",),
    "CH-WHOLE-BATCH": ("all-samples-in-window",),
    "CH-SAMPLE-FIXED": ("sample-index-fixed",),
    "CH-SAMPLE-MISSING": ("sample-index-missing",),
    "CH-FILTER-BY-SAMPLE": ("filter-chosen-by-sample",),
    "CH-LAYOUT": ("channel-axis-last", "sample-and-channel-axes-exchanged"),
    "IDX-SAME": ("row-index-used-for-columns", "column-index-used-for-rows"),
    "IDX-RETURN-IN-LOOP": ("return-inside-loop",),
    "BIAS-FORGOTTEN": ("bias-forgotten",),
    "BIAS-PER-ELEMENT": ("bias-per-element",),
    "BIAS-PER-CHANNEL": ("bias-per-channel",),
    "FIXED-TO-TEST": ("example-size-hard-coded",),
    "UNFINISHED": ("unfinished",),
    "POOL-STRIDE-IS-SIZE": (
        "pooling-stride-taken-as-window-size",
        "pooling-window-size-taken-as-stride",
    ),
    "POOL-DEFAULT-STRIDE": ("pooling-default-stride-one",),
    "POOL-SIZE-FIXED": ("pooling-size-fixed-at-two",),
    "POOL-HW": (
        "pooling-window-axes-exchanged",
        "pooling-window-height-for-both",
        "pooling-window-width-for-both",
    ),
    "POOL-WHOLE-IMAGE": ("pooling-whole-map",),
    "POOL-MAX-FROM-0": ("pooling-maximum-from-zero",),
    "POOL-PAD-ZERO": ("pooling-pads-with-zero",),
    "POOL-CEIL": ("pooling-size-rounded-up",),
    "POOL-MEAN-MAX": (
        "pooling-mean-instead-of-maximum",
        "pooling-maximum-instead-of-mean",
    ),
    "POOL-AVG-DIVISOR": (
        "pooling-mean-divided-by-stride",
        "pooling-mean-divided-by-side",
        "pooling-mean-divided-by-real-cells",
    ),
    "POOL-ACROSS-CHANNELS": ("pooling-across-channels",),
    "POOL-PARAMS": ("pooling-has-weights",),
    "MPB-ASSIGN": (
        "max-pool-gradient-assigned",
        "max-pool-gradient-window-overwritten",
    ),
    "MPB-ALL-TIES": ("max-pool-gradient-to-all-ties",),
    "MPB-GLOBAL-VALUE": ("max-pool-gradient-by-value-everywhere",),
    "MPB-CLOSE-MASK": ("max-pool-gradient-to-near-maxima",),
    "MPB-DOUT": ("max-pool-gradient-without-incoming",),
    "MPB-WRONG-OPERAND": (
        "max-pool-gradient-times-input",
        "max-pool-gradient-times-slice",
    ),
    "MPB-MASK-FROM-GRAD": ("max-pool-gradient-mask-from-gradient",),
    "MPB-AVG": ("max-pool-gradient-spread-evenly",),
    "MPB-NOT-DIFF": ("max-pool-not-differentiable",),
    "APB-NOT-DIVIDED": ("average-pool-gradient-not-divided",),
    "APB-PERIMETER": ("average-pool-gradient-divided-by-perimeter",),
    "CB-CROP-PAD0": ("gradient-crop-empty-without-padding",),
    "CB-NOT-COPIED": ("input-gradient-not-copied",),
    "CB-NOT-CROPPED": ("input-gradient-not-cropped",),
    "CB-ASSIGN": ("input-gradient-assigned", "weight-gradient-assigned"),
    "CB-DW-UNPADDED": ("weight-gradient-from-unpadded-image",),
    "CB-DW-FROM-DX": ("weight-gradient-from-input-gradient",),
    "CB-DW-FLIPPED": ("weight-gradient-flipped",),
    "CB-DW-CHANNEL-SUM": ("weight-gradient-channels-summed",),
    "CB-DW-ONE-SAMPLE": ("weight-gradient-one-sample",),
    "CB-LAST-FILTER": ("input-gradient-last-filter",),
    "CB-LAST-SAMPLE": ("input-gradient-last-sample",),
    "CB-BUFFER": ("gradient-buffer-not-zero",),
    "CB-DOUT": ("gradient-without-incoming",),
    "CB-DX-NO-FLIP": ("input-gradient-kernel-not-turned",),
    "CB-DX-STRIDE": ("input-gradient-stride-ignored",),
    "CB-DB-AXES": ("bias-gradient-wrong-axes",),
    "CB-DB-MEAN": ("bias-gradient-mean", "bias-gradient-batch-mean"),
    "PAR-NO-BIAS": ("parameters-without-bias",),
    "PAR-NO-CHANNELS": ("parameters-without-channels",),
    "PAR-BIAS-PER-CHANNEL": (
        "parameters-bias-per-channel",
        "parameters-bias-per-input-channel",
    ),
    "PAR-ACTIVATIONS": ("neurons-counted-as-parameters",),
    "PAR-NOT-SHARED": ("parameters-not-shared",),
    "PAR-IMAGE-SIZE": ("parameters-depend-on-image-size",),
    "PAR-FNN-RGB": ("dense-input-without-colours",),
    "PAR-GROUPS": ("grouped-parameters-not-divided",),
    "PAR-DEPTHWISE": (
        "depthwise-counted-as-full",
        "pointwise-step-not-counted",
        "depthwise-step-not-counted",
    ),
    "CON-STRIDE": ("connected-stride-ignored",),
    "CON-DENSE": ("connected-to-every-input",),
    "RF-SUM-KERNELS": ("receptive-field-kernels-added",),
    "RF-OWN-STRIDE": ("receptive-field-own-stride",),
    "RF-PRODUCT": ("receptive-field-kernels-multiplied",),
    "RF-NO-POOL": ("receptive-field-pooling-ignored",),
    "RF-PADDING": ("receptive-field-padding-added",),
    "TC-CONV-SIZE": ("transposed-size-of-convolution",),
    "TC-STRIDE": ("transposed-stride-ignored",),
    "TC-ASSIGN": ("transposed-overlap-assigned",),
    "TC-PAD": ("transposed-padding-enlarges",),
    "TC-INVERSE": ("transposed-restores-input",),
    "TC-FLIP": ("transposed-kernel-flipped",),
    "TC-AXES": ("transposed-kernel-axes-exchanged",),
    "GRP-ALL": ("groups-ignored",),
    "DW-SUMMED": ("depthwise-channels-summed",),
    "DSC-ORDER": ("pointwise-missing", "pointwise-first"),
    "SEP-ANY": ("any-kernel-separable",),
    "SEP-WRONG-PART": ("separable-same-part-twice",),
    "PW-SCALE": ("pointwise-scales-channels",),
    "C3D-DEPTH": ("depth-not-slid",),
}


@pytest.mark.parametrize("row", EVIDENCE)
def test_every_observed_mistake_has_its_entry(row):
    assert EVIDENCE[row]
    assert set(EVIDENCE[row]) <= set(CATALOGUE)


def test_no_entry_stands_for_two_observed_mistakes():
    named = [name for names in EVIDENCE.values() for name in names]

    assert len(named) == len(set(named))


def test_the_survey_is_complete():
    assert len(EVIDENCE) == 115
