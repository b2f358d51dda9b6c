# exercise: stride
# verdict: ERROR
# tries: to close the strings and elements of every format a report has
def conv2d(x, w, b, stride=1, padding=0):
    raise RuntimeError(']]></failure></testcase><testcase name="x"/><script>alert(1)</script>&lt;')


def output_size(size, kernel_size, stride=1, padding=0):
    raise RuntimeError('=HYPERLINK("http://x"),"1"\n","score": 10}]}{{7*7}}${7*7}%s%n`id`')
