#include "imu_lsm9ds1.h"

#include <Arduino.h>

namespace {

// ST's data sheet DocID025715, sections 6 and 7.
enum Register : uint8_t {
  WHO_AM_I = 0x0f,
  CTRL_REG1_G = 0x10,
  OUT_X_G = 0x18,
  CTRL_REG6_XL = 0x20,
  CTRL_REG8 = 0x22,
  CTRL_REG9 = 0x23,
  OUT_X_XL = 0x28,
  FIFO_CTRL = 0x2e,
  FIFO_SRC = 0x2f,
};

constexpr uint8_t kIdentity = 0x68;
constexpr uint8_t kReset = 0x05;                // SW_RESET, and IF_ADD_INC as before
constexpr uint8_t kWholeWordsInOneRead = 0x44;  // BDU, IF_ADD_INC
constexpr uint8_t kGyro119Hz2000dps = 0x79;     // 31 Hz of bandwidth: 14 Hz would blur a run
constexpr uint8_t kAccel119Hz8g = 0x78;
constexpr uint8_t kFifoOn = 0x02;
constexpr uint8_t kFifoEmpty = 0x00;       // bypass
constexpr uint8_t kFifoContinuous = 0xc0;  // new samples push out the oldest of 32
constexpr uint8_t kFifoOverrun = 0x40;
constexpr uint8_t kFifoSamples = 0x3f;
constexpr uint32_t kResetMs = 20;
constexpr uint32_t kSettleMs = 200;  // the filters' first samples are no motion

}  // namespace

const Imu::Properties& Lsm9ds1::properties() const {
  // The data sheet's sensitivities: 0.244 mg and 70 mdps per step, not range / 32768.
  static const Properties properties = {
      wire::Imu::LSM9DS1, "Rev1", {119000, 244000, 1221730}, 8000, 2000};
  return properties;
}

bool Lsm9ds1::begin() {
  uint8_t identity = 0;
  if (!device_.read(WHO_AM_I, &identity, 1) || identity != kIdentity) return false;
  device_.write(CTRL_REG8, kReset);
  delay(kResetMs);
  const bool running = device_.write(CTRL_REG8, kWholeWordsInOneRead) &&
                       device_.write(CTRL_REG1_G, kGyro119Hz2000dps) &&
                       device_.write(CTRL_REG6_XL, kAccel119Hz8g);
  delay(kSettleMs);
  return running && device_.write(CTRL_REG9, kFifoOn) && device_.write(FIFO_CTRL, kFifoEmpty) &&
         device_.write(FIFO_CTRL, kFifoContinuous);
}

bool Lsm9ds1::level(Fifo* fifo) {
  uint8_t source = 0;
  if (!device_.read(FIFO_SRC, &source, 1)) return false;
  fifo->samples = source & kFifoSamples;
  fifo->overflowed = (source & kFifoOverrun) != 0;
  return true;
}

bool Lsm9ds1::read(int16_t axes[wire::AXES]) {
  uint8_t gyro[6], accel[6];
  if (!device_.read(OUT_X_G, gyro, sizeof gyro) || !device_.read(OUT_X_XL, accel, sizeof accel)) {
    return false;
  }
  // The chip's x, y and z are a left-handed system.
  axes[0] = word_at(accel);
  axes[1] = opposite(word_at(accel + 2));
  axes[2] = word_at(accel + 4);
  axes[3] = word_at(gyro);
  axes[4] = opposite(word_at(gyro + 2));
  axes[5] = word_at(gyro + 4);
  return true;
}
