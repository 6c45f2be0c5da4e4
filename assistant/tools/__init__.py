"""Answers that are worked out: one tool, one module."""
