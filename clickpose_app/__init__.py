"""ClickPose: annotate 2D human keypoints with a network that listens to clicks."""

__version__ = "0.1.0"
