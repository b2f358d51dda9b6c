# exercise: stride
# verdict: WRONG
# tries: to use the grader, the suite or the solution as a library
import sys

NAMES = (
    "grader", "grader.judge", "grader.checks.suite", "solutions.stride", "tests.hidden.stride",
    "zygote", "zygote.wire", "zygote.serve", "_course_solutions_stride", "stride.solution",
)


def conv2d(x, w, b, stride=1, padding=0):
    for name in NAMES:
        if name in sys.modules:
            raise RuntimeError(f"BREACH {name} is loaded")
        try:
            module = __import__(name)
        except ImportError:
            continue
        if module is not sys.modules["stride"]:
            raise RuntimeError(f"BREACH {module}")
    return None
