"""Losses, matching, pose errors, simulated clicks, the loop and its data."""
