"""An emulated Arduino Nano 33 BLE Sense: runs the firmware's linked image, without a board.

`board.EmulatedNano` is the whole board. Below it are `soc` (processor, memory and peripherals of
the nRF52840), `peripherals` (one file each, registers named as in Nordic's product
specification), `sensors` (the IMUs on the I2C bus) and `air` (a radio channel with a small
central). Time is virtual: cycles of a 64 MHz processor by the cycle model of `cortex_m4.cpp`. It
is an estimate, never a measurement of a board.

Needs the extra: pip install 'motionloop[nano]'.
"""
