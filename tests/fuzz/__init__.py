"""Fuzzing: bytes made up by the thousand, and readers that must bear them."""
