# Counts the cells of arrays that are never filled: their shapes say it all.
import numpy as np


def _cells(*shape):
    return int(np.prod(shape, dtype=object))


def _maps(in_size, kernel_size, stride, padding):
    sizes = zip(np.broadcast_to(in_size, 2), np.broadcast_to(kernel_size, 2))
    return [len(range(0, int(n + 2 * padding - k + 1), stride)) for n, k in sizes]


def dense_parameters(inputs, outputs, bias=True):
    return _cells(inputs + bool(bias), outputs)


def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kernel = [int(k) for k in np.broadcast_to(kernel_size, 2)]
    return _cells(out_channels, in_channels, *kernel) + out_channels * bool(bias)


def unshared_parameters(
    in_channels, in_size, out_channels, kernel_size, stride=1, padding=0, bias=True
):
    maps = _maps(in_size, kernel_size, stride, padding)
    return _cells(*maps, conv_parameters(in_channels, out_channels, kernel_size, bias))


def conv_macs(in_channels, in_size, out_channels, kernel_size, stride=1, padding=0):
    return unshared_parameters(
        in_channels, in_size, out_channels, kernel_size, stride, padding, bias=False
    )
