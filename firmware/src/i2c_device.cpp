#include "i2c_device.h"

#include <Wire.h>

void I2cDevice::begin_bus() {
  Wire1.begin();
  Wire1.setClock(400000);
}

bool I2cDevice::read(uint8_t first_register, uint8_t* bytes, uint32_t length) {
  Wire1.beginTransmission(address_);
  Wire1.write(first_register);
  if (Wire1.endTransmission(false) != 0) return false;
  if (Wire1.requestFrom(address_, static_cast<size_t>(length)) != length) return false;
  for (uint32_t i = 0; i < length; ++i) bytes[i] = static_cast<uint8_t>(Wire1.read());
  return true;
}

bool I2cDevice::write(uint8_t first_register, const uint8_t* bytes, uint32_t length) {
  Wire1.beginTransmission(address_);
  Wire1.write(first_register);
  Wire1.write(bytes, static_cast<int>(length));
  return Wire1.endTransmission() == 0;
}
