// The registers of one chip on the bus inside the board (Wire1).
#pragma once
#include <stdint.h>

class I2cDevice {
 public:
  explicit I2cDevice(uint8_t address) : address_(address) {}

  // Once, before any device is used: 400 kHz.
  static void begin_bus();

  // At most 250 bytes at once. False: the chip does not answer.
  bool read(uint8_t first_register, uint8_t* bytes, uint32_t length);
  bool write(uint8_t first_register, const uint8_t* bytes, uint32_t length);
  bool write(uint8_t one_register, uint8_t value) { return write(one_register, &value, 1); }

 private:
  uint8_t address_;
};
