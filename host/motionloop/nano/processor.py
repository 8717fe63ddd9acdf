"""The nRF52840's processor and memory: Unicorn's engine under `cortex_m4.cpp`."""

from __future__ import annotations

import ctypes
from typing import Final

from unicorn import (
    UC_ARCH_ARM,
    UC_MODE_MCLASS,
    UC_MODE_THUMB,
    UC_PROT_ALL,
    UC_PROT_EXEC,
    UC_PROT_READ,
    Uc,
    arm_const,
)
from unicorn.unicorn_py3.unicorn import uclib

from motionloop._cortex_m4 import CortexM4

MHZ: Final = 64
FLASH_BYTES: Final = 0x100000
RAM_START: Final = 0x20000000
RAM_BYTES: Final = 0x40000
FICR_START: Final = 0x10000000
UICR_START: Final = 0x10001000
FOREVER: Final = 0xFFFFFFFFFFFFFFFF

# With the instruction cache off; Product Specification 4.1: 0 to 2 wait states.
FLASH_WAIT_STATES: Final = 2

_FUNCTIONS = ("uc_emu_start", "uc_emu_stop", "uc_reg_read", "uc_reg_write", "uc_mem_read",
              "uc_mem_write", "uc_hook_add", "uc_mmio_map")  # fmt: skip
_REGISTERS = ("R0", "R1", "R2", "R3", "R12", "LR", "SP", "PC", "XPSR", "IPSR", "CONTROL",
              "PRIMASK", "BASEPRI", "FAULTMASK", "MSP", "PSP", "FPSCR", "S0")  # fmt: skip


def _id(register: str) -> int:
    return int(getattr(arm_const, f"UC_ARM_REG_{register}"))


class Processor(CortexM4):
    """A Cortex-M4 with flash, RAM and information registers, all 0xFF or as `ram` says.

    Flash can be written by the processor only through `on_store`; `write()` writes it as a
    debugger would.
    """

    def __init__(self, ram: bytes, flash_wait: int = FLASH_WAIT_STATES) -> None:
        self._engine = engine = Uc(UC_ARCH_ARM, UC_MODE_THUMB | UC_MODE_MCLASS)
        engine.ctl_set_cpu_model(arm_const.UC_CPU_ARM_CORTEX_M4)
        engine.mem_map(0, FLASH_BYTES, UC_PROT_READ | UC_PROT_EXEC)
        engine.mem_map(RAM_START, RAM_BYTES, UC_PROT_ALL)
        engine.mem_map(FICR_START, 0x2000, UC_PROT_READ)
        engine.mem_write(0, b"\xff" * FLASH_BYTES)
        engine.mem_write(RAM_START, ram)
        engine.mem_write(FICR_START, b"\xff" * 0x2000)
        super().__init__(
            engine=engine._uch.value,
            functions={
                name: ctypes.cast(getattr(uclib, name), ctypes.c_void_p).value or 0
                for name in _FUNCTIONS
            },
            registers={name: _id(name) for name in _REGISTERS},
            flash_wait=flash_wait,
        )

    def read(self, address: int, size: int) -> bytes:
        """Memory, not peripherals."""
        return bytes(self._engine.mem_read(address, size))

    def read_word(self, address: int) -> int:
        return int.from_bytes(self._engine.mem_read(address, 4), "little")

    def write(self, address: int, data: bytes) -> None:
        self._engine.mem_write(address, data)

    def register(self, name: str) -> int:
        """A register by its name, such as "R0" or "SP"."""
        return self.read_register(_id(name))
