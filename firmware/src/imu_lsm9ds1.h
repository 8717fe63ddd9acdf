#pragma once
#include "i2c_device.h"
#include "imu.h"

class Lsm9ds1 final : public Imu {
 public:
  const Properties& properties() const override;
  bool begin() override;
  bool level(Fifo* fifo) override;
  bool read(int16_t axes[wire::AXES]) override;

 private:
  I2cDevice device_{0x6b};
};
