# names: nothing
import numpy as np


def zero_pad(x, pad):
    raise NotImplementedError


def same_padding(kernel_size):
    raise NotImplementedError
