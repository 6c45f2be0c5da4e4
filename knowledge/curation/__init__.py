"""Questions on their way into the pack: cases, kept as the events that befell them."""
