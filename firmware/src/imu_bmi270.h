#pragma once
#include <utilities/BMI270-Sensor-API/bmi270.h>

#include "i2c_device.h"
#include "imu.h"

class Bmi270 final : public Imu {
 public:
  const Properties& properties() const override;
  bool begin() override;
  bool level(Fifo* fifo) override;
  bool read(int16_t axes[wire::AXES]) override;

 private:
  bool set_up();

  I2cDevice device_{BMI2_I2C_PRIM_ADDR};
  bmi2_dev bosch_ = {};
};
