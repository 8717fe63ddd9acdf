#include "imu_bmi270.h"

#include <Arduino.h>

namespace {

constexpr uint32_t kSampleBytes = 12;
constexpr uint32_t kFifoBytes = 2048;
constexpr uint8_t kFifoOverwrites = 0x00;    // FIFO_CONFIG_0: new samples push out the oldest
constexpr uint8_t kFifoGyroAndAccel = 0xc0;  // FIFO_CONFIG_1: without headers
constexpr uint16_t kBytesATransfer = 64;     // of the 8 KB that the chip loads at its start
constexpr uint32_t kSettleMs = 100;

// Bosch's driver starts the chip and loads its program; it reaches the bus through these.
int8_t bus_read(uint8_t first_register, uint8_t* bytes, uint32_t length, void* device) {
  return static_cast<I2cDevice*>(device)->read(first_register, bytes, length) ? BMI2_OK
                                                                              : BMI2_E_COM_FAIL;
}

int8_t bus_write(uint8_t first_register, const uint8_t* bytes, uint32_t length, void* device) {
  return static_cast<I2cDevice*>(device)->write(first_register, bytes, length) ? BMI2_OK
                                                                               : BMI2_E_COM_FAIL;
}

void wait_us(uint32_t us, void*) { delayMicroseconds(us); }

}  // namespace

const Imu::Properties& Bmi270::properties() const {
  static const Properties properties = {
      wire::Imu::BMI270, "Rev2", {99840, 244141, 1065264}, 8000, 2000};
  return properties;
}

bool Bmi270::begin() {
  uint8_t identity = 0;
  return device_.read(BMI2_CHIP_ID_ADDR, &identity, 1) && identity == BMI270_CHIP_ID && set_up();
}

bool Bmi270::set_up() {
  bosch_ = {};
  bosch_.intf = BMI2_I2C_INTF;
  bosch_.intf_ptr = &device_;
  bosch_.read = bus_read;
  bosch_.write = bus_write;
  bosch_.delay_us = wait_us;
  bosch_.read_write_len = kBytesATransfer;
  if (bmi270_init(&bosch_) != BMI2_OK) return false;

  bmi2_sens_config config[2] = {};
  config[0].type = BMI2_ACCEL;
  config[0].cfg.acc.odr = BMI2_ACC_ODR_100HZ;
  config[0].cfg.acc.bwp = BMI2_ACC_NORMAL_AVG4;
  config[0].cfg.acc.filter_perf = BMI2_PERF_OPT_MODE;
  config[0].cfg.acc.range = BMI2_ACC_RANGE_8G;
  config[1].type = BMI2_GYRO;
  config[1].cfg.gyr.odr = BMI2_GYR_ODR_100HZ;
  config[1].cfg.gyr.bwp = BMI2_GYR_NORMAL_MODE;
  config[1].cfg.gyr.filter_perf = BMI2_PERF_OPT_MODE;
  config[1].cfg.gyr.noise_perf = BMI2_PERF_OPT_MODE;
  config[1].cfg.gyr.range = BMI2_GYR_RANGE_2000;
  config[1].cfg.gyr.ois_range = BMI2_GYR_OIS_2000;
  const uint8_t both[2] = {BMI2_ACCEL, BMI2_GYRO};
  if (bmi2_set_sensor_config(config, 2, &bosch_) != BMI2_OK ||
      bmi2_sensor_enable(both, 2, &bosch_) != BMI2_OK ||
      // The FIFO cannot be read while the chip saves power.
      bmi2_set_adv_power_save(BMI2_DISABLE, &bosch_) != BMI2_OK ||
      bmi2_get_gyro_cross_sense(&bosch_) != BMI2_OK) {
    return false;
  }
  delay(kSettleMs);
  return device_.write(BMI2_FIFO_CONFIG_0_ADDR, kFifoOverwrites) &&
         device_.write(BMI2_FIFO_CONFIG_1_ADDR, kFifoGyroAndAccel) &&
         device_.write(BMI2_CMD_REG_ADDR, BMI2_FIFO_FLUSH_CMD);
}

bool Bmi270::level(Fifo* fifo) {
  uint8_t length[2];
  if (!device_.read(BMI2_FIFO_LENGTH_0_ADDR, length, sizeof length)) return false;
  fifo->samples = (static_cast<uint32_t>(length[1] & 0x3f) << 8 | length[0]) / kSampleBytes;
  // The chip does not say whether it has overwritten anything yet: a full FIFO is taken for it.
  fifo->overflowed = fifo->samples >= kFifoBytes / kSampleBytes;
  return true;
}

bool Bmi270::read(int16_t axes[wire::AXES]) {
  uint8_t sample[kSampleBytes];  // gyroscope, then accelerometer
  if (!device_.read(BMI2_FIFO_DATA_ADDR, sample, sizeof sample)) return false;
  const int16_t gyro_z = word_at(sample + 4);
  // The chip lies turned by 90 degrees.
  axes[0] = opposite(word_at(sample + 8));
  axes[1] = word_at(sample + 6);
  axes[2] = word_at(sample + 10);
  axes[3] = opposite(word_at(sample + 2));
  // Each chip's own leak, measured in Bosch's factory, is not taken out in the FIFO.
  axes[4] = without_leak(word_at(sample), gyro_z, bosch_.gyr_cross_sens_zx);
  axes[5] = gyro_z;
  return true;
}
