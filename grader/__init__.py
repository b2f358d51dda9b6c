"""The engine of auto-graded courses: it knows nothing of convolution itself."""
