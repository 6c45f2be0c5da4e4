"""The forms of file that are read, one module each."""
