"""COCO AP over any Predictor."""
