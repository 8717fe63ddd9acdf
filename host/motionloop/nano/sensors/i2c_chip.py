"""The common part of both sensors: a register pointer that each byte moves on."""

from __future__ import annotations


class I2cChip:
    """Registers behind a pointer; `read_register` and `write_register` are the subclass's."""

    def __init__(self) -> None:
        self.registers: dict[int, int] = {}
        self.pointer = 0
        self._pointer_comes = False

    def start(self, reading: bool) -> None:
        self._pointer_comes = not reading

    def stop(self) -> None:
        """The bus is free again."""

    def write_byte(self, value: int) -> bool:
        if self._pointer_comes:
            self.pointer, self._pointer_comes = value, False
            self.pointed()
        else:
            self.write_register(self.pointer, value)
            self.step()
        return True

    def read_byte(self) -> int:
        value = self.read_register(self.pointer)
        self.step()
        return value

    def pointed(self) -> None:
        """The pointer was set."""

    def step(self) -> None:
        self.pointer = (self.pointer + 1) & 0xFF

    def read_register(self, register: int) -> int:
        return self.registers.get(register, 0)

    def write_register(self, register: int, value: int) -> None:
        self.registers[register] = value
