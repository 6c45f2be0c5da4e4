"""The steps of an answer; none knows another."""
