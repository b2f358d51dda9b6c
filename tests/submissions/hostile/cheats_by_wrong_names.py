# exercise: stride
# verdict: WRONG, ERROR
# tries: functions that are classes, constants or take other arguments
class conv2d:
    def __init__(self, *args, **kwargs):
        pass


def output_size():
    return 3
