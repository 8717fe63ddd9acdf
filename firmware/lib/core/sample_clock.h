// Gives each sample of a sensor's FIFO the time at which it was taken, not that at which it was
// read.
//
// A sensor takes its samples evenly, by a clock of its own that may be percents off. When the FIFO
// is read, its newest sample is at most one period old: that is all there is to know. The clock
// predicts evenly and moves its phase and period only as far as this bound demands.
#pragma once
#include <stdint.h>

namespace core {

class SampleClock {
 public:
  void start(uint32_t period_us);

  // At `now_us` the FIFO held `count` samples, perhaps none; `lost`: it had overflowed before
  // them. Then next_us() is to be called once for each sample.
  void read(uint32_t count, bool lost, uint64_t now_us);

  // The time of the next sample. Never goes back. After a loss it lies at least two periods on, so
  // that the gap shows.
  uint64_t next_us();

 private:
  void begin(uint32_t count, uint64_t now_q8);

  // In 1/256 us.
  uint64_t next_ = 0;
  uint64_t last_ = 0;
  uint32_t nominal_ = 0;
  uint32_t period_ = 0;
  bool running_ = false;
};

}  // namespace core
