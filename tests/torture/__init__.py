"""Faults, brought about on purpose and many times: make torture."""
