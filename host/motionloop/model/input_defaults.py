"""Rate and window of a model unless the user chooses others. Standard library only.

2.56 s at 50 Hz hold two or three steps, as in the UCI HAR dataset (Anguita et al., 2013).
"""

RATE_HZ = 50.0
WINDOW = 128  # points
HOP = 64  # points from one prediction to the next
WINDOW_S = WINDOW / RATE_HZ
