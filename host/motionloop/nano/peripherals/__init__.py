"""The nRF52840's peripherals, as far as the image uses them.

Source: nRF52840 Product Specification v1.7; register and task names are its own.
"""
