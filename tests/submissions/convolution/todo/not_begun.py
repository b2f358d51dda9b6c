# names: nothing
import numpy as np


def correlate2d(image, kernel):
    raise NotImplementedError


def convolve2d(image, kernel):
    raise NotImplementedError


def conv_volume(x, w, b):
    raise NotImplementedError
