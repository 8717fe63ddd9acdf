"""Assignments: what a teacher asks, what a pupil hands in, and the check."""
