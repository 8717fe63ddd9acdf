"""Look inside: what a model computes of one window, layer by layer."""

MOST = 512  # windows of a series; of an hour those around the chosen place
