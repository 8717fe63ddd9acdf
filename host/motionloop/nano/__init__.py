"""An emulated Arduino Nano 33 BLE Sense: runs the firmware's linked image, without a board.

`board.EmulatedNano` is the whole board. Below it are `soc` (processor, memory and peripherals of
the nRF52840), `peripherals` (one file each, registers named as in Nordic's product
specification), `sensors` (the IMUs on the I2C bus) and `air` (a radio channel with a small
central). Time is virtual: cycles of a 64 MHz processor by the cycle model of `cortex_m4.cpp`. This
time is an estimate, never a measurement of a board.

Differences from the architecture and from the chip, in which a fault of the firmware can hide:

- Interrupts are taken between blocks, not between instructions: at a branch, an ISB, or after 1 KB
  of code at most (16 us). A race inside a straight line is not found. Inside a block every register
  access sees the time of the block's end.
- STREX fails when the value has changed, not after every exception: an A-B-A change passes.
- Stores take effect at once. A real handler that clears its event last may be entered again.
- Floating-point registers are saved at once, not lazily; FPCCR and FPCAR only remember. Entry and
  exit cost 12 cycles each, also when exceptions follow each other. The FPU works without CPACR,
  and CONTROL shows ARMv8-M's bit 3 while it is in use.
- LDRD, LDM and VLDR at addresses that are not aligned do not fault. CCR's traps (division by zero,
  alignment), the MPU, privilege, NMI, MemManage faults and DebugMonitor do not exist. BKPT is an
  undefined instruction.
- SysTick and DWT.CYCCNT run on in sleep. The RAM's second address (0x00800000), bit-banding and
  EasyDMA into anything but RAM do not exist; peripherals without a model only remember.
- Code that is programmed into flash while the flash is in use keeps the costs of the code before.
- RAM survives a watchdog's reset intact, which the product specification does not promise.
- Clocks are exact and start in their typical times; flash takes its typical times, and endures.
- The RADIO computes neither whitening nor CRC: it checks the registers that they depend on. The air
  has no noise and no collisions. A packet is read from RAM when it begins.
- TWI needs no pull-ups and no pins, its devices never stretch the clock, and a STOP takes no time.
- TIMER compares at once with a value that it has already; a real one may not.

Needs the extra: pip install "motionloop[nano]".
"""
