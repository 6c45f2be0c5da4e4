"""The index: finds passages by words, numbers and names, offline."""
