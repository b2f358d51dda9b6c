"""The checks of `maxpool_backward`, and what students believe about it.

No window of any input has two largest cells, except in the check of ties.
"""

from __future__ import annotations

import numpy as np

from grader.author import (
    Working,
    call,
    cells,
    check,
    distinct,
    ints,
    misconception,
    misconceptions,
    share,
    working,
)

LECTURE_004 = np.array(
    [[1.0, 4, 2, 1], [5, 8, 3, 4], [7, 6, 4, 5], [1, 3, 1, 2]]
).reshape(1, 1, 4, 4)

# --- max_pool2d_backward


@check(points=3, public=True)
def the_winner_gets_the_gradient(draw):
    """Each window of the lecture's map hands its gradient to its winner."""
    yield from _calls(draw, "max_pool2d_backward", ((2, 2), (1, 1), 2))
    dout = np.ones((1, 1, 2, 2))
    yield call("max_pool2d_backward", dout=dout, x=LECTURE_004, size=2)
    dout = _gradient(draw, (1, 1, 2, 2))
    yield call("max_pool2d_backward", dout=dout, x=LECTURE_004, size=2)


@check(points=2, public=True)
def the_eight_wins_four_windows(draw):
    """With stride 1 the 8 of the lecture's map wins four windows."""
    for dout in (np.ones((1, 1, 3, 3)), _gradient(draw, (1, 1, 3, 3))):
        yield call("max_pool2d_backward", dout=dout, x=LECTURE_004, size=2, stride=1)


@check(points=4)
def gradients_of_several_windows_add_up(draw):
    """A cell that wins several windows gets the sum of their gradients."""
    yield from _overlaps(draw, "max_pool2d_backward")


@check(points=4)
def windows_of_any_shape(draw):
    """Winners are found in windows and maps that are not square."""
    yield from _windows(draw, "max_pool2d_backward")


@check(points=1)
def maps_of_any_shape(draw):
    """Winners are found in maps that are not square."""
    yield from _maps(draw, "max_pool2d_backward")


@check(points=2)
def every_map_has_winners_of_its_own(draw):
    """Winners are found in each image and channel alone."""
    yield from _batches(draw, "max_pool2d_backward")


@check(points=2)
def the_stride_is_the_size_if_not_given(draw):
    """Without a stride the window moves by its own size, on each axis."""
    yield from _defaults(draw, "max_pool2d_backward")


@check(points=2)
def strides_of_any_kind(draw):
    """Winners are found with gaps, and with a stride (down, right)."""
    yield from _strides(draw, "max_pool2d_backward")


@check(points=1)
def cells_without_a_window_get_nothing(draw):
    """Cells that no window holds get zero."""
    yield from _leftovers(draw, "max_pool2d_backward")


@check(points=2, public=True, after=the_winner_gets_the_gradient)
def the_first_of_equal_winners_gets_all(draw):
    """At a tie the first winner, row by row, gets the whole gradient."""
    high, low = draw.integer(5, 9), draw.integer(-9, -5)
    pairs = [(high, low, low, high), (low, high, high, low), (high,) * 4]
    for values in pairs:
        x = np.array(values, dtype=np.float64).reshape(1, 1, 2, 2)
        dout = _gradient(draw, (1, 1, 1, 1))
        yield call("max_pool2d_backward", dout=dout, x=x, size=2)
    x = np.full((1, 1, 3, 3), low, dtype=np.float64)
    x[..., [0, 1, 1, 2], [1, 0, 2, 1]] = high
    dout = _gradient(draw, (1, 1, 1, 1))
    yield call("max_pool2d_backward", dout=dout, x=x, size=3)


@check(points=1)
def the_second_largest_gets_nothing(draw):
    """Only the largest cell wins, however close the others come."""
    x = distinct(draw, (1, 1, 4, 4)) + 1_000_000
    yield call("max_pool2d_backward", dout=_gradient(draw, (1, 1, 2, 2)), x=x, size=2)


@check(points=1)
def fractions_survive_in_whole_numbers(draw):
    """The gradient keeps its fractions even if x holds whole numbers."""
    for side in (2, 4):
        x = distinct(draw, (1, 1, side, side)).astype(np.int64)
        dout = _gradient(draw, (1, 1, side // 2, side // 2)) + 0.5
        yield call("max_pool2d_backward", dout=dout, x=x, size=2)


@check(points=1, after=the_winner_gets_the_gradient)
def max_leaves_its_inputs(draw):
    """Max pooling backward leaves dout and x as they were."""
    for case in _calls(draw, "max_pool2d_backward", ((3, 3), (2, 2), 2, 1)):
        yield case.keeping_inputs()


# --- avg_pool2d_backward


@check(points=3, public=True)
def every_cell_gets_an_equal_share(draw):
    """Each window hands its gradient to its cells, in equal shares."""
    x, dout = np.array([[[[5.0, -3, 8]]]]), np.array([[[[1.0, 3]]]])
    yield call("avg_pool2d_backward", dout=dout, x=x, size=(1, 2), stride=1)
    dout = 4 * _gradient(draw, (1, 1, 2, 2))
    yield call("avg_pool2d_backward", dout=dout, x=LECTURE_004, size=2)


@check(points=3)
def shares_of_several_windows_add_up(draw):
    """A cell that lies in several windows gets the sum of its shares."""
    yield from _overlaps(draw, "avg_pool2d_backward")


@check(points=2)
def shares_in_windows_of_any_shape(draw):
    """Shares are equal in maps and windows that are not square."""
    yield from _maps(draw, "avg_pool2d_backward")
    yield from _windows(draw, "avg_pool2d_backward")


@check(points=1)
def every_map_has_shares_of_its_own(draw):
    """Shares stay in their image and channel."""
    yield from _batches(draw, "avg_pool2d_backward")


@check(points=1)
def the_stride_of_means_is_the_size_if_not_given(draw):
    """Without a stride the mean moves by the window's size, on each axis."""
    yield from _defaults(draw, "avg_pool2d_backward")


@check(points=1)
def strides_of_means_of_any_kind(draw):
    """Shares are right with gaps, and with a stride (down, right)."""
    yield from _strides(draw, "avg_pool2d_backward")


@check(points=1)
def cells_without_a_mean_get_nothing(draw):
    """Cells that no mean was made from get zero."""
    yield from _leftovers(draw, "avg_pool2d_backward")


@check(points=1)
def shares_of_whole_numbers_keep_their_fractions(draw):
    """Shares keep their fractions even if x and dout hold whole numbers."""
    for side in (2, 4):
        x = distinct(draw, (1, 1, side, side)).astype(np.int64)
        dout = _gradient(draw, (1, 1, side // 2, side // 2)).astype(np.int64)
        yield call("avg_pool2d_backward", dout=2 * dout + 1, x=x, size=2)


@check(points=1, after=every_cell_gets_an_equal_share)
def avg_leaves_its_inputs(draw):
    """Average pooling backward leaves dout and x as they were."""
    for case in _calls(draw, "avg_pool2d_backward", ((3, 3), (2, 2), 2, 1)):
        yield case.keeping_inputs()


# --- the calls that both kinds of pooling get: one thing varies at a time


def _gradient(draw, shape, high=9):
    """Draw gradients that differ from 1 and do not cancel."""
    return ints(draw, shape, low=2, high=high)


def _calls(draw, name, *cases):
    for size_of_x, size_of_dout, *size_and_stride in cases:
        options = dict(zip(("size", "stride"), size_and_stride, strict=False))
        x, dout = (
            distinct(draw, (1, 1, *size_of_x)),
            _gradient(draw, (1, 1, *size_of_dout), high=99),
        )
        yield call(name, dout=dout, x=x, **options)


def _overlaps(draw, name):
    small, far = ((3, 3), (2, 2), 2, 1), ((7, 7), (3, 3), 3, 2)
    yield from _calls(draw, name, small, ((5, 5), (3, 3), 3, 1), far)


def _windows(draw, name):
    tall, wide = ((4, 5), (2, 4), (3, 2), 1), ((5, 4), (4, 2), (2, 3), 1)
    yield from _calls(draw, name, tall, wide, ((5, 6), (2, 6), (4, 1), 1))


def _maps(draw, name):
    for height, width in [(2, 6), (6, 4)]:
        yield from _calls(draw, name, ((height, width), (height // 2, width // 2), 2))


def _batches(draw, name):
    for N, C in [(2, 1), (1, 2), (2, 3)]:
        # The same numbers in each map: what wins here stands somewhere else, too.
        x = np.array([[distinct(draw, (4, 4)) for _ in range(C)] for _ in range(N)])
        dout = _gradient(draw, (N, C, 2, 2), high=99)
        yield call(name, dout=-dout, x=x, size=2)


def _defaults(draw, name):
    yield from _calls(draw, name, ((3, 3), (1, 1), 3), ((6, 6), (2, 2), 3))
    yield from _calls(draw, name, ((6, 6), (2, 3), (3, 2)), ((6, 6), (3, 2), (2, 3)))


def _strides(draw, name):
    gaps, dots = ((5, 5), (2, 2), 2, 3), ((4, 4), (2, 2), 1, 3)
    down, right = ((4, 4), (2, 3), 2, (2, 1)), ((4, 4), (3, 2), 2, (1, 2))
    yield from _calls(draw, name, dots, gaps, down, right, ((5, 5), (2, 4), 2, (3, 1)))


def _leftovers(draw, name):
    yield from _calls(draw, name, ((5, 5), (2, 2), 2), ((5, 7), (1, 2), 3))
    yield from _calls(draw, name, ((8, 8), (3, 3), 3, 2))


# --- one cell of a right answer


def _windows_with(index, dout, size, stride):
    """Return the windows that hold a cell, as (place in dout, rows, columns)."""
    n, c, row, column = index
    height, width = np.broadcast_to(size, 2)
    down, right = np.broadcast_to(size if stride is None else stride, 2)
    found = []
    for i, j in np.ndindex(*dout.shape[2:]):
        top, left = i * down, j * right
        if 0 <= row - top < height and 0 <= column - left < width:
            rows, columns = slice(top, top + height), slice(left, left + width)
            found.append(((n, c, i, j), rows, columns))
    return found


def _received(index, windows, terms, total, x, shares):
    """Show the cells that share a window with this one, and what it received."""
    n, c, row, column = index
    if not windows:
        rows, columns = slice(row, row + 1), slice(column, column + 1)
        result = "no window holds this cell: it gets 0"
    else:
        rows = slice(windows[0][1].start, windows[-1][1].stop)
        columns = slice(windows[0][2].start, windows[-1][2].stop)
        places = f"{len(windows)} window{'s' * (len(windows) > 1)}"
        result = f"this cell lies in {places} and gets {' + '.join(terms) or 'nothing'}"
        result += f" = {total:g}" if terms else ""
    source = f"x[{n}, {c}, {rows.start}:{rows.stop}, {columns.start}:{columns.stop}]"
    sides = (range(side.start, side.stop) for side in (rows, columns))
    senders = [sorted({place[axis] for place, _, _ in windows}) for axis in (2, 3)]
    places = (
        cells("x", n, c, *sides, focus=(row, column)),
        cells("dout", n, c, *senders),
    )
    return Working(
        x[n, c, rows, columns],
        result,
        source=source,
        places=places,
        shares=tuple(shares),
    )


@working("max_pool2d_backward")
def gradients_of_windows_won(index, dout, x, size, stride=None):
    n, c, row, column = index
    windows = _windows_with(index, dout, size, stride)
    won, shares = [], []
    for place, rows, columns in windows:
        window = x[n, c, rows, columns]
        u, v = np.unravel_index(np.argmax(window), window.shape)
        wins = (rows.start + u, columns.start + v) == (row, column)
        if wins:
            won.append(place)
        winner = f"x[{n}, {c}, {rows.start + u}, {columns.start + v}]"
        how = "this cell wins" if wins else f"{winner} = {window[u, v]:g} wins"
        sent = dout[place]
        shares.append(share(f"dout{list(place)}", sent, how, sent if wins else 0))
    terms = [f"{dout[place]:g} (it wins dout{list(place)})" for place in won]
    return _received(index, windows, terms, sum(dout[p] for p in won), x, shares)


@working("avg_pool2d_backward")
def shares_of_windows(index, dout, x, size, stride=None):
    windows = _windows_with(index, dout, size, stride)
    number = int(np.prod(np.broadcast_to(size, 2)))
    terms = [f"{dout[place]:g} / {number}" for place, _, _ in windows]
    total = sum(dout[place] for place, _, _ in windows) / number
    shares = [
        share(f"dout{list(place)}", dout[place], f"/ {number}", dout[place] / number)
        for place, _, _ in windows
    ]
    return _received(index, windows, terms, total, x, shares)


# --- what students believe: one way back with a switch for each belief

# What becomes of a pair; the first is down the map, the second across it.
OF_THE_DEFAULT = {
    "pooling-default-stride-one": lambda down, right: (1, 1),
    "pooling-default-stride-two": lambda down, right: (2, 2),
    "pooling-default-stride-from-height": lambda down, right: (down, down),
    "pooling-default-stride-from-width": lambda down, right: (right, right),
}
OF_THE_WINDOW = {
    "pooling-window-axes-exchanged": lambda height, width: (width, height),
    "pooling-window-height-for-both": lambda height, width: (height, height),
    "pooling-window-width-for-both": lambda height, width: (width, width),
}
OF_THE_STRIDE = {
    "pooling-stride-axes-exchanged": lambda down, right: (right, down),
    "pooling-stride-down-for-both": lambda down, right: (down, down),
    "pooling-stride-right-for-both": lambda down, right: (right, right),
}
OF_THE_STEP = {
    "stride-ignored": lambda down, right: (1, 1),
    "stride-rows-only": lambda down, right: (down, 1),
    "stride-columns-only": lambda down, right: (1, right),
}
OF_THE_COUNT = {
    "height-and-width-exchanged": lambda rows, columns: (columns, rows),
    "width-computed-from-height": lambda rows, columns: (rows, rows),
    "height-computed-from-width": lambda rows, columns: (columns, columns),
}
OF_THE_INDEX = {
    "row-index-used-for-columns": lambda i, j: (i, i),
    "column-index-used-for-rows": lambda i, j: (j, j),
}
# What each cell of a window gets of its gradient, from the window and a mask that
# marks the largest.
OF_THE_GRADIENT = {
    "max-pool-gradient-to-all-ties": lambda w, ties: ties,
    "max-pool-gradient-to-last-tie": lambda w, ties: _at(w, np.flatnonzero(ties)[-1]),
    "max-pool-gradient-split-among-ties": lambda w, ties: ties / ties.sum(),
    "max-pool-gradient-ties-column-first": lambda w, ties: _at(w.T, ties.T.argmax()).T,
    "max-pool-gradient-to-near-maxima": lambda w, ties: np.isclose(w, w.max()) * 1.0,
    "max-pool-gradient-to-minimum": lambda w, ties: _at(w, w.argmin()),
    "max-pool-gradient-to-first-cell": lambda w, ties: _at(w, 0),
    "max-pool-gradient-to-every-cell": lambda w, ties: np.ones(w.shape),
    "max-pool-gradient-spread-evenly": lambda w, ties: np.ones(w.shape) / w.size,
    "max-pool-gradient-mask-from-gradient": lambda w, ties: ties,
}
NUMBERS = (
    "pooling-window-size-taken-as-stride",
    "pooling-size-fixed-at-two",
    *OF_THE_DEFAULT,
    *OF_THE_WINDOW,
    *OF_THE_STRIDE,
)
COMMON = (
    "pooling-stride-taken-as-window-size",
    *NUMBERS,
    *OF_THE_COUNT,
    *OF_THE_STEP,
    *OF_THE_INDEX,
    "first-sample-only",
    "return-inside-loop",
)


@misconceptions(
    *OF_THE_GRADIENT,
    "max-pool-gradient-by-value-everywhere",
    "max-pool-gradient-without-incoming",
    "max-pool-gradient-times-input",
    "max-pool-gradient-assigned",
    "max-pool-gradient-window-overwritten",
    "max-pool-gradient-index-not-shifted",
    "max-pool-gradient-index-split-by-height",
    "pooling-gradient-integer-buffer",
    "sample-index-fixed",
    *COMMON,
)
def max_pool2d_backward(dout, x, size, stride=None, *, wrong):
    dx = _buffer(x, wrong)
    for (n, c, i, j), rows, columns in _walk(dout, x, size, stride, wrong):
        there = dx[n, c, rows, columns]
        window = x[0 if "sample-index-fixed" in wrong else n, c, rows, columns]
        if "max-pool-gradient-mask-from-gradient" in wrong:
            window = there
        if "max-pool-gradient-index-not-shifted" in wrong:
            there = dx[n, c, : window.shape[0], : window.shape[1]]
        gradient = dout[n, c, i, j]
        if "max-pool-gradient-without-incoming" in wrong:
            gradient = 1
        if "max-pool-gradient-times-input" in wrong:
            gradient = window
        if "max-pool-gradient-by-value-everywhere" in wrong:
            dx += (x == window.max()) * dout[n, c, i, j]
        elif "max-pool-gradient-index-split-by-height" in wrong:
            u, v = divmod(int(np.argmax(window)), window.shape[0])
            dx[n, c, rows.start + u, columns.start + v] += dout[n, c, i, j]
        else:
            _add(there, _shares(window, wrong), gradient, wrong)
    return dx


@misconceptions(*NUMBERS)
def max_pool2d_backward(dout, x, size, stride=None, *, wrong):
    dx = np.zeros(x.shape)
    for place, rows, columns in _walk(dout, x, size, stride, {*wrong, "counts"}):
        there, window = dx[place[:2]][rows, columns], x[place[:2]][rows, columns]
        there += _at(window, np.argmax(window)) * dout[place]
    return dx


BY_MASK = (
    "max-pool-gradient-to-all-ties",
    "max-pool-gradient-times-slice",
    "pooling-gradient-integer-buffer",
)


@misconceptions(*BY_MASK)
def max_pool2d_backward(dout, x, size, stride=None, *, wrong):
    return _by_mask(dout, x, size, stride, wrong)


@misconceptions(*BY_MASK)
def max_pool2d_backward(dout, x, size, stride=None, *, wrong):
    return _by_mask(dout, x, size, stride, {*wrong, "slice from the index"})


@misconception("max-pool-gradient-zero-everywhere")
def max_pool2d_backward(dout, x, size, stride=None):
    return np.zeros(x.shape)


@misconception("max-pool-gradient-output-sized")
def max_pool2d_backward(dout, x, size, stride=None):
    return dout


@misconceptions(
    "average-pool-gradient-not-divided",
    "average-pool-gradient-divided-by-perimeter",
    "average-pool-gradient-divided-by-side",
    "average-pool-gradient-divided-by-stride",
    "average-pool-gradient-to-winner",
    "average-pool-gradient-to-one-cell",
    "average-pool-gradient-times-input",
    "average-pool-gradient-assigned",
    "average-pool-gradient-divided-by-visits",
    "pooling-gradient-integer-buffer",
    *COMMON,
)
def avg_pool2d_backward(dout, x, size, stride=None, *, wrong):
    dx, visits = _buffer(x, wrong), np.zeros(x.shape)
    (height, width), (down, right) = _numbers(size, stride, wrong)
    parts = height * width
    if "average-pool-gradient-not-divided" in wrong:
        parts = 1
    if "average-pool-gradient-divided-by-perimeter" in wrong:
        parts = height + width
    if "average-pool-gradient-divided-by-side" in wrong:
        parts = height
    if "average-pool-gradient-divided-by-stride" in wrong:
        parts = down * right
    for (n, c, i, j), rows, columns in _walk(dout, x, size, stride, wrong):
        there, window = dx[n, c, rows, columns], x[n, c, rows, columns]
        share = dout[n, c, i, j] / parts
        shares = np.ones(window.shape)
        if "average-pool-gradient-to-winner" in wrong:
            shares, share = _at(window, np.argmax(window)), dout[n, c, i, j]
        if "average-pool-gradient-to-one-cell" in wrong:
            shares = _at(window, 0)
        if "average-pool-gradient-times-input" in wrong:
            shares = shares * window
        if "average-pool-gradient-assigned" in wrong:
            there[shares != 0] = (shares * share)[shares != 0]
        else:
            there[:] = there + shares * share
        visits[n, c, rows, columns] += 1
    if "average-pool-gradient-divided-by-visits" in wrong:
        dx[visits > 0] /= visits[visits > 0]
    return dx


@misconceptions("pooling-gradient-integer-buffer", *NUMBERS)
def avg_pool2d_backward(dout, x, size, stride=None, *, wrong):
    dx = _buffer(x, wrong)
    cells = np.prod(_numbers(size, stride, wrong)[0])
    for place, rows, columns in _walk(dout, x, size, stride, {*wrong, "counts"}):
        dx[place[:2]][rows, columns] += dout[place] / cells
    return dx


@misconception("unfinished")
def avg_pool2d_backward(dout, x, size, stride=None):
    return np.zeros(x.shape)


def _buffer(x, wrong):
    whole = "pooling-gradient-integer-buffer" in wrong
    return np.zeros(x.shape, dtype=x.dtype if whole else np.float64)


def _numbers(size, stride, wrong):
    """Return (height, width) and (down, right) as the student reads them."""
    size = (2, 2) if "pooling-size-fixed-at-two" in wrong else _pair(size)
    if stride is None:
        steps = _changed(size, OF_THE_DEFAULT, wrong)
    elif "pooling-window-size-taken-as-stride" in wrong:
        steps = size
    else:
        steps = _pair(stride)
    return _changed(size, OF_THE_WINDOW, wrong), _changed(steps, OF_THE_STRIDE, wrong)


def _pair(numbers):
    return numbers if isinstance(numbers, tuple) else (numbers, numbers)


def _changed(pair, changes, wrong):
    for id_, change in changes.items():
        if id_ in wrong:
            pair = change(*pair)
    return pair


def _walk(dout, x, size, stride, wrong):
    """Yield the place in dout, and the rows and columns of x that the student takes."""
    (height, width), (down, right) = _numbers(size, stride, wrong)
    counts = _changed(dout.shape[2:], OF_THE_COUNT, wrong)
    if "counts" in wrong:  # computed from what was read, not taken from dout
        H, W = x.shape[2:]
        counts = (H - height) // down + 1, (W - width) // right + 1
    if "pooling-stride-taken-as-window-size" in wrong:
        height, width = down, right
    down, right = _changed((down, right), OF_THE_STEP, wrong)
    turned = bool(wrong & OF_THE_INDEX.keys())
    for n, c, i, j in np.ndindex(*dout.shape[:2], *counts):
        if n and "first-sample-only" in wrong:
            return
        row, column = _changed((i, j), OF_THE_INDEX, wrong) if turned else (i, j)
        top, left = row * down, column * right
        yield (n, c, i, j), slice(top, top + height), slice(left, left + width)
        if "return-inside-loop" in wrong:
            return


def _at(window, place):
    """Return an array of the window's shape: one at the flat place, zeros elsewhere."""
    mark = np.zeros(window.shape)
    mark.flat[place] = 1
    return mark


def _shares(window, wrong):
    """Return which part of the gradient each cell of the window gets."""
    for id_, shares in OF_THE_GRADIENT.items():
        if id_ in wrong:
            return shares(window, (window == window.max()).astype(np.float64))
    return _at(window, np.argmax(window))


def _by_mask(dout, x, size, stride, wrong):
    dx = _buffer(x, wrong)
    for (n, c, i, j), rows, columns in _walk(dout, x, size, stride, wrong):
        window, gradient = x[n, c, rows, columns], dout[n, c, i, j]
        if "max-pool-gradient-times-slice" in wrong:
            if "slice from the index" in wrong:
                height, width = window.shape
                gradient = dout[n, c, i : i + height, j : j + width]
            else:
                gradient = dout[n, c, rows, columns]
        # Of integers, += with a mask refuses fractions; an assignment cuts them off.
        dx[n, c, rows, columns] += _shares(window, wrong) * gradient
    return dx


def _add(there, shares, gradient, wrong):
    """Add what the cells get, or what the student does instead."""
    if "max-pool-gradient-window-overwritten" in wrong:
        there[:] = shares * gradient
    elif "max-pool-gradient-assigned" in wrong:
        there[shares != 0] = (shares * gradient)[shares != 0]
    else:
        there[:] = there + shares * gradient
