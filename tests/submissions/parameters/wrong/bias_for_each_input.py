# names: dense-bias-per-input
def pair(value):
    return value if isinstance(value, tuple) else (value, value)


def dense_parameters(inputs, outputs, bias=True):
    weights = inputs * outputs
    biases = inputs if bias else 0
    return weights + biases


def conv_parameters(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = pair(kernel_size)
    weights = kh * kw * in_channels * out_channels
    biases = out_channels if bias else 0
    return weights + biases


def unshared_parameters(
    in_channels, in_size, out_channels, kernel_size, stride=1, padding=0, bias=True
):
    h, w = pair(in_size)
    kh, kw = pair(kernel_size)
    rows = (h - kh + 2 * padding) // stride + 1
    cols = (w - kw + 2 * padding) // stride + 1
    neurons = rows * cols * out_channels
    weights = neurons * kh * kw * in_channels
    biases = neurons if bias else 0
    return weights + biases


def conv_macs(in_channels, in_size, out_channels, kernel_size, stride=1, padding=0):
    h, w = pair(in_size)
    kh, kw = pair(kernel_size)
    rows = (h - kh + 2 * padding) // stride + 1
    cols = (w - kw + 2 * padding) // stride + 1
    per_cell = kh * kw * in_channels
    return rows * cols * out_channels * per_cell
