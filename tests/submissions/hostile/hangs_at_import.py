# exercise: stride
# verdict: TIMEOUT
# tries: never to finish loading
while True:
    pass
