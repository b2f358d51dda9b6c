"""One question family a file; the file's name is the family's name."""
