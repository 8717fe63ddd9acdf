// The motion sensor: an LSM9DS1 on the Nano 33 BLE Sense Rev1, a BMI270 on the Rev2. Both give
// their samples in the same axes, docs/board.md, and keep them in a FIFO with at least 250 ms of
// room.
#pragma once
#include "saturation.h"
#include "windower.h"
#include "wire_layout.h"

class Imu {
 public:
  struct Properties {
    wire::Imu kind;
    const char* board_revision;
    core::SampleFormat samples;
    uint16_t accel_range_mg;
    uint16_t gyro_range_dps;
  };
  struct Fifo {
    uint32_t samples;
    bool overflowed;
  };

  virtual const Properties& properties() const = 0;

  // Recognise the chip by its identification register and set it up. May take 300 ms.
  virtual bool begin() = 0;
  virtual bool level(Fifo* fifo) = 0;
  // The FIFO's oldest sample: ax ay az gx gy gz.
  virtual bool read(int16_t axes[wire::AXES]) = 0;

 protected:
  ~Imu() {}
};

// The sensor of this board, set up; null if none answers.
Imu* find_imu();

// Little-endian, as both chips send.
inline int16_t word_at(const uint8_t* bytes) {
  return static_cast<int16_t>(static_cast<uint16_t>(bytes[0] | bytes[1] << 8));
}

// Of an axis that is turned round. Without 32768 in an int16, -32768 becomes 32767: saturated too.
inline int16_t opposite(int16_t value) {
  return value == INT16_MIN ? INT16_MAX : static_cast<int16_t>(-value);
}

// A gyroscope's x less `leak_512` / 512 of its z. A saturated x is left saturated.
inline int16_t without_leak(int16_t x, int16_t z, int32_t leak_512) {
  if (core::is_saturated(x)) return x;
  const int32_t corrected = x - leak_512 * z / 512;
  if (corrected > INT16_MAX) return INT16_MAX;
  return corrected < INT16_MIN ? INT16_MIN : static_cast<int16_t>(corrected);
}
