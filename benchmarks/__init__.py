"""Speed and memory, as ratios measured in one run; they never gate the tests."""
