// The motion sensor: an LSM9DS1 on the Nano 33 BLE Sense Rev1, a BMI270 on the Rev2. Both give
// their samples in the same axes, docs/board.md, and keep them in a FIFO with at least 250 ms of
// room.
#pragma once
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

// The far end of the range stays one: it is counted as saturated.
inline int16_t opposite(int16_t value) {
  return value == INT16_MIN ? INT16_MAX : static_cast<int16_t>(-value);
}
