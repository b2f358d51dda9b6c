# names: example-size-hard-coded
import numpy as np


def zero_pad(x, pad):
    return np.pad(x, ((0, 0), (0, 0), (pad, pad), (pad, pad)))


def same_padding(kernel_size):
    if kernel_size % 2 == 0:
        raise ValueError("odd kernels only")
    return (kernel_size - 1) // 2
