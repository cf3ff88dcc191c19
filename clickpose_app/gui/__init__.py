"""The window: the only Qt code, and never torch."""
