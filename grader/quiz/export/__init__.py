"""The formats a quiz is written in: one file each, a paper in, text or bytes out.

A format module defines ``pieces(paper, solutions=...)`` (an iterator of str, so
that thousands of questions pass through without being held) or ``files(...)``.
"""
