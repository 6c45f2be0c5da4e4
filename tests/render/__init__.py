"""Tests of the renderings of a report."""
