"""The window: the only Qt code, and none of the network's."""
