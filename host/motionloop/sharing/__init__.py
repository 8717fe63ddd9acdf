"""A board's motion and predictions for neighbours: programs and homes that are not MotionLoop's."""
