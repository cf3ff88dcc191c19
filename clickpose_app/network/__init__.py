"""The Click-Pose network: torch only; it knows nothing of files, pixels or Qt."""
