# exercise: stride
# verdict: ERROR
# tries: to end the program while it is loaded
raise SystemExit(0)
