"""What learning systems run or read, one system a file."""
