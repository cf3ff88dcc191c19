"""The bridge between core and network: pixels in, poses in image pixels out."""
