"""The pages in a real browser: headless Chromium against a real server on this machine."""
