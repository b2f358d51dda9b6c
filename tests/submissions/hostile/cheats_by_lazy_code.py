# exercise: stride
# verdict: WRONG
# tries: to swap its own functions while they run
def first(*args, **kwargs):
    globals()["conv2d"] = lambda *args, **kwargs: first
    globals()["output_size"] = first
    return None


conv2d = output_size = first
