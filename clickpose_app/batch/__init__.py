"""Pre-labelling of whole folders."""
