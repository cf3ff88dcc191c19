"""Tests of work without a window."""
