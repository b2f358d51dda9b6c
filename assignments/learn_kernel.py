"""Learn a kernel: gradient descent finds the weights that made a feature map.

Nobody has to design the kernel. Give an image and the map that some unknown kernel
made of it; start from zeros, look at the error, and move each weight a little
against its gradient, again and again. This is how a network learns its filters,
here with one filter and one image.

There is one function, `learn_kernel`. It puts together the convolution and its
gradient; write both again here, or cut the windows out once and use matrix products.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def learn_kernel(
    image: np.ndarray,
    feature_map: np.ndarray,
    kernel_size: int | tuple[int, int],
    steps: int,
) -> np.ndarray:
    """Recover the kernel that made a feature map, by gradient descent.

    Parameters
    ----------
    image : ndarray of float or int, shape (H, W)
        The image that the unknown kernel was slid over; not zero everywhere.
    feature_map : ndarray of float or int, shape (H - KH + 1, W - KW + 1)
        The cross-correlation (kernel not flipped) of image and unknown kernel.
    kernel_size : int or (KH, KW)
        Size of the unknown kernel; an int means a square.
    steps : int
        Number of gradient steps from a kernel of zeros; 0 returns the zeros.

    Returns
    -------
    ndarray of float64, shape (KH, KW)
        The kernel after that many steps.

    Notes
    -----
    With out for the cross-correlation of image and kernel, the loss and its gradient
    are::

        loss = 1/2 * sum over i, j of  (out[i, j] - feature_map[i, j]) ** 2

        gradient[u, v] = sum over i, j of
                         (out[i, j] - feature_map[i, j]) * image[i + u, j + v]

    and a step is ``kernel = kernel - rate * gradient``. *You choose the rate*, fixed or
    changing, and you may use momentum. If it is too large, the loss explodes. In no
    direction does the loss curve more than the sum of the squares of all cells of all
    windows, so this fixed rate is never too large::

        rate = 1 / (sum over i, j, u, v of  image[i + u, j + v] ** 2)

    Neighbouring pixels are nearly equal, so neighbouring weights are hard to tell
    apart: on the image of lecture 000 the loss curves 100,000 times more along one
    direction than along another. The fixed rate above brings every weight to within
    0.46 after 200 steps, 0.08 after 1000 and 0.06 after 2000. A better rule: along
    the gradient the loss is a parabola, and its lowest point is at ::

        rate = (sum of gradient ** 2) / (sum of change ** 2)

    where change is the cross-correlation of image and gradient. With it, every weight
    is within 0.06 after 100 steps and within 0.01 after 2000. Used one step late, for
    the *next* gradient, the same rate comes within 0.002 in 100 steps, though not all
    of them go downhill.

    Graded is the kernel, each weight to within 0.1 of the one that made the map, with
    so many steps that the fixed rate above suffices: 2000 for the image of lecture
    000. Do not change image or feature_map.

    References
    ----------
    Lecture 004, "Instead of using handcrafted kernels such as edge detectors can we
    learn meaningful kernels".

    Barzilai and Borwein (1988), *Two-point step size gradient methods*, for the rate
    that comes one step late.

    Examples
    --------
    Each number of the map is three times the pixel:

    >>> learn_kernel(np.array([[1, 2]]), np.array([[3, 6]]), 1, steps=100).round(3)
    array([[3.]])

    The first five rows of lecture 000, and the map that the vertical-edge kernel makes
    of them. Nothing in the call says what the kernel was; rounded to whole numbers, it
    comes back:

    >>> image = np.array(
    ...     [
    ...         [36, 31, 28, 24, 23, 27, 33, 39],
    ...         [38, 34, 29, 26, 25, 30, 37, 41],
    ...         [39, 35, 32, 28, 27, 33, 40, 43],
    ...         [42, 38, 34, 30, 30, 36, 43, 46],
    ...         [43, 40, 36, 32, 34, 40, 48, 50],
    ...     ]
    ... )
    >>> feature_map = np.array(
    ...     [
    ...         [-24, -22, -14, 12, 35, 33],
    ...         [-24, -23, -13, 15, 38, 31],
    ...         [-22, -23, -11, 19, 40, 30],
    ...     ]
    ... )
    >>> kernel = learn_kernel(image, feature_map, 3, steps=2000)
    >>> vertical_edge = np.array([[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])
    >>> np.array_equal(kernel.round(), vertical_edge)
    True
    """
    # TODO: write this function.
    raise NotImplementedError
