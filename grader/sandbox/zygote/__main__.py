"""Started by path, in a clean environment: ``python -S -s FOLDER MODE …``.

MODE is the module that takes over, ``nursery`` or ``alone``; then come a worker's
memory in bytes, its CPU seconds, and the folder that holds numpy.
"""

import os
import sys
from importlib import import_module

if __name__ == "__main__":
    mode, memory, cpu, packages, *rest = sys.argv[1:]
    del sys.argv[1:]
    here = sys.path.pop(0)
    sys.path += [os.path.dirname(here), packages]  # noqa: PTH120 - pathlib costs a start
    import_module(f"zygote.{mode}").main(int(memory), int(cpu), *rest)
