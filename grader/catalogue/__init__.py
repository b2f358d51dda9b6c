"""The catalogue of misconceptions: what students believe, and what is true.

Every entry has one id, which stands for the belief everywhere: the diagnosis of
a failing check, the feedback of a wrong choice in a quiz, and the wrong
implementation in ``tests/hidden`` that proves that the checks catch it.

To add an entry, write one more `Misconception` into the topic where a student
would look for it:

- the id in kebab-case and full words, saying what goes wrong (``stride-ignored``);
- the belief as one sentence about the answer, true of code and of a choice alike;
- the remedy as one sentence with what holds instead, and the formula if there is
  one, in the names of the parameters;
- the numbers of the lectures that settle it, or ``()``.

Both sentences stay short and use no word before it is explained. One entry may
serve several functions: ``stride-ignored`` names the same slip in a convolution
and in a gradient. A new topic is a new module with one tuple, listed below.

>>> misconception("kernel-flipped").remedy
'Deep-learning layers slide the kernel as it is: a cross-correlation.'
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from grader.catalogue import (
    average_pooling_gradient,
    bias,
    channels,
    connectivity,
    correlation_matrix,
    dilation,
    flattened,
    global_pooling,
    grouped,
    input_gradient,
    kernel,
    layer_parameters,
    learning,
    max_pooling_gradient,
    multiplications,
    output_shape,
    padding,
    parameters,
    patches,
    pointwise,
    pooling,
    pooling_window,
    receptive_field,
    separable,
    sharing,
    slips,
    stride,
    transposed,
    volumes,
    weight_gradient,
)
from grader.errors import CourseError, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from grader.misconception import Misconception

__all__ = ["CATALOGUE", "TOPICS", "index", "misconception"]

TOPICS: Mapping[str, tuple[Misconception, ...]] = MappingProxyType(
    {
        "output_shape": output_shape.OUTPUT_SHAPE,
        "padding": padding.PADDING,
        "stride": stride.STRIDE,
        "dilation": dilation.DILATION,
        "kernel": kernel.KERNEL,
        "bias": bias.BIAS,
        "slips": slips.SLIPS,
        "channels": channels.CHANNELS,
        "pooling_window": pooling_window.POOLING_WINDOW,
        "pooling": pooling.POOLING,
        "global_pooling": global_pooling.GLOBAL_POOLING,
        "max_pooling_gradient": max_pooling_gradient.MAX_POOLING_GRADIENT,
        "average_pooling_gradient": average_pooling_gradient.AVERAGE_POOLING_GRADIENT,
        "input_gradient": input_gradient.INPUT_GRADIENT,
        "weight_gradient": weight_gradient.WEIGHT_GRADIENT,
        "parameters": parameters.PARAMETERS,
        "layer_parameters": layer_parameters.LAYER_PARAMETERS,
        "multiplications": multiplications.MULTIPLICATIONS,
        "connectivity": connectivity.CONNECTIVITY,
        "receptive_field": receptive_field.RECEPTIVE_FIELD,
        "sharing": sharing.SHARING,
        "correlation_matrix": correlation_matrix.CORRELATION_MATRIX,
        "patches": patches.PATCHES,
        "learning": learning.LEARNING,
        "transposed": transposed.TRANSPOSED,
        "grouped": grouped.GROUPED,
        "pointwise": pointwise.POINTWISE,
        "separable": separable.SEPARABLE,
        "volumes": volumes.VOLUMES,
        "flattened": flattened.FLATTENED,
    }
)
"""The entries by topic, in the order of the lectures."""


def index(entries: Iterable[Misconception]) -> Mapping[str, Misconception]:
    """Return the entries by id, read-only.

    Raises
    ------
    CourseError
        If two entries have the same id.
    """
    by_id: dict[str, Misconception] = {}
    for entry in entries:
        if entry.id in by_id:
            raise CourseError(
                f"two misconceptions have the id {entry.id!r}",
                file="grader/catalogue",
                remedy="Give one of them another id.",
            )
        by_id[entry.id] = entry
    return MappingProxyType(by_id)


CATALOGUE: Mapping[str, Misconception] = index(
    entry for topic in TOPICS.values() for entry in topic
)
"""Every misconception by its id."""


def misconception(name: str) -> Misconception:
    """Return the misconception with the id `name`.

    Raises
    ------
    CourseError
        If the catalogue has no such id.
    """
    if name not in CATALOGUE:
        raise CourseError(
            f"unknown misconception {name!r}{did_you_mean(name, CATALOGUE)}",
            remedy="The ids are in grader/catalogue.",
        )
    return CATALOGUE[name]
