"""Tests of the import of official texts."""
