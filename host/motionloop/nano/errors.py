"""Errors of an emulated Nano."""

from motionloop.errors import MotionLoopError


class ImageError(MotionLoopError):
    """A file that is no image for the Nano, or an image without a function that is needed."""


class EmulationError(MotionLoopError):
    """The emulated chip was used in a way that no real chip allows, or that is not emulated."""
