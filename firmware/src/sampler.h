// Moves samples from the sensor's FIFO to the core, each with the time at which it was taken.
#pragma once
#include "board.h"
#include "imu.h"
#include "sample_clock.h"

class Sampler {
 public:
  Sampler(Imu& imu, core::Clock& clock);

  // Often; it looks at the sensor every kReadEveryUs.
  void poll(core::Board& board);

 private:
  void take(core::Board& board, uint64_t now_us);

  static constexpr uint64_t kReadEveryUs = 4000;     // two reads per sample find its time well
  static constexpr uint64_t kSilentForUs = 1000000;  // then the sensor is set up anew

  Imu& imu_;
  core::Clock& clock_;
  core::SampleClock sample_clock_;
  uint64_t read_us_ = 0;
  uint64_t newest_us_ = 0;
  bool lost_ = false;
};
