"""Keypoint adaptation: teach the network a new skeleton from a few labelled images."""
