"""The published training objective, to its numbers: denoising, matching, clicks in training.

What Click-Pose (Yang et al., ICCV 2023) is trained for, rebuilt from a description and held
to golden numbers (tests/training/test_golden_train.py). Read objective.py first.
"""
