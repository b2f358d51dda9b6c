# names: nothing
import numpy as np


def zero_pad(x, pad):
    # Glue strips of zeros to each side, one axis after the other.
    for axis in (-2, -1):
        shape = list(x.shape)
        shape[axis] = pad
        strip = np.zeros(shape)
        x = np.concatenate([strip, x, strip], axis=axis)
    return x


def same_padding(kernel_size):
    pad, centre = divmod(kernel_size, 2)
    if centre == 0:
        raise ValueError(kernel_size)
    return pad
