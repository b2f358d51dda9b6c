# names: nothing
import numpy as np


def output_size(size, kernel_size, stride=1, padding=0):
    raise NotImplementedError


def conv2d(x, w, b, stride=1, padding=0):
    raise NotImplementedError
