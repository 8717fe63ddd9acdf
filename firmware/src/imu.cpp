#include "imu.h"

#include "i2c_device.h"
#include "imu_bmi270.h"
#include "imu_lsm9ds1.h"

Imu* find_imu() {
  static Lsm9ds1 lsm9ds1;
  static Bmi270 bmi270;
  I2cDevice::begin_bus();
  if (lsm9ds1.begin()) return &lsm9ds1;
  if (bmi270.begin()) return &bmi270;
  return nullptr;
}
